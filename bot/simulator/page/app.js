// The chat page: who speaks, in which chat, what is said, and the bot's answers as they come.
import { bubble, daySeparator, face } from "./bubbles.js";
import { Composer } from "./composer.js";
import { element } from "./entities.js";
import { RawPanel } from "./raw.js";
import { Line } from "./socket.js";
import { WORDS } from "./words.js";

const TYPING_SECONDS = 5;
const TOAST_SECONDS = 4;
const $ = (id) => document.getElementById(id);

const state = { bot: null, people: [], chats: new Map(), menus: {}, person: 0, chat: 0, description: {}, calls: [] };
const typing = new Map();
const pressing = new Map();
const raw = new RawPanel($("calls"));
let words = WORDS.th;

const language = () => (state.people.find((each) => each.id === state.person)?.language_code ?? "th").startsWith("th") ? "th" : "en";
const chat = () => state.chats.get(state.chat);
const menu = () => state.menus[state.chat]?.[state.person] ?? [];
const nameOf = (which) => which.type === "private" ? state.bot.first_name : which.title;

const line = new Line(hear, (up) => { $("connection").textContent = up ? words.here : words.gone; document.body.classList.toggle("offline", !up); });

// --- what the bot and the world say ---

function hear(event) {
  const heard = {
    hello, menus: ({ menus }) => { state.menus = menus; composer.menuChanged(); },
    message: ({ chat_id, message }) => arrived(chat_id, message),
    edit: ({ chat_id, message }) => changed(chat_id, message),
    delete: ({ chat_id, message_id }) => vanished(chat_id, message_id),
    action: ({ chat_id }) => startTyping(chat_id),
    callback_answer: answered,
    inline_answer: (answer) => composer.cardsCame(answer),
    call: ({ call }) => { state.calls.push(call); raw.add(call, words); },
    error: ({ error }) => toast(error),
  }[event.type];
  heard?.(event);
}

function hello(everything) {
  Object.assign(state, {
    bot: everything.bot, people: everything.people, menus: everything.menus, description: everything.description,
    chats: new Map(everything.chats.map((each) => [each.id, {
      ...each, unread: 0, messages: new Map(each.messages.map((message) => [message.message_id, message])),
    }])),
  });
  if (!state.people.some((each) => each.id === state.person)) state.person = state.people[0].id;
  if (!chat()) state.chat = state.person;
  raw.clear();
  words = WORDS[language()];
  for (const call of everything.calls) raw.add(call, words);
  paint();
}

function arrived(chatId, message) {
  const where = state.chats.get(chatId);
  if (!where) return;
  where.messages.set(message.message_id, message);
  if (message.from.id === state.bot.id) stopTyping(chatId);
  if (chatId === state.chat) {
    const follow = atEnd() || message.from.id === state.person;
    append(message);
    if (follow) toEnd(); else $("down").hidden = false;
    paintComposer();
  } else {
    where.unread += 1;
  }
  paintChats();
}

function changed(chatId, message) {
  state.chats.get(chatId)?.messages.set(message.message_id, message);
  if (chatId !== state.chat) return;
  const follow = atEnd();
  $(`message-${message.message_id}`)?.replaceWith(bubble(message, view()));
  if (follow) toEnd();
  paintChats();
}

function vanished(chatId, number) {
  state.chats.get(chatId)?.messages.delete(number);
  if (chatId === state.chat) $(`message-${number}`)?.remove();
  paintChats();
}

function startTyping(chatId) {
  clearTimeout(typing.get(chatId));
  typing.set(chatId, setTimeout(() => stopTyping(chatId), TYPING_SECONDS * 1000));
  paintHeader();
}

function stopTyping(chatId) {
  clearTimeout(typing.get(chatId));
  typing.delete(chatId);
  paintHeader();
}

function answered({ id, user_id, text, show_alert, url }) {
  pressing.get(id)?.removeAttribute("aria-busy");
  pressing.delete(id);
  if (user_id !== state.person) return;
  if (url) window.open(url, "_blank", "noopener");
  if (!text) return;
  if (show_alert) { $("alert-text").textContent = text; $("alert").showModal(); } else toast(text);
}

// --- what the person does ---

function say(text) {
  return line.ask("send", { person: state.person, chat: state.chat, text }).then(noticed).catch(complain);
}

function noticed({ heard }) {
  if (!heard) toast(words.unheard);
}

function complain(error) {
  toast(error.message);
}

function act(name, message, key, button) {
  if (name === "reply") composer.replyTo(message);
  else if (name === "edit") composer.edit(message);
  else if (key.callback_data !== undefined) {
    button.setAttribute("aria-busy", "true");
    line.ask("press", { person: state.person, chat: state.chat, message: message.message_id, data: key.callback_data })
      .then(({ query }) => pressing.set(query, button))
      .catch((error) => { button.removeAttribute("aria-busy"); complain(error); });
    setTimeout(() => button.removeAttribute("aria-busy"), 15000);
  } else if (key.copy_text) navigator.clipboard.writeText(key.copy_text.text).then(() => toast(words.copied), complain);
  else composer.write(`@${state.bot.username} ${key.switch_inline_query_current_chat ?? key.switch_inline_query ?? ""}`);
}

function openChat(id) {
  state.chat = id;
  const opened = chat();
  opened.unread = 0;
  $("toast").hidden = true;
  document.body.dataset.view = "chat";
  composer.end();
  paint();
}

function become(person) {
  const inPrivate = chat().type === "private";
  state.person = person;
  openChat(inPrivate ? person : state.chat);
}

function speakLanguage(code) {
  line.ask("language", { person: state.person, language: code }).then(() => {
    state.people.find((each) => each.id === state.person).language_code = code;
    paint();
  }).catch(complain);
}

// --- how it looks ---

const view = () => ({
  words, language: language(), person: state.person, botId: state.bot.id, group: chat().type !== "private", act, say,
});

function paint() {
  words = WORDS[language()];
  document.documentElement.lang = language();
  document.title = state.bot.first_name;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = words[node.dataset.word];
  for (const node of document.querySelectorAll("[data-word-label]")) node.setAttribute("aria-label", words[node.dataset.wordLabel]);
  for (const node of document.querySelectorAll("[data-word-placeholder]")) node.placeholder = words[node.dataset.wordPlaceholder];
  for (const node of document.querySelectorAll("button.icon")) node.title = node.getAttribute("aria-label");
  for (const node of $("languages").children) node.setAttribute("aria-pressed", String(node.dataset.language === language()));
  $("connection").textContent = words.here;
  people($("people"));
  people($("speaking"));
  paintChats();
  paintHeader();
  $("messages").replaceChildren();
  for (const message of [...chat().messages.values()].sort((one, other) => one.message_id - other.message_id)) append(message);
  paintComposer();
  toEnd();
}

function people(holder) {
  holder.replaceChildren(...state.people.map((each) => element("button", {
    type: "button", "data-person": each.id, "aria-pressed": String(each.id === state.person), onclick: () => become(each.id),
  }, each.first_name)));
}

function paintChats() {
  const shown = [...state.chats.values()].filter((each) => each.members.includes(state.person));
  const focused = document.activeElement?.dataset.chatId;
  $("chats").replaceChildren(...shown.map((each) => {
    const last = [...each.messages.values()].at(-1);
    const preview = last ? `${each.type !== "private" ? `${last.from.first_name}: ` : ""}${last.text ?? words.service}` : words.nothing;
    return element("li", {}, element("button", {
      type: "button", class: "chat", "data-chat": each.type, "data-chat-id": each.id, "aria-current": each.id === state.chat ? "true" : null,
      onclick: () => openChat(each.id),
    }, face(each.id, nameOf(each)), element("span", { class: "lines" },
      element("strong", {}, nameOf(each)), element("span", { class: "preview" }, preview.replace(/\s+/g, " ").slice(0, 90))),
    each.unread ? element("span", { class: "unread" }, String(each.unread)) : null));
  }));
  if (focused) $("chats").querySelector(`[data-chat-id="${focused}"]`)?.focus();
}

function paintHeader() {
  if (!chat()) return;
  $("chat-face").replaceWith(Object.assign(face(state.chat, nameOf(chat())), { id: "chat-face" }));
  $("chat-title").textContent = nameOf(chat());
  const busy = typing.has(state.chat);
  const who = chat().type === "private" ? "" : `${state.bot.first_name} `;
  $("chat-status").textContent = busy ? `${who}${words.typing}` : chat().type === "private" ? words.bot : words.memberCount(chat().members.length + 1);
  $("chat-status").classList.toggle("typing", busy);
}

function paintComposer() {
  const empty = chat().messages.size === 0;
  const inGroup = chat().type !== "private";
  $("empty").hidden = !empty;
  $("about").textContent = inGroup ? words.groupEmpty(state.bot.username)
    : (language() === "en" && state.description.en) || state.description[""] || state.bot.first_name;
  $("begin").hidden = !(empty && !inGroup);
  $("composer").hidden = empty && !inGroup;
  $("speaking").hidden = !inGroup;
  composer.menuChanged();
}

function append(message) {
  const list = $("messages");
  const day = new Date(message.date * 1000).toDateString();
  if ([...list.querySelectorAll(".day")].at(-1)?.dataset.day !== day) list.append(daySeparator(message.date, view()));
  const made = bubble(message, view());
  if (list.lastElementChild?.dataset.from === made.dataset.from) made.classList.add("follows");
  list.append(made);
}

const atEnd = () => $("scroll").scrollHeight - $("scroll").scrollTop - $("scroll").clientHeight < 80;

function toEnd() {
  $("scroll").scrollTop = $("scroll").scrollHeight;
  $("down").hidden = true;
}

let toastTimer;
function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, TOAST_SECONDS * 1000);
}

const composer = new Composer({
  say, menu, chat, line, complain, noticed, openChat, words: () => words, person: () => state.person, bot: () => state.bot, chatId: () => state.chat,
});

// --- controls ---

$("scroll").addEventListener("scroll", () => { if (atEnd()) $("down").hidden = true; });
$("down").addEventListener("click", toEnd);
$("begin").addEventListener("click", () => say("/start"));
$("back").addEventListener("click", () => { document.body.dataset.view = "list"; });
$("open-raw").addEventListener("click", () => { document.body.dataset.view = document.body.dataset.view === "raw" ? "chat" : "raw"; });
$("close-raw").addEventListener("click", () => { document.body.dataset.view = "chat"; });
$("clear-raw").addEventListener("click", () => raw.clear());
for (const button of $("languages").children) button.addEventListener("click", () => speakLanguage(button.dataset.language));

const root = document.documentElement;
if (localStorage.getItem("theme")) root.dataset.theme = localStorage.getItem("theme");
$("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
});
