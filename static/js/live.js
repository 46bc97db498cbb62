// The line between this page and the meeting: the only file that knows Socket.IO. What it hears is
// handed to <live-room> in order, each entry once; what is missing is asked for.
// The contract is docs/events.md.

import { io } from "/static/vendor/socket.io.esm.min.js";
import "./elements/live-room.js";

const PATIENCE = 5000; // milliseconds until an answer is taken for lost
const LOOK_AGAIN = 20000; // whoever is at the door is not told when the hour begins: ask
const SOON = 800; // between two tries while the house may only be starting again; the first one draws each page a moment of its own
const TRIES = 12; // so many soon, about ten seconds of them; after that it is away for longer, and seldom will do
const SELDOM = 8000;
const NOBODY = ["sign_in_first", "signed_out"]; // reasons: this browser is signed out
const NOTICE = 800; // a line that is back within this was never gone
const room = document.querySelector("live-room");
const { meeting, seat } = room?.dataset ?? {}; // the page, and what is written on it, belong to one seat
const SETTLED = 1500; // milliseconds until a form that was sent in another tab has done what it does

class Line {
  #entered = false;
  #entering = false;
  #onceMore = false;
  #missing = false;
  #tries = 0;
  #waiting = []; // what arrived before the first answer
  #trouble = null;
  #asked = 0; // what waits for an answer
  #out = false; // nobody is signed in here
  #back = null; // on the way to see whether somebody is again
  #arrived = () => {};

  constructor(socket) {
    this.socket = socket;
    room.missing = (what) => this.#sent("catch_up", what);
    room.wish = (verb, wish) => this.#ask(verb, wish);
    socket.on("connect", () => this.enter());
    socket.on("disconnect", (reason) => this.#down(reason));
    socket.on("connect_error", (failure) => this.#refused(failure.message));
    socket.on("reconnect", ({ within }) => setTimeout(() => this.#move(within * 1000), Math.random() * within * 1000));
    for (const name of ["entries", "desk", "part", "head"]) socket.on(name, (news) => this.#hear(name, news));
  }

  /** Come in, or come back: one snapshot, from the last number known. */
  async enter(patience = PATIENCE) {
    if (this.#entering) return void (this.#onceMore = true);
    this.#entering = true;
    this.#onceMore = false;
    const sent = Date.now();
    const answer = await this.#emit("enter", { after: room.list.head }, patience).catch(() => null);
    this.#entering = false;
    if (this.#onceMore && this.socket.connected) return this.enter(); // what was answered may be old by now
    if (!answer) return patience < PATIENCE ? this.#anew() : this.#again();
    if (!answer.ok) return this.#notIn(answer);
    const { snapshot } = answer;
    if (snapshot.seat !== seat) return this.#another();
    const { floor } = snapshot;
    if (floor) floor.entries = floor.entries.filter((entry) => entry.number > room.list.head);
    this.#entered = true;
    room.show(snapshot, Date.parse(snapshot.now) - (sent + Date.now()) / 2);
    this.#well();
    this.#waiting.splice(0).forEach(([name, news]) => this.#hear(name, news, Date.parse(snapshot.now)));
    if (floor && room.list.head && room.list.head < floor.head) this.#catchUp();
  }

  /** After a rest of this device: is the line still what it seems? */
  check() {
    return this.socket.connected && !this.#out ? this.enter(PATIENCE / 2) : this.#anew();
  }

  /** Signed out, and touched again: they may have signed in again in a window beside this one. */
  touched() {
    if (this.#out) this.#anew();
  }

  /** Signed out in another tab of this browser; or not, if that form was not taken. */
  ended() {
    if ("shared" in document.documentElement.dataset) room.unsent.empty();
    this.#signIn();
    setTimeout(() => this.#anew(), SETTLED);
  }

  /** Where nobody tells us, look. */
  look() {
    if (this.#entered && ["waiting", "outside"].includes(room.doing)) this.enter();
    else if (this.#entered && room.lines.used) room.lines.ask("me", {});
  }

  /** The device says that there is no line. */
  offline() {
    this.#down("offline");
  }

  #hear(name, news, since = 0) {
    if (news.meeting !== meeting) return;
    if (!this.#entered) return void this.#waiting.push([name, news]);
    if (name === "part" && Date.parse(news.now) >= since) this.#part(news);
    if (name === "desk") this.#desk(news);
    if (name === "head" && room.reads && news.number > room.list.head) this.#catchUp(true);
    if (name === "entries") this.#entries(news);
  }

  #desk({ view, entries }) {
    room.tellDesk(view, entries);
    if (entries.some((entry) => entry.kind === "erased")) this.enter(); // what they wrote goes from here, too
  }

  #entries({ entries, view }) {
    const fresh = entries.filter((entry) => entry.number > room.list.head);
    const gap = room.reads && fresh.length && fresh[0].number !== room.list.head + 1;
    room.take(gap ? [] : fresh, view);
    if (gap) this.#catchUp();
  }

  #part({ part, now }) {
    if (room.tellPart(part, Date.parse(now))) this.enter();
  }

  /** Ask for what is missing. `blind`: the view that went with it was missed, too. */
  async #catchUp(blind = false) {
    if (this.#missing) return;
    this.#missing = true;
    try {
      for (;;) {
        const before = room.list.head;
        const answer = await this.#emit("catch_up", { stream: "floor", after: before });
        if (!answer.ok) break;
        room.take(answer.entries.filter((entry) => entry.number > room.list.head));
        if (room.list.head >= answer.head || room.list.head === before) break;
      }
      if (blind) this.enter();
    } catch {
      // The line is gone again; coming back asks for everything.
    } finally {
      this.#missing = false;
    }
  }

  async #ask(verb, wish) {
    if (this.#out) await this.#comeBack();
    const answer = await this.#sent(verb, wish);
    if (!NOBODY.includes(answer.reason)) return answer;
    this.#signIn();
    throw new Error("no line");
  }

  /** Over a line on which this page is known to be whose it was. */
  async #sent(name, payload) {
    if (!this.socket.connected || !this.#entered) throw new Error("no line");
    return this.#emit(name, payload);
  }

  /** Something was pressed on a page that is signed out: by now they may be signed in again, in another window. */
  #comeBack() {
    this.#back ??= new Promise((done) => {
      this.#arrived = done;
      setTimeout(done, PATIENCE);
      this.#anew();
    }).finally(() => (this.#back = null));
    return this.#back;
  }

  #emit(name, payload, patience = PATIENCE) {
    if (!this.socket.connected) return Promise.reject(new Error("no line"));
    this.#asked += 1;
    return this.socket.timeout(patience).emitWithAck(name, { meeting, ...payload }).finally(() => (this.#asked -= 1));
  }

  /** This line is about to end in good order, and there is another: change over between two questions. */
  #move(left) {
    if (this.#asked && left > 0) setTimeout(() => this.#move(left - 50), 50);
    else if (this.socket.connected) this.#anew();
  }

  #well() {
    clearTimeout(this.#trouble);
    this.#trouble = null;
    this.#tries = 0;
    this.#out = false;
    room.quiet.line("");
    this.#arrived();
  }

  #down(reason) {
    const was = this.#entered;
    this.#entered = false;
    this.#waiting.length = 0;
    const closed = reason === "io server disconnect"; // by the house: not taken up again by itself
    if (room.doing === "out" || (room.doing === "gone" && !closed)) return; // gone and closed: perhaps signed out as well
    this.#trouble ??= setTimeout(() => this.#entered || room.quiet.line("dropped"), closed ? PATIENCE : NOTICE);
    if (closed) setTimeout(() => this.socket.connect(), was ? 0 : 1000 + Math.random() * 2000);
  }

  #refused(reason) {
    if (reason === "sign_in_first") return this.#signIn();
    this.#down("refused");
    if (!this.socket.active) setTimeout(() => this.socket.connect(), 3000 + Math.random() * 2000);
  }

  #notIn(answer) {
    if (answer.reason === "not_found") {
      if (this.#out) return this.#another(); // perhaps; and if not, this is no page of theirs either
      this.#well();
      return room.gone();
    }
    if (NOBODY.includes(answer.reason)) return this.#signIn();
    this.#again();
  }

  /** Signed out, here or from elsewhere: what was said is not to be read any more. Coming back to this page tries again, and so
      does pressing something. */
  #signIn() {
    clearTimeout(this.#trouble);
    this.#out = true;
    this.#entered = false;
    room.quiet.line("sign-in");
    room.signedOut();
    this.#arrived();
  }

  /** Another account came in from this browser: this line says no word for it. */
  #another() {
    this.socket.disconnect();
    room.leaveToAnother();
  }

  #again() {
    this.#tries += 1;
    const wait = Math.min(500 * 2 ** this.#tries, 8000) * (0.5 + Math.random());
    if (this.socket.connected) setTimeout(() => this.enter(), wait);
  }

  /** A new line at once. Not merely connect(): between two tries of its own the client lets that wait. */
  #anew() {
    this.socket.disconnect().connect();
  }
}

function start() {
  const socket = io({ transports: ["websocket"], reconnectionDelay: SOON / 2, reconnectionDelayMax: SOON, randomizationFactor: 0.5, timeout: PATIENCE });
  socket.io.on("reconnect_attempt", (tries) => socket.io.reconnectionDelayMax(tries < TRIES ? SOON : SELDOM * (0.5 + Math.random() / 2)));
  const line = new Line(socket);
  setInterval(() => line.look(), LOOK_AGAIN);
  addEventListener("online", () => line.check());
  addEventListener("offline", () => line.offline());
  addEventListener("focus", () => line.touched());
  addEventListener("ended", (event) => room.live && (event.preventDefault(), line.ended()));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && line.check());
}

if (room) start(); // and not on a page that was blanked before its script came
