// How long the server's event loop lets a ping wait: a WebSocket ping is answered by the loop
// itself, past every handler and every thread. stdin: {url, cookie, meeting}, then any line for the
// figures since the last. stdout: true once it pings, then {pings, p50, p99, max} in milliseconds.

import { createInterface } from "node:readline";
import { Page, rest } from "./page.mjs";

const EVERY = 5;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const page = new Page(JSON.parse((await lines.next()).value));
while (!page.socket.connected) await rest(10);
const wire = page.socket.io.engine.transport.ws;
const times = [];

async function ping() {
  for (;;) {
    const sent = performance.now();
    await new Promise((done) => {
      wire.once("pong", done);
      wire.ping();
    });
    times.push(performance.now() - sent);
    await rest(EVERY);
  }
}
ping();
process.stdout.write("true\n");
for await (const _ of lines) {
  const sorted = times.splice(0).sort((a, b) => a - b);
  const part = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  process.stdout.write(`${JSON.stringify({ pings: sorted.length, p50: part(0.5), p99: part(0.99), max: part(1) })}\n`);
}
