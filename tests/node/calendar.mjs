// ical.js, which Thunderbird and Nextcloud read calendars with. In lines of JSON: {text, start, end} in,
// [[start, end, uid, status], …] out, all in UTC, of what begins in [start, end).

import { createInterface } from "node:readline";
import ICAL from "ical.js";

const utc = (time) => time.toJSDate().toISOString();

function* dates(calendar, end) {
  const events = calendar.getAllSubcomponents("vevent").map((part) => new ICAL.Event(part));
  const masters = new Map(events.filter((one) => !one.isRecurrenceException()).map((one) => [one.uid, one]));
  for (const one of events) if (one.isRecurrenceException()) masters.get(one.uid).relateException(one);
  for (const master of masters.values()) {
    if (!master.isRecurring()) {
      yield { startDate: master.startDate, endDate: master.endDate, item: master };
      continue;
    }
    const each = master.iterator();
    // A date may be moved to an earlier one, at most a month.
    for (let next = each.next(); next && next.toJSDate() < end.getTime() + 40 * 86_400_000; next = each.next())
      yield master.getOccurrenceDetails(next);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { text, start, end } = JSON.parse(line);
  const [first, last] = [new Date(start), new Date(end)];
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const found = [];
  for (const { startDate, endDate, item } of dates(calendar, last))
    if (startDate.toJSDate() >= first && startDate.toJSDate() < last)
      found.push([utc(startDate), utc(endDate), item.uid, item.component.getFirstPropertyValue("status") ?? ""]);
  process.stdout.write(`${JSON.stringify(found.sort((a, b) => (a[0] + a[2] < b[0] + b[2] ? -1 : 1)))}\n`);
}
