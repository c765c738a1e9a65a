/** The days of a month as the rows of a calendar. */
import type { MarkedDay } from "../../queries/history";
import { dayAfter } from "../entry/zoned";

/** The weekday that begins a week, as of `Date`: Sunday is 0. */
export const FIRST_WEEKDAY = { mon: 1, sat: 6, sun: 0 } as const;
export type WeekStart = keyof typeof FIRST_WEEKDAY;

const weekdayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();

/** The first day of the week that a date is in. */
export function weekOf(date: string, start: WeekStart): string {
  return dayAfter(date, -((weekdayOf(date) - FIRST_WEEKDAY[start] + 7) % 7));
}

/** The weeks of a month, such as 2026-11, null where a day is of another month. */
export function weeksOf(month: string, start: WeekStart): (string | null)[][] {
  const weeks = [];
  let day = weekOf(`${month}-01`, start);
  while (day.slice(0, 7) <= month) {
    const first = day;
    const week = Array.from({ length: 7 }, (_, n) => dayAfter(first, n));
    weeks.push(week.map((date) => (date.startsWith(month) ? date : null)));
    day = dayAfter(day, 7);
  }
  return weeks;
}

/** The month so many months later, or earlier. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

export type Shape = Exclude<MarkedDay["mark"], null>;
/** The shapes that tell a day, the most telling first. */
export const SHAPES: readonly Shape[] = [
  "focused",
  "manual",
  "frozen",
  "rest",
  "away",
  "missed",
  "open",
];

/** How many days have a mark, were met, or have entries beside focus. */
export function countsOf(days: MarkedDay[]) {
  const shapes = SHAPES.map((shape) => [shape, days.filter(({ mark }) => mark === shape).length]);
  return {
    shapes: shapes.filter(([, n]) => n !== 0) as [Shape, number][],
    met: days.filter(({ met }) => met === true).length,
    told: days.filter(({ manual_min, mark }) => manual_min > 0 && mark !== "manual").length,
    focus: days.reduce((sum, { focus_min }) => sum + focus_min, 0),
    manual: days.reduce((sum, { manual_min }) => sum + manual_min, 0),
  };
}
