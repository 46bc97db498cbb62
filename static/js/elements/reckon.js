// What is so for this person now, as a set of words, and what is to be filled in. The twin of
// templates/meeting/_facts.html: the same words from what the socket tells. Pure.

import { at, left, place, wait } from "./words.js";

const FLOOR = ["listening", "may_raise", "queued", "turn", "offered", "open", "paused", "settled", "silenced"];
const OWN = ["turn", "offered"];
const MINUTE = 60;

export const onTheFloor = (doing) => FLOOR.includes(doing);

/** The facts. `room`: part, lobby, view and desk as the server last told them; `now`: its clock, in
    milliseconds; `mayServe`: duties this member may take; `draft`: something is written. Where nobody is
    signed in, nothing is so but that, and what was written. */
export function facts(room, now) {
  if (!room.signedIn) return new Set(["signed-out", ...(room.draft ? ["draft"] : []), ...(room.nudged ? ["nudged"] : [])]);
  const { part, lobby, view, desk, mayServe = [], draft, startsAt, step } = room;
  const so = [part.doing, `phase-${lobby.phase}`];
  const add = (word, is) => is && so.push(word);
  add("floor", onTheFloor(part.doing));
  add("due", lobby.phase === "lobby" && now >= startsAt);
  add("led", lobby.served?.includes("chair"));
  add("shut-out", part.doing === "outside" && ["open", "closing"].includes(lobby.phase) && secondsTo(lobby.door_shuts_at, now) <= 0);
  add("unserved", lobby.why_closed === "nobody_served");
  add("gone-words", lobby.phase === "purged");
  add("unled", lobby.unled);
  add("newcomer", part.newcomer);
  add(`need-${part.need}`, part.need);
  add(`why-${part.why}`, part.why);
  add("extend", part.may_extend);
  if (part.offered) so.push("asked", `asked-${part.offered}`);
  add("lead", secondsTo(part.may_lead_from, now) <= 0);
  add("stepped", step);
  add("draft", draft);
  add("nudged", room.nudged);
  add("warned", part.rung === "warn");
  add("opened", room.opened);
  add("because", part.agreement);
  add("cared", part.cared_for);
  add("relieved", part.relieved);
  add("reported", part.reports);
  add("emergency", part.emergency);
  add("barred", part.out_days);
  for (const { status } of part.held ?? []) so.push(`held-${status}`);
  if (part.duty) so.push("duty", part.duty);
  else if (!["outside", "over"].includes(part.doing) && !part.may_not_serve) {
    const free = (duty) => !lobby.served?.includes(duty) || (part.moderates && duty === "second");
    for (const duty of mayServe.filter(free)) so.push("serve", `serve-${duty}`);
  }
  if (view) floorFacts(add, room, now);
  const short = secondsTo(part.ends_at, now) <= part.warn;
  add("warn", short);
  add("brief", short && part.warn < 25);
  add("added", part.added);
  add("again", secondsTo(part.again_at, now) > 0);
  if (desk) {
    const next = nextStep(room, now);
    add("somebody-waits", desk.waiting.length);
    add("somebody-known", desk.waiting.some((one) => one.newcomer) && desk.waiting.some((one) => !one.newcomer));
    add("lines", desk.lines.length);
    add("desk-held", desk.held.length);
    if (desk.raid) so.push("raid", `raid-${desk.raid.why}`);
    add("more-waiting", desk.more_waiting);
    add("raid-more", desk.raid?.more);
    add("worried", desk.worried.length);
    add("line-waits", desk.lines.some((line) => !line.answered));
    add("first-is-me", part.place === 1);
    add("few-places", letIn(desk).length > desk.places);
    if (mayLetIn(room)) so.push("may-admit");
    else if (desk.waiting.length && desk.places <= 0) so.push("full");
    else if (desk.waiting.length && desk.raid && desk.waiting.every((one) => one.newcomer)) so.push("only-new");
    add("door-needed", desk.waiting.length && part.duty === "chair" && !desk.chair_may_admit);
    add("more-time", secondsTo(desk.asked_until, now) > 0);
    if (desk.needs) so.push("needs", `came-${desk.needs}`);
    add("somebody-next", desk.hands.length || desk.order.length);
    add("upcoming", view && view.index + 1 < view.segments);
    so.push(["", "wait", "last"].includes(next) ? "no-next" : "next");
    add(`next-${next}`, next);
  }
  return new Set(so);
}

function floorFacts(add, { view, part, lobby, hearable }, now) {
  add(`mode-${view.segment?.mode}`, view.segment && ["open", "closing"].includes(lobby.phase));
  add(`rest-${view.paused}`, view.paused);
  add("no-pass", view.segment && !view.segment.pass_ok);
  add("hearable", hearable && !part.mine.includes(hearable));
  add("queue-shown", view.queue.length);
  if (view.hands) add("hands", true);
  else add({ turn: "round", anyone: "talk" }[view.words], view.words !== "nobody");
  const breathing = secondsTo(view.next_at, now) > 0;
  if (view.turn) add("other", !OWN.includes(part.doing));
  else if (view.words === "turn") add(breathing ? "breath" : "free", true);
}

/** The one thing whoever is on duty does next: a verb, or "" while there is nothing to do. The door
    comes first for whoever keeps it; for a chair alone, as long as nobody wants the floor. "wait" and "last" are no
    verbs: a part in which anybody may ask for the floor, and the closing, have time (see `_facts.html`). */
function nextStep({ part, view, desk, startsAt }, now) {
  const chairs = part.duty === "chair";
  const lobby = desk.phase === "lobby";
  if ([...OWN, "paused", "over"].includes(part.doing)) return "";
  const wanted = desk.turn || desk.hands.length || desk.order.length;
  const doors = lobby || !chairs || (desk.phase === "open" && !desk.duties.door && !wanted);
  if (doors && mayLetIn({ part, desk })) return "admit_all";
  if (lobby && chairs && startsAt - now <= MINUTE * 1000) return "open_door";
  if (lobby || !view) return "";
  if (desk.turn) return "end_turn";
  if (desk.hands.length || desk.order.length) return "give_floor";
  if (!chairs) return "";
  const time = secondsTo(view.segment_ends_at, now);
  if (view.index + 1 >= view.segments) return time <= MINUTE ? "close" : "last";
  return (view.hands || view.words === "anyone") && time > 0 ? "wait" : "next_segment";
}

/** Whether everybody who waits may be let in now: a raid lets nobody new in with the others, a hush nobody at all. */
function mayLetIn({ part, desk }) {
  return letIn(desk).length > 0 && desk.places > 0 && desk.paused !== "hush" && (part.duty !== "chair" || desk.chair_may_admit);
}

/** Those of whom the button is. */
const letIn = (desk) => (desk.raid ? desk.waiting.filter((one) => !one.newcomer) : desk.waiting);

/** The words that change, by the name of their place in the page. */
export function fills(room, now) {
  const { part, view, desk, startsAt } = room;
  const next = desk ? nextStep(room, now) : "";
  const queue = desk ? (desk.order.length ? desk.order : desk.hands) : [];
  return {
    name: part.name, place: place(part.place), own: left(secondsTo(part.ends_at, now)),
    again: left(secondsTo(part.again_at, now)),
    wait: wait((startsAt - now) / 1000),
    part: view?.segment?.title, prompt: view?.segment?.prompt, left: left(secondsTo(view?.segment_ends_at, now)),
    queue: view?.queue.join(", "), turn: view?.turn?.name, "turn-left": left(secondsTo(view?.turn?.ends_at, now)), band: view?.band,
    first: queue[0]?.name, next: queue.length, inside: desk?.inside.length,
    // A slow door shows only a few of those who just came; the number is of all.
    waiting: desk && desk.waiting.length + desk.more_waiting, "let-in": desk && Math.min(letIn(desk).length, desk.places),
    // What a button means goes along with it: a second tap must not reach the next person or part.
    index: view?.index, "turn-who": desk?.turn?.who,
    "next-index": next === "next_segment" ? view.index : "",
    "next-who": { end_turn: desk?.turn?.who, give_floor: queue[0]?.who }[next],
    lines: desk?.lines.filter((line) => !line.answered).length, step: room.step,
    meant: desk?.raid?.names.join(", "), "meant-more": desk?.raid?.more, worried: desk?.worried.join(", "),
    held: desk?.held.length, "more-waiting": desk?.more_waiting, reports: part.reports,
    ...because(room), upcoming: desk?.agenda[(view?.index ?? -1) + 1]?.title,
  };
}

/** Why something was done, by its agreement, and until when. */
function because({ part, agreed = [] }) {
  const held = (status) => part.held?.findLast((one) => one.status === status)?.agreement;
  const text = (number) => agreed[number - 1] ?? "";
  return {
    "out-days": part.out_days, agreement: part.agreement, agreed: text(part.agreement),
    "held-agreement": held("asked"), "held-agreed": text(held("asked")), "dropped-agreement": held("dropped"),
    "listen-until": part.listen_until ? at(Date.parse(part.listen_until)) : "",
  };
}

/** Seconds from now to a moment of the wire; NaN when there is none. */
export function secondsTo(moment, now) {
  return moment ? (Date.parse(moment) - now) / 1000 : NaN;
}

/** How much of the time from `began` (milliseconds) to a moment of the wire is left: from 1 to 0. */
export function leftOf(began, ends, now) {
  const whole = (Date.parse(ends) - began) / 1000;
  return whole > 0 ? Math.min(1, Math.max(0, secondsTo(ends, now) / whole)) : 0;
}

/** Whether a part of the page that is shown `when`, `every` and `never` is shown now. */
export function isSo({ when = "", every = "", never = "" }, so) {
  const words = (list) => list.split(" ").filter(Boolean);
  const any = words(when);
  return (!any.length || any.some((word) => so.has(word)))
    && words(every).every((word) => so.has(word)) && !words(never).some((word) => so.has(word));
}
