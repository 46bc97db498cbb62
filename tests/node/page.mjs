// A page of a meeting without anything to look at: the official client, with the manners of
// static/js/live.js. It keeps the transcript, drops what it has, asks for what it missed, and
// repeats a share under the same id until it is answered.

import { io } from "socket.io-client";

const PATIENCE = 5000; // milliseconds until an answer is taken for lost, as on the page
const OUT = new Set(["left_for_tonight", "not_found"]); // put out, and after an emergency no member any more
const FOR_GOOD = new Set(["not_found", "left_for_tonight", "meeting_over", "meeting_closed", "bad_shape", "too_long"]);

export const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

export class Page {
  constructor({ url, cookie, meeting, name }) {
    Object.assign(this, { meeting, name, transcript: [], part: {}, inside: false, gaps: 0, repeats: 0, waits: 0, drops: 0, unanswered: 0, slowestNo: 0, refusals: [], entered: () => {} });
    this.socket = io(url, {
      transports: ["websocket"], forceNew: true, extraHeaders: { Cookie: `s=${cookie}`, Origin: url },
      reconnectionDelay: 400, reconnectionDelayMax: 800, randomizationFactor: 0.5, timeout: 5000,
    });
    this.socket.on("connect", () => this.enter());
    this.socket.on("disconnect", (reason) => this.#down(reason));
    this.socket.on("connect_error", (failure) => this.#refused(failure.message));
    this.socket.on("entries", ({ entries }) => this.#take(entries));
    this.socket.on("head", ({ number }) => number > this.head && this.catchUp());
    this.socket.on("reconnect", ({ within }) => setTimeout(() => this.#move(), Math.random() * within * 1000));
    this.socket.on("part", ({ part }) => this.#part(part));
  }

  /** Put out for tonight: nothing more is said or asked. */
  get out() {
    return this.part.standing === "out";
  }

  get head() {
    return this.transcript.length;
  }

  /** Ask, once; rejects when no answer comes. */
  ask(event, fields = {}) {
    if (!this.socket.connected) return Promise.reject(new Error("no line"));
    this.waits += 1;
    return this.socket.timeout(PATIENCE).emitWithAck(event, { meeting: this.meeting, ...fields }).finally(() => (this.waits -= 1));
  }

  /** Come in, or come back, from the last number known. */
  async enter() {
    const answer = await this.ask("enter", { after: this.head }).catch(() => null);
    if (!answer?.ok) {
      if (OUT.has(answer?.reason)) { // put out without a word from the room, while nothing was being said
        this.part = { ...this.part, standing: "out" };
        this.outSince ??= Date.now();
        return answer;
      }
      if (this.socket.connected) setTimeout(() => this.inside || this.enter(), 300);
      return answer;
    }
    this.part = answer.snapshot.part;
    this.#take(answer.snapshot.floor?.entries ?? []);
    this.inside = "floor" in answer.snapshot;
    if (this.inside && this.head < answer.snapshot.floor.head) await this.catchUp();
    this.entered();
    return answer;
  }

  /** Ask for what is missing; whether nothing is. */
  async catchUp() {
    if (this.asking) return false;
    this.asking = true;
    try {
      for (;;) {
        const before = this.head;
        const answer = await this.ask("catch_up", { after: before }).catch(() => null);
        if (!answer?.ok) return false;
        this.#take(answer.entries);
        if (this.head >= answer.head) return true;
        if (this.head === before) return false;
      }
    } finally {
      this.asking = false;
    }
  }

  /** Catch up, however long it takes. */
  async settle() {
    while (!this.out && !(await this.catchUp())) await rest(200);
  }

  /** Put words into the room, however long it takes: the number, and how long the answer took. */
  async share(words, id) {
    for (;;) {
      const sent = performance.now();
      if (this.out) throw new Error("left_for_tonight");
      const asked = this.inside && this.socket.connected;
      const answer = asked && (await this.ask("share", { client_id: id, words }).catch(() => null));
      if (answer?.ok) return { number: answer.number, took: performance.now() - sent };
      if (answer) this.slowestNo = Math.max(this.slowestNo, performance.now() - sent);
      if (OUT.has(answer?.reason)) this.part = { ...this.part, standing: "out" }; // the answer may come before the part
      if (answer && FOR_GOOD.has(answer.reason)) throw new Error(answer.reason);
      this.repeats += 1;
      this.unanswered += asked && !answer;
      this.last = answer;
      await rest((answer?.seconds ?? 0.2) * 1000);
    }
  }

  #down(reason) {
    this.drops += this.inside;
    this.inside = false;
    if (this.out) this.outSince ??= Date.now();
    else if (reason === "io server disconnect") setTimeout(() => this.socket.connect(), 1000);
  }

  #move() {
    if (this.waits) setTimeout(() => this.#move(), 20);
    else this.socket.disconnect().connect();
  }

  #refused(reason) {
    if (this.out) return;
    if (this.socket.active) return; // the house is not there; the client tries again by itself
    this.refusals.push(reason);
    setTimeout(() => this.socket.connect(), 1000);
  }

  #part(part) {
    const letIn = part.standing === "inside" && !this.inside;
    this.part = part;
    if (letIn) this.enter();
  }

  #take(entries) {
    for (const entry of entries) {
      if (entry.number === this.head + 1) this.transcript.push(entry);
      else if (entry.number > this.head) {
        this.gaps += 1;
        this.catchUp();
        return;
      }
    }
  }
}
