/** Times and days of the history as people read them, in the zone of the user. */
import { byClock, calendarDay, type Clock, inZone } from "../../format";
import type { HistoryRecord } from "../../queries/history";
import { text } from "../../text";
import { dayAfter, wallOf } from "./zoned";

/** The zone of the user's days, and how their clock is written. */
export type Reading = { zone: string; clock: Clock };

/** The clock of the user, in the zone of their days. */
const clockIn = ({ zone, clock }: Reading): Intl.DateTimeFormat =>
  inZone(zone, (timeZone) => new Intl.DateTimeFormat(text.locale, { ...byClock(clock), timeZone }));

/** The times of a record, or that it has none. */
export function spanOf({ at, ended_at, kind }: HistoryRecord, reading: Reading): string {
  const words = text.history.record;
  if (ended_at === null) {
    if (kind === "entry") return words.noTimes;
    return words.since(clockIn(reading).format(new Date(at)));
  }
  const [from, to] = [new Date(at), new Date(ended_at)];
  // Beyond its day a range would be told with both dates.
  if (wallOf(at, reading.zone).date === wallOf(ended_at, reading.zone).date) {
    return clockIn(reading).formatRange(from, to);
  }
  return words.range(clockIn(reading).format(from), clockIn(reading).format(to));
}

/** A day by its nearness, or its weekday and date; the year where it is another than today's. */
export function dayName(date: string, today: string): string {
  if (date === today) return text.history.today;
  if (date === dayAfter(today, -1)) return text.history.yesterday;
  return fullDay(date, today);
}

export const fullDay = (date: string, today: string): string =>
  calendarDay(date, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: date.slice(0, 4) === today.slice(0, 4) ? undefined : "numeric",
  });
