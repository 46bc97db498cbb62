// The load: people in rooms, over raw WebSocket frames. One process, told by lines of JSON on its input;
// every line is answered by one line. It checks that whatever was acknowledged reached everybody who was
// in the room, once, and everybody in the same order.
//
//   {"do": "connect", "who": name, "port": …, "origin": …, "rooms": [[meeting, [cookie, …]], …], "rate": per second, 0 for all at once}
//   {"do": "flood", "who": name, "window": shares under way per room, "each": most shares per person, "seconds": …}
//   {"do": "steady", "who": name, "rate": shares per second, "seconds": …}
//   {"do": "check", "who": name}      {"do": "leave", "who": name}
import { randomBytes } from "node:crypto";
import net from "node:net";
import readline from "node:readline";

const LENGTH = 120; // characters of a share
const PAD = "I hear you, and I am glad that you came tonight. Take your time and say whatever feels right for you in this circle. ".repeat(2);
const A = 97; // what is told apart by is written in letters: figures look like telephone numbers to a guard
const now = () => performance.now() * 1000; // microseconds
const houses = new Map();

const letters = (value, size) => {
  let text = "";
  for (let place = 0; place < size; place++, value = Math.floor(value / 16)) text = String.fromCharCode(A + (value % 16)) + text;
  return text;
};
const figures = (text, from, size) => {
  let value = 0;
  for (let place = from; place < from + size; place++) value = value * 16 + text.charCodeAt(place) - A;
  return value;
};
const quantile = (sorted, part) => sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] / 1000 : null;
const summary = (times) => {
  const sorted = Float64Array.from(times).sort();
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), max: quantile(sorted, 1), count: sorted.length };
};

class Person {
  constructor(house, room, place, cookie) {
    Object.assign(this, { house, room, place, cookie, rest: null, opened: false, inside: false, ids: 0, waiting: new Map(), said: 0 });
    this.heard = new Int32Array(room.size); // of everybody in the room: the last of theirs that came
    this.order = 0;
  }

  connect() {
    this.began = now();
    this.socket = net.connect({ host: "127.0.0.1", port: this.house.port, noDelay: true });
    this.socket.on("connect", () => this.socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${this.house.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Origin: ${this.house.origin}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\nCookie: s=${this.cookie}\r\n\r\n`));
    this.socket.on("data", (data) => this.read(data));
    this.socket.on("error", () => {});
    this.socket.on("close", () => this.house.leaving || this.house.lost++);
  }

  say(text) {
    const size = Buffer.byteLength(text), head = size < 126 ? 2 : 4, frame = Buffer.alloc(head + 4 + size);
    frame[0] = 0x81;
    if (head === 2) frame[1] = 0x80 | size; else { frame[1] = 0x80 | 126; frame.writeUInt16BE(size, 2); }
    randomBytes(4).copy(frame, head);
    frame.write(text, head + 4);
    for (let at = 0; at < size; at++) frame[head + 4 + at] ^= frame[head + (at & 3)];
    this.socket.write(frame);
  }

  share() {
    const at = now(), number = ++this.said, id = ++this.ids;
    const token = "q" + letters(this.place, 4) + letters(number, 6) + letters(Math.round(at), 14);
    this.waiting.set(id, at);
    this.house.sent++;
    this.room.under.set(this.place * 1e6 + number, this.room.size);
    this.say(`42${id}["share",{"meeting":"${this.room.meeting}","client_id":"${this.house.run}-${this.place}-${number}","words":"${token} ${PAD.slice(0, LENGTH - token.length - 1)}"}]`);
  }

  read(data) {
    const house = this.house;
    house.bytes += data.length;
    if (this.rest) { data = Buffer.concat([this.rest, data]); this.rest = null; }
    let from = 0;
    if (!this.opened) {
      const end = data.indexOf("\r\n\r\n");
      if (end < 0) { this.rest = data; return; }
      if (!data.latin1Slice(0, 12).endsWith("101")) { house.refused++; this.socket.destroy(); return; }
      this.opened = true;
      from = end + 4;
    }
    const at = now();
    while (data.length - from >= 2) {
      let size = data[from + 1] & 127, head = 2;
      if (size === 126) { if (data.length - from < 4) break; size = data.readUInt16BE(from + 2); head = 4; }
      else if (size === 127) { if (data.length - from < 10) break; size = Number(data.readBigUInt64BE(from + 2)); head = 10; }
      if (data.length - from < head + size) break;
      house.frames++;
      if ((data[from] & 15) === 1) this.hear(data.latin1Slice(from + head, from + head + size), at);
      from += head + size;
    }
    if (from < data.length) this.rest = Buffer.from(data.subarray(from));
  }

  hear(text, at) {
    const kind = text[0], what = text[1];
    if (kind === "2") this.say("3");
    else if (kind === "0") this.say("40");
    else if (kind !== "4") return;
    else if (what === "0") this.say(`420["enter",{"meeting":"${this.room.meeting}","after":0}]`);
    else if (what === "4") { this.house.refused++; }
    else if (what === "3") this.answered(text, at);
    else if (text.startsWith('42["entries"')) this.entries(text, at);
  }

  answered(text, at) {
    const bracket = text.indexOf("["), id = Number(text.slice(2, bracket));
    const fine = text.startsWith('[{"ok":true', bracket);
    if (!fine) { this.house.refusals[text.slice(bracket, bracket + 90)] = (this.house.refusals[text.slice(bracket, bracket + 90)] ?? 0) + 1; }
    if (!this.inside) {
      if (fine) { this.inside = true; this.house.inside.push(at - this.began); this.house.snapshot = text.length; this.house.came(at); }
      return;
    }
    this.house.acks.push(at - this.waiting.get(id));
    this.waiting.delete(id);
    if (fine) this.house.acked++;
  }

  entries(text, at) {
    const house = this.house;
    for (let from = text.indexOf('"words":"q'); from >= 0; from = text.indexOf('"words":"q', from + LENGTH)) {
      const who = figures(text, from + 10, 4), number = figures(text, from + 14, 6), sent = figures(text, from + 20, 14);
      house.heard++;
      if (number === this.heard[who] + 1) this.heard[who] = number;
      else if (number <= this.heard[who]) house.doubled++;
      else { house.missed += number - this.heard[who] - 1; this.heard[who] = number; }
      this.order = (Math.imul(this.order, 31) + Math.imul(who + 1, 1000003) + number) | 0;
      if (house.measures && sent >= house.since) { house.deliveries.push(at - sent); house.lastHeard = at; }
      const key = who * 1e6 + number, left = this.room.under.get(key);
      if (left === 1) { this.room.under.delete(key); house.more(this.room); } else this.room.under.set(key, left - 1);
    }
  }
}

class House {
  constructor({ port, origin, rooms }) {
    Object.assign(this, { port, origin, run: randomBytes(4).toString("hex"), bytes: 0, frames: 0, lost: 0, refused: 0, sent: 0, acked: 0, heard: 0, doubled: 0, missed: 0 });
    Object.assign(this, { inside: [], acks: [], deliveries: [], refusals: {}, measures: false, more: () => {}, came: () => {} });
    this.rooms = rooms.map(([meeting, cookies]) => ({ meeting, size: cookies.length, under: new Map(), turn: 0, cookies, people: [] }));
    for (const room of this.rooms) room.people = room.cookies.map((cookie, place) => new Person(this, room, place, cookie));
    this.people = this.rooms.flatMap((room) => room.people);
  }

  begin() {
    Object.assign(this, { acks: [], deliveries: [], measures: true, since: now(), lastHeard: now(), frames: 0, bytes: 0 });
  }

  async drained() {
    for (let waited = 0, before = -1; waited < 200; waited++, before = this.heard) {
      if (this.rooms.every((room) => room.under.size === 0) && this.acked === this.sent) return true;
      if (this.heard === before && waited > 60) return false;
      await rest(100);
    }
    return false;
  }

  figures(seconds) {
    this.measures = false;
    return {
      deliveries_per_s: this.deliveries.length / seconds, seconds, ack_ms: summary(this.acks), delivery_ms: summary(this.deliveries),
      frames: this.frames, bytes: this.bytes,
    };
  }
}

const rest = (ms) => new Promise((go) => setTimeout(go, ms));
const perform = {
  async connect(wish) {
    const house = new House(wish);
    houses.set(wish.who, house);
    const began = now();
    let ended = began;
    const all = new Promise((go) => { house.came = (at) => { ended = at; if (house.inside.length === house.people.length) go(); }; });
    for (const [count, person] of house.people.entries()) {
      if (wish.rate && count) { const due = began + (count / wish.rate) * 1e6 - now(); if (due > 1000) await rest(due / 1000); }
      person.connect();
    }
    await Promise.race([all, rest((wish.patience ?? 60) * 1000)]);
    return { inside: house.inside.length, refused: house.refused, last_ms: (ended - began) / 1000, each_ms: summary(house.inside), bytes: house.bytes, snapshot: house.snapshot };
  },

  async flood({ who, window, each, seconds }) {
    const house = houses.get(who);
    house.begin();
    const ends = now() + seconds * 1e6, left = new Map(house.people.map((person) => [person, each]));
    house.more = (room) => {
      if (now() > ends) return;
      for (let tried = 0; tried < room.size; tried++) {
        const person = room.people[room.turn++ % room.size];
        if (left.get(person) > 0) { left.set(person, left.get(person) - 1); person.share(); return; }
      }
    };
    for (const room of house.rooms) for (let count = 0; count < window; count++) house.more(room);
    while (now() < ends && [...left.values()].some((n) => n > 0)) await rest(20);
    house.more = () => {};
    const drained = await house.drained();
    return { drained, ...house.figures((house.lastHeard - house.since) / 1e6) };
  },

  async steady({ who, rate, seconds }) {
    const house = houses.get(who), total = Math.round(rate * seconds);
    house.begin();
    for (let count = 0; count < total;) {
      for (const due = Math.min(total, Math.ceil(((now() - house.since) / 1e6) * rate)); count < due; count++) {
        const room = house.rooms[count % house.rooms.length];
        room.people[room.turn++ % room.size].share();
      }
      await rest(1);
    }
    const took = (now() - house.since) / 1e6;
    const drained = await house.drained();
    return { drained, offered_per_s: total / took, ...house.figures((house.lastHeard - house.since) / 1e6) };
  },

  async check({ who }) {
    const house = houses.get(who);
    await house.drained();
    const expected = house.rooms.reduce((sum, room) => sum + room.size * room.people.reduce((said, person) => said + person.said, 0), 0);
    const orders = house.rooms.filter((room) => new Set(room.people.map((person) => person.order)).size > 1).length;
    return { sent: house.sent, acked: house.acked, missing: expected - house.heard, doubled: house.doubled, gaps: house.missed, misordered_rooms: orders, lines_lost: house.lost, refusals: house.refusals };
  },

  async leave({ who }) {
    const house = houses.get(who);
    house.leaving = true;
    for (const person of house.people) person.socket?.destroy();
    houses.delete(who);
    return {};
  },
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const wish = JSON.parse(line);
  process.stdout.write(JSON.stringify(await perform[wish.do](wish)) + "\n");
}
process.exit(0);
