// Many members of open talks, each sharing without end while the server comes and goes.
// stdin: one line of JSON {url, pace, churn, members: [{cookie, meeting, name}]}, later "stop".
// pace: milliseconds between two shares of one person; churn: how many go and come back each second.
// stdout: lines of JSON: {"back": when} each time everybody is in again, at last the figures.

import { createInterface } from "node:readline";
import { Page, rest } from "./page.mjs";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { url, pace, churn = 0, members } = JSON.parse((await lines.next()).value);
const tell = (what) => new Promise((done) => process.stdout.write(`${JSON.stringify(what)}\n`, done));

const pages = members.map((member) => new Page({ url, ...member }));
let away = true;
let stopped = false;
let stop;
const stopping = new Promise((done) => (stop = done));
const unlessStopped = (milliseconds) => Promise.race([rest(milliseconds), stopping]);
for (const page of pages) {
  page.socket.on("disconnect", () => (away = true));
  page.entered = () => {
    if (!away || !pages.every((other) => other.inside || other.out)) return;
    away = false;
    tell({ back: Date.now() });
  };
}

const acknowledged = [];
async function share(page, who) {
  await unlessStopped(Math.random() * pace);
  for (let count = 0; !stopped; count += 1) {
    const words = `${page.name} says ${count}: ${"quiet ".repeat(1 + ((who + count) % 30))}`;
    const id = `chaos-${who}-${count}`;
    const { number, took, over } = await page.share(words, id).catch((failure) => ({ over: failure.message }));
    if (over && !page.out) throw new Error(over);
    if (over) return;
    acknowledged.push({ who, id, number, words, took });
    await unlessStopped(pace * (0.8 + 0.4 * Math.random()));
  }
}
const talking = pages.map(share);
let next = 0;
let left = 0;
const churning = churn && setInterval(() => {
  left += 1;
  const page = pages[next++ % pages.length];
  if (page.socket.connected) page.socket.disconnect().connect();
}, 1000 / churn);
await lines.next();
stopped = true;
stop();
clearInterval(churning);
const stuck = setTimeout(() => {
  const state = pages.map(({ name, socket, part, inside, refusals, last }) => ({ name, connected: socket.connected, part, inside, refusals, last }));
  tell({ stuck: state }).then(() => process.exit(1));
}, 20_000);
await Promise.all(talking);
await rest(500);
await Promise.all(pages.map((page) => page.settle()));
clearTimeout(stuck);
const times = acknowledged.map(({ took }) => took).sort((a, b) => a - b);
const sum = (name) => pages.reduce((total, page) => total + page[name], 0);
const part = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
await tell({
  acknowledged, transcripts: pages.map((page) => page.transcript), out: pages.map((page) => page.outSince ?? null),
  repeats: sum("repeats"), unanswered: sum("unanswered"), gaps: sum("gaps"), drops: sum("drops"), left,
  slowestNo: Math.max(...pages.map((page) => page.slowestNo)), refusals: pages.flatMap((page) => page.refusals), ack: { p50: part(0.5), p99: part(0.99), max: part(1) },
});
process.exit(0);
