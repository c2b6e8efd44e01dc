// A message's text and entities become elements.  Text only ever enters the page through text nodes.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const LINKS = new Set(["text_link", "url", "email"]);
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

// Only addresses that a browser may open from here; anything else is shown as text.
export function safeAddress(address) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  try {
    const url = new URL(full);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export function link(address, ...children) {
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

// Telegram counts in UTF-16 units, as JavaScript's strings do.
export function richText(text, entities, { say, words }) {
  const whole = document.createDocumentFragment();
  const blocks = entities.filter((entity) => BLOCKS.has(entity.type));
  const inline = entities.filter((entity) => !BLOCKS.has(entity.type));
  let at = 0;
  for (const block of blocks) {
    if (block.offset < at) continue;
    const before = text[block.offset - 1] === "\n" ? block.offset - 1 : block.offset;
    if (before > at) stretch(whole, text, at, before, inline, { say, words });
    whole.append(blockOf(block, text, inline, { say, words }));
    at = block.offset + block.length;
    if (text[at] === "\n") at += 1;
  }
  stretch(whole, text, at, text.length, inline, { say, words });
  return whole;
}

function blockOf(block, text, inline, tools) {
  const end = block.offset + block.length;
  if (block.type === "pre") return element("pre", {}, element("code", {}, text.slice(block.offset, end)));
  const quote = element("blockquote");
  stretch(quote, text, block.offset, end, inline, tools);
  if (block.type === "expandable_blockquote") {
    quote.className = "expandable folded";
    for (const [name, value] of [["role", "button"], ["tabindex", "0"], ["aria-expanded", "false"]]) quote.setAttribute(name, value);
    const unfold = () => quote.setAttribute("aria-expanded", String(!quote.classList.toggle("folded")));
    quote.addEventListener("click", (event) => event.target.closest("a") || unfold());
    quote.addEventListener("keydown", (event) => event.target === quote && event.key === "Enter" && unfold());
  }
  return quote;
}

// Links stay whole; what lies in and between them is cut wherever a style begins or ends.
function stretch(parent, text, start, end, inline, tools) {
  const inside = inline.filter((entity) => entity.offset < end && entity.offset + entity.length > start);
  let at = start;
  for (const entity of inside.filter((each) => LINKS.has(each.type))) {
    const from = Math.max(entity.offset, start);
    const to = Math.min(entity.offset + entity.length, end);
    if (from < at) continue;
    styled(parent, text, at, from, inside, tools);
    const shown = text.slice(from, to);
    const address = safeAddress(entity.url ?? (entity.type === "email" ? `mailto:${shown}` : shown));
    const holder = address ? link(address) : element("span");
    styled(holder, text, from, to, inside, tools);
    parent.append(holder);
    at = to;
  }
  styled(parent, text, at, end, inside, tools);
}

function styled(parent, text, start, end, inside, tools) {
  const cuts = new Set([start, end]);
  for (const { offset, length } of inside) {
    for (const place of [offset, offset + length]) if (place > start && place < end) cuts.add(place);
  }
  const places = [...cuts].sort((one, other) => one - other);
  for (let index = 0; index + 1 < places.length; index += 1) {
    const [from, to] = [places[index], places[index + 1]];
    let piece = document.createTextNode(text.slice(from, to));
    const over = inside.filter((entity) => entity.offset <= from && entity.offset + entity.length >= to);
    for (const entity of over.reverse()) piece = wrapped(entity, piece, text, tools);
    parent.append(piece);
  }
}

function wrapped(entity, piece, text, { say, words }) {
  if (TAGS[entity.type]) return element(TAGS[entity.type], {}, piece);
  if (entity.type === "spoiler") {
    const hidden = element("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": words.spoiler }, piece);
    const reveal = () => { hidden.className = ""; hidden.removeAttribute("role"); hidden.removeAttribute("aria-label"); };
    hidden.addEventListener("click", reveal);
    hidden.addEventListener("keydown", (event) => event.key === "Enter" && reveal());
    return hidden;
  }
  if (entity.type === "bot_command") {
    const command = text.slice(entity.offset, entity.offset + entity.length);
    return element("button", { type: "button", class: "command", onclick: () => say(command) }, piece);
  }
  if (entity.type === "mention" || entity.type === "hashtag") return element("span", { class: "mention" }, piece);
  return piece;
}
