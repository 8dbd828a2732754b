// ical.js expands rules on the clock of the wall, with days left out and put in; ICU, which Node.js brings, says at
// which instants the clocks of a zone show those times. From standard input a zone, schedules and a year to end with.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const { zone, schedules, until } = JSON.parse(readFileSync(0, "utf8"));
const HOUR = 3_600_000;
const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});

// Milliseconds by which the clocks are ahead of UTC at an instant.
function ahead(instant) {
  const shown = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
  return Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute) - instant;
}

// The first instant at which the clocks show a time; one that they leave out is read by the offset before the change.
function instantOf(wall) {
  const [before, after] = [ahead(wall - 30 * HOUR), ahead(wall + 30 * HOUR)];
  const shown = [wall - before, wall - after].filter((instant) => instant + ahead(instant) === wall);
  return shown.length ? Math.min(...shown) : wall - before;
}

function* expanded({ start, rule, skip, extra }) {
  const event = new ICAL.Component("vevent");
  event.addPropertyWithValue("dtstart", ICAL.Time.fromString(start));
  event.addPropertyWithValue("rrule", ICAL.Recur.fromString(rule));
  for (const each of skip) event.addPropertyWithValue("exdate", ICAL.Time.fromString(each));
  for (const each of extra) event.addPropertyWithValue("rdate", ICAL.Time.fromString(each));
  const times = new ICAL.RecurExpansion({ component: event, dtstart: ICAL.Time.fromString(start) });
  for (let at = times.next(); at && at.year <= until; at = times.next()) {
    yield new Date(instantOf(Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute))).toISOString();
  }
}

process.stdout.write(JSON.stringify(schedules.map((each) => [...expanded(each)])));
