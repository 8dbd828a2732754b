// ical.js reads a calendar from standard input, and says when its events start: UTC in ISO 8601, or a day alone.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
const meetings = events.map(({ startDate, summary, uid }) => ({
  starts: startDate.isDate ? startDate.toString() : startDate.toJSDate().toISOString(),
  summary,
  uid,
}));
process.stdout.write(JSON.stringify(meetings));
