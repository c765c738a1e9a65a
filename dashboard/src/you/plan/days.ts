/** Dates without a time, such as 2026-01-18, and the days off among them. */
import type { DayOff } from "../../queries/plan";

const DAY = 86_400_000;

const iso = (moment: number) => new Date(moment).toISOString().slice(0, 10);
export const dayAfter = (date: string, days = 1) => iso(Date.parse(date) + days * DAY);
export const daysIn = (first: string, last: string) =>
  Math.round((Date.parse(last) - Date.parse(first)) / DAY) + 1;

/** The first day of the month that is so many months away. */
export function monthAfter(month: string, months: number): string {
  const date = new Date(`${month.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return iso(date.getTime());
}

/** The weeks of a month, from a calendar's first weekday on (0: Sunday); null outside of it. */
export function weeksOf(month: string, firstWeekday: number): (string | null)[][] {
  const first = monthAfter(month, 0);
  const end = monthAfter(month, 1);
  const before = (new Date(first).getUTCDay() - firstWeekday + 7) % 7;
  const weeks: (string | null)[][] = [];
  for (let monday = dayAfter(first, -before); monday < end; monday = dayAfter(monday, 7)) {
    const week = Array.from({ length: 7 }, (_, n) => dayAfter(monday, n));
    weeks.push(week.map((day) => (day >= first && day < end ? day : null)));
  }
  return weeks;
}

export type SpanOff = { from: string; to: string; kind: DayOff["kind"] };

/** Days off as spans of one kind, without a gap; the earliest first. */
export function spansOf(days: DayOff[]): SpanOff[] {
  const spans: SpanOff[] = [];
  for (const { date, kind } of [...days].sort((a, b) => a.date.localeCompare(b.date))) {
    const last = spans.at(-1);
    if (last && last.kind === kind && dayAfter(last.to) === date) last.to = date;
    else spans.push({ from: date, to: date, kind });
  }
  return spans;
}
