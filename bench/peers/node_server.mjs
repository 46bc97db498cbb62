// What a good Node programmer would write: socket.io, no compression, prepared statements, one insert
// per message, WAL. Speaks the few events the load speaks; rooms and people are in its own tables.
//
//   PORT=… FILE=… PEOPLE='[["room", "cookie"], …]' [SYNCHRONOUS=FULL] node node_server.mjs
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const from = createRequire(process.env.MODULES + "/");
const { Server } = from("socket.io");
const Database = from("better-sqlite3");

const db = new Database(process.env.FILE);
db.pragma("journal_mode = WAL");
db.pragma(`synchronous = ${process.env.SYNCHRONOUS ?? "NORMAL"}`);
db.exec(`
  CREATE TABLE members (room TEXT, cookie TEXT, silenced INTEGER DEFAULT 0, PRIMARY KEY (room, cookie));
  CREATE TABLE rooms (name TEXT PRIMARY KEY, number INTEGER DEFAULT 0);
  CREATE TABLE entries (room TEXT, number INTEGER, name TEXT, words TEXT, at TEXT, PRIMARY KEY (room, number));
`);
const people = JSON.parse(readFileSync(process.env.PEOPLE));
const belongs = db.prepare("SELECT silenced FROM members WHERE room = ? AND cookie = ?");
const next = db.prepare("UPDATE rooms SET number = number + 1 WHERE name = ? RETURNING number");
const insert = db.prepare("INSERT INTO entries VALUES (?, ?, ?, ?, ?)");
const last = db.prepare("SELECT number, name, words, at FROM (SELECT * FROM entries WHERE room = ? ORDER BY number DESC LIMIT 50) ORDER BY number");
const keep = db.transaction((room, name, words, at) => {
  const { number } = next.get(room);
  insert.run(room, number, name, words, at);
  return number;
});
db.transaction(() => {
  for (const [room, cookie] of people) {
    db.prepare("INSERT OR IGNORE INTO rooms (name) VALUES (?)").run(room);
    db.prepare("INSERT INTO members (room, cookie) VALUES (?, ?)").run(room, cookie);
  }
  for (const room of new Set(people.map(([room]) => room)))
    for (let n = 0; n < Number(process.env.BEFORE); n++) keep(room, "Somebody", "What was said before. ".repeat(6).slice(0, 120), new Date().toISOString());
})();

const http = createServer((_, answer) => answer.end("ready"));
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, pingInterval: 10_000, pingTimeout: 6_000 });
io.use((socket, go) => {
  const cookie = /(?:^|; )s=([^;]+)/.exec(socket.handshake.headers.cookie ?? "")?.[1];
  socket.data.cookie = cookie;
  go(cookie ? undefined : new Error("sign_in_first"));
});
io.on("connection", (socket) => {
  socket.on("enter", ({ meeting }, answer) => {
    if (!belongs.get(meeting, socket.data.cookie)) return answer({ ok: false });
    socket.join(meeting);
    answer({ ok: true, snapshot: { entries: last.all(meeting) } });
  });
  socket.on("share", ({ meeting, words }, answer) => {
    const member = belongs.get(meeting, socket.data.cookie);
    if (!member || member.silenced || typeof words !== "string" || words.length > 4000) return answer({ ok: false });
    const at = new Date().toISOString();
    const number = keep(meeting, "Somebody", words, at);
    io.to(meeting).emit("entries", { meeting, entries: [{ number, kind: "shared", at, name: "Somebody", words }] });
    answer({ ok: true, number });
  });
});
http.listen({ port: Number(process.env.PORT), host: "127.0.0.1", backlog: 4096 }, () => console.log("ready"));
