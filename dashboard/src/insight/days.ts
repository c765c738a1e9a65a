/** The days of a calendar, cut and summed: pure functions of what the server told. */
import type { Schemas } from "../api/client";

export type Day = Schemas["MarkedDay"];

/** The minutes of a day that are drawn one on the other: kept by the clock, told afterwards. */
export const inAll = (day: Pick<Day, "focus_min" | "manual_min">) => day.focus_min + day.manual_min;

/** The weekday of a date without a time, Monday 0. */
export const weekdayOf = (date: string) => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;

/** The date that many days later. */
export function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The days from the first with anything in it on; none before anything was. */
export function lived(days: Day[]): Day[] {
  const first = days.findIndex((day) => inAll(day) > 0);
  return first < 0 ? [] : days.slice(first);
}

export type Sum = {
  focus: number;
  told: number;
  sessions: number;
  /** The day with the most minutes, the latest of equals; null where there are none. */
  best: Day | null;
  /** The days that had a goal, and those of them that reached it. */
  asked: number;
  met: number;
};

export function sum(days: Day[]): Sum {
  const total: Sum = { focus: 0, told: 0, sessions: 0, best: null, asked: 0, met: 0 };
  for (const day of days) {
    total.focus += day.focus_min;
    total.told += day.manual_min;
    total.sessions += day.sessions_completed;
    if (inAll(day) > 0 && (total.best === null || inAll(day) >= inAll(total.best))) {
      total.best = day;
    }
    if (day.goal_min !== null) total.asked += 1;
    if (day.met === true) total.met += 1;
  }
  return total;
}

/** The mean of a day since the first one: days before it would only thin it. */
export function meanOf(days: Day[], all: Day[]): number {
  const first = lived(all)[0]?.date;
  if (first === undefined) return 0;
  const counted = days.filter(({ date }) => date >= first);
  if (counted.length === 0) return 0;
  const { focus, told } = sum(counted);
  return (focus + told) / counted.length;
}

/** A week: all of it, and the part up to today's weekday, by which weeks are compared. */
export type WeekOfDays = { start: string; days: Day[]; whole: Sum; same: Sum };

/** The weeks of the days, oldest first, Monday to Sunday. */
export function weeksOf(days: Day[]): WeekOfDays[] {
  const today = days.at(-1);
  if (!today) return [];
  const upTo = weekdayOf(today.date);
  const weeks: Day[][] = [];
  for (const day of days) {
    const last = weeks.at(-1);
    if (last === undefined || weekdayOf(day.date) === 0) weeks.push([day]);
    else last.push(day);
  }
  return weeks.flatMap((week) => {
    const [first] = week;
    if (!first) return [];
    const same = week.filter(({ date }) => weekdayOf(date) <= upTo);
    const start = dateAfter(first.date, -weekdayOf(first.date));
    return [{ start, days: week, whole: sum(week), same: sum(same) }];
  });
}

/** The two hours in a row in which most minutes began, of 24; null where none did. */
export function bestHours(hours: number[]): { from: number; minutes: number } | null {
  let best: { from: number; minutes: number } | null = null;
  for (let from = 0; from < 24; from++) {
    const minutes = (hours[from] ?? 0) + (hours[(from + 1) % 24] ?? 0);
    if (minutes > (best?.minutes ?? 0)) best = { from, minutes };
  }
  return best;
}
