// The line in which a person writes: sending, editing, replying, the command menu and inline mode.
import { face } from "./bubbles.js";
import { element } from "./entities.js";

const INLINE_PAUSE = 250;
const $ = (id) => document.getElementById(id);

export class Composer {
  constructor(page) {
    this.page = page;
    this.context = null;
    this.asked = "";
    $("composer").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    $("text").addEventListener("input", () => this.typed());
    $("text").addEventListener("keydown", (event) => this.key(event));
    $("menu-button").addEventListener("click", () => this.showMenu($("menu").hidden ? this.page.menu() : []));
    $("context-end").addEventListener("click", () => this.end());
    document.addEventListener("click", (event) => {
      if (!event.target.closest("#menu, #menu-button, #composer")) this.showMenu([]);
    });
  }

  write(text) {
    $("text").value = text;
    $("text").focus();
    this.typed();
  }

  send() {
    const { page, context } = this;
    const text = $("text").value;
    if (!text.trim()) return;
    const where = { person: page.person(), chat: page.chatId(), text };
    const sent = context?.kind === "edit"
      ? page.line.ask("edit", { ...where, message: context.message.message_id })
      : page.line.ask("send", { ...where, reply_to: context?.message.message_id ?? null });
    sent.then(page.noticed).catch((error) => { page.complain(error); if (!$("text").value) this.write(text); });
    this.end();
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape") {
      this.end();
    } else if (event.key === "ArrowUp" && !$("text").value) {
      const own = [...this.page.chat().messages.values()].filter((message) => message.from.id === this.page.person() && message.text).at(-1);
      if (own) { event.preventDefault(); this.edit(own); }
    } else if (event.key === "ArrowDown" && !$("cards").hidden) {
      event.preventDefault();
      $("cards").querySelector("button")?.focus();
    }
  }

  edit(message) {
    this.begin("edit", message, this.page.words().editing, message.text);
    this.write(message.text);
  }

  replyTo(message) {
    this.begin("reply", message, `${this.page.words().replying} ${message.from.first_name}`, message.text);
    $("text").focus();
  }

  begin(kind, message, what, text) {
    this.context = { kind, message };
    $("context").hidden = false;
    $("context").dataset.kind = kind;
    $("context-what").textContent = what;
    $("context-text").textContent = text;
  }

  end() {
    this.context = null;
    $("context").hidden = true;
    $("text").value = "";
    this.typed();
  }

  typed() {
    const box = $("text");
    box.style.setProperty("height", "auto");
    box.style.setProperty("height", `${Math.min(box.scrollHeight, 160)}px`);
    $("composer").classList.toggle("ready", box.value.trim() !== "");
    const slash = /^\/([a-z0-9_]*)$/i.exec(box.value);
    this.showMenu(slash ? this.page.menu().filter(({ command }) => command.startsWith(slash[1].toLowerCase())) : []);
    this.inline();
  }

  // --- the command menu ---

  menuChanged() {
    $("menu-button").hidden = this.page.menu().length === 0;
    if (!$("menu").hidden) this.showMenu(this.page.menu());
  }

  showMenu(commands) {
    $("menu").hidden = commands.length === 0;
    $("menu-button").setAttribute("aria-expanded", String(commands.length > 0));
    $("menu").replaceChildren(...commands.map(({ command, description }) => element("button", {
      type: "button", role: "menuitem", "data-command": command, onclick: () => this.choose(command),
    }, element("strong", {}, `/${command}`), element("span", {}, description))));
  }

  choose(command) {
    this.end();
    this.page.say(this.page.chat().type === "private" ? `/${command}` : `/${command}@${this.page.bot().username}`);
  }

  // --- inline mode ---

  inline() {
    const match = /^@(\w+)\s([\s\S]*)$/.exec($("text").value);
    clearTimeout(this.timer);
    if (!match || match[1].toLowerCase() !== this.page.bot()?.username.toLowerCase()) { this.hideCards(); return; }
    const query = match[2].trim();
    if (query === this.asked && !$("cards").hidden) return;
    this.timer = setTimeout(() => this.ask(query, ""), INLINE_PAUSE);
  }

  hideCards() {
    this.asked = "";
    $("cards").hidden = true;
    $("cards").replaceChildren();
  }

  ask(query, offset) {
    const { page } = this;
    this.asked = query;
    if (!offset) {
      $("cards").hidden = false;
      $("cards").replaceChildren(element("p", { class: "searching" }, page.words().searching));
    }
    // The cards may come before the call's own answer: remember what was asked by its text.
    this.offset = offset;
    page.line.ask("inline", { person: page.person(), chat: page.chatId(), query, offset })
  }

  cardsCame({ id, user_id, query, results, button, next_offset }) {
    if (user_id !== this.page.person() || query !== this.asked || $("cards").hidden) return;
    const words = this.page.words();
    const cards = results.map((result) => element("button", {
      type: "button", class: "card", role: "option", "data-result": result.id, onclick: () => this.take(id, result.id),
    }, face([...result.id].reduce((sum, letter) => sum + letter.codePointAt(0), 0), result.title), element("span", { class: "lines" },
      element("strong", {}, result.title), element("span", { class: "about" }, result.description))));
    if (!this.offset) {
      $("cards").replaceChildren();
      if (button) cards.unshift(element("button", { type: "button", class: "switch-private", onclick: () => this.follow(button) }, button.text));
      if (!results.length && !button) cards.push(element("p", { class: "searching" }, words.noCards));
    }
    $("cards").querySelector(".more")?.remove();
    if (next_offset) {
      cards.push(element("button", { type: "button", class: "more", onclick: () => this.ask(query, next_offset) }, words.more));
    }
    $("cards").append(...cards);
  }

  take(query, result) {
    const { page } = this;
    page.line.ask("choose", { person: page.person(), chat: page.chatId(), query, result }).catch(page.complain);
    this.end();
  }

  follow(button) {
    this.end();
    if (button.start_parameter === undefined) return;
    this.page.openChat(this.page.person());
    this.page.say(`/start ${button.start_parameter}`);
  }
}
