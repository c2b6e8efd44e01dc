// The developer's panel: every call of the bot, newest first.
import { element } from "./entities.js";

const SHOWN = 300;

export class RawPanel {
  constructor(list) {
    this.list = list;
  }

  clear() {
    this.list.replaceChildren();
  }

  add(call, words) {
    const good = call.status === 200 && !call.fault;
    const summary = element("summary", {},
      element("span", { class: `status ${good ? "good" : "bad"}` }, String(call.status || "—")),
      element("span", { class: "method" }, call.method),
      element("span", { class: "gist" }, gist(call)),
      element("span", { class: "time" }, `${call.milliseconds < 10 ? call.milliseconds : Math.round(call.milliseconds)} ms`),
    );
    const details = element("details", { "data-method": call.method }, summary);
    // Long JSON is laid out only when somebody looks.
    details.addEventListener("toggle", () => {
      if (details.childElementCount > 1) return;
      details.append(
        element("h3", {}, words.params), element("pre", {}, pretty(call.params)),
        element("h3", {}, words.answer), element("pre", {}, pretty(call.reply)),
      );
    });
    this.list.prepend(element("li", {}, details));
    while (this.list.childElementCount > SHOWN) this.list.lastElementChild.remove();
  }
}

function pretty(value) {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function gist(call) {
  if (call.reply && call.reply.ok === false) return call.reply.description;
  if (call.method === "getUpdates" && Array.isArray(call.reply?.result)) {
    return call.reply.result.map((update) => Object.keys(update).find((key) => key !== "update_id")).join(", ");
  }
  const text = call.params.text ?? call.params.action ?? call.params.language_code ?? "";
  return String(text).replace(/<[^>]*>/g, "").replace(/\s+/g, " ").slice(0, 80);
}
