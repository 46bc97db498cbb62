// A member's evening with the official client. stdin: one line of JSON {url, cookie, meeting}.
// stdout: one line of JSON for each thing that happened.

import { createInterface } from "node:readline";
import { Page, rest } from "./page.mjs";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const page = new Page(JSON.parse((await lines.next()).value));
const until = async (found) => {
  for (let looks = 0; looks < 1000 && !found(); looks += 1) await rest(10);
  return found();
};
const steps = {
  wait_line: () => until(() => page.socket.connected),
  knock: () => page.ask("knock"),
  wait_inside: () => until(() => page.inside && page.part.standing),
  wait_doing: (word) => until(() => page.part.doing === word),
  hand: () => page.ask("raise_hand"),
  share: (words) => page.share(words, "evening-0001"),
  cut: async () => {
    page.socket.io.engine.close(); // as a tunnel does: no goodbye, and the client comes back by itself
    return until(() => !page.socket.connected);
  },
  wait_back: () => until(() => page.socket.connected && page.inside),
  transcript: async () => (await page.settle(), { transcript: page.transcript, gaps: page.gaps, mine: page.part.mine }),
};
for await (const line of lines) {
  const [step, ...what] = JSON.parse(line);
  process.stdout.write(`${JSON.stringify((await steps[step](...what)) ?? null)}\n`);
}
process.exit(0);
