// The page's line to the simulator: calls with an answer, and events.
export class Line {
  constructor(onEvent, onState) {
    this.onEvent = onEvent;
    this.onState = onState;
    this.waiting = new Map();
    this.number = 0;
    this.pause = 300;
    this.connect();
  }

  connect() {
    this.socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/page/socket`);
    this.socket.addEventListener("open", () => { this.pause = 300; this.onState(true); });
    this.socket.addEventListener("message", ({ data }) => this.hear(JSON.parse(data)));
    this.socket.addEventListener("close", () => {
      this.onState(false);
      for (const { reject } of this.waiting.values()) reject(new Error("…"));
      this.waiting.clear();
      setTimeout(() => this.connect(), this.pause);
      this.pause = Math.min(5000, this.pause * 2);
    });
  }

  hear(said) {
    if (said.id === undefined || said.type !== undefined) return this.onEvent(said);
    const { resolve, reject } = this.waiting.get(said.id) ?? {};
    this.waiting.delete(said.id);
    if (said.error) reject?.(new Error(said.error));
    else resolve?.(said.ok);
    return undefined;
  }

  ask(name, fields) {
    return new Promise((resolve, reject) => {
      if (this.socket.readyState !== WebSocket.OPEN) { reject(new Error("…")); return; }
      this.number += 1;
      this.waiting.set(this.number, { resolve, reject });
      this.socket.send(JSON.stringify({ id: this.number, do: name, ...fields }));
    });
  }
}
