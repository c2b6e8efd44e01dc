// Messages as bubbles.
import { element, link, richText, safeAddress } from "./entities.js";

const COLOURS = 6;

export function colourOf(id) {
  return `colour-${Math.abs(id) % COLOURS}`;
}

export function initial(name) {
  return [...name.trim()].find((letter) => /\p{L}|\p{N}/u.test(letter) && !/[เแโใไ]/.test(letter)) ?? "•";
}

export function face(id, name) {
  return element("span", { class: `face ${colourOf(id)}`, "aria-hidden": "true" }, initial(name));
}

// `page` gives: words, language, person, botId, group, act(name, message, button), say(text).
export function bubble(message, page) {
  if (message.text === undefined) return service(message, page);
  const { words } = page;
  const own = message.from.id === page.person;
  const who = own ? "me" : message.from.id === page.botId ? "bot" : "other";
  const body = element("div", { class: "bubble" });
  if (page.group && !own) body.append(element("p", { class: `sender ${colourOf(message.from.id)}` }, message.from.first_name));
  if (message.via_bot) body.append(element("p", { class: "via" }, `${words.via} @${message.via_bot.username}`));
  if (message.reply_to_message) body.append(quoted(message.reply_to_message, page));
  const text = element("div", { class: "text" }, richText(message.text, message.entities ?? [], { say: page.say, words }));
  const stamp = element("span", { class: "stamp" },
    message.edit_date ? element("span", { class: "edited" }, `${words.edited} `) : null,
    element("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date, page.language)),
    own ? element("span", { class: "ticks", "aria-hidden": "true" }, " ✓✓") : null,
  );
  text.append(stamp);
  body.append(text);
  const tools = element("div", { class: "tools", role: "group", "aria-label": words.actions },
    element("button", { type: "button", "data-act": "reply", onclick: () => page.act("reply", message) }, words.reply),
    own ? element("button", { type: "button", "data-act": "edit", onclick: () => page.act("edit", message) }, words.edit) : null,
  );
  const item = element("li", {
    id: `message-${message.message_id}`, class: `message ${who}`, "data-message-id": message.message_id, "data-from": who,
  }, element("div", { class: "column" }, element("div", { class: "row" }, body, tools), keyboard(message, page)));
  if (page.group && !own) item.prepend(face(message.from.id, message.from.first_name));
  body.addEventListener("click", (event) => {
    if (!event.target.closest("a, button, .spoiler, blockquote")) item.classList.toggle("chosen");
  });
  return item;
}

function service(message, { words }) {
  const member = message.new_chat_members?.[0]?.first_name;
  return element("li", { class: "service", "data-message-id": message.message_id }, member ? `+ ${member}` : words.service);
}

function quoted(message, page) {
  const jump = () => document.getElementById(`message-${message.message_id}`)?.scrollIntoView({ block: "center", behavior: "smooth" });
  return element("button", { type: "button", class: "quoted", "aria-label": page.words.replyTo, onclick: jump },
    element("strong", {}, message.from.first_name), element("span", {}, (message.text ?? page.words.service).slice(0, 120)));
}

function keyboard(message, page) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return element("div", { class: "keyboard" }, ...rows.map((row) => element("div", { class: "keys" }, ...row.map((key) => button(key, message, page)))));
}

function button(key, message, page) {
  if (key.url !== undefined) {
    const address = safeAddress(key.url);
    if (!address) return element("button", { type: "button", disabled: true }, key.text);
    const anchor = link(address, key.text);
    anchor.className = "key outward";
    return anchor;
  }
  const mark = key.switch_inline_query !== undefined || key.switch_inline_query_current_chat !== undefined ? "key forward" : "key";
  const made = element("button", { type: "button", class: mark, "data-data": key.callback_data }, key.text);
  made.addEventListener("click", () => page.act("press", message, key, made));
  return made;
}

function clock(seconds, language) {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date(seconds * 1000));
}

export function daySeparator(seconds, { language, words }) {
  const day = new Date(seconds * 1000);
  const shown = day.toDateString() === new Date().toDateString()
    ? words.today : new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" }).format(day);
  return element("li", { class: "day", "data-day": day.toDateString() }, element("span", {}, shown));
}
