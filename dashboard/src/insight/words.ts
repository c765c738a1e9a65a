/** What the charts say of a day, in their tooltips and to screen readers alike. */
import { calendarDay, duration } from "../format";
import { text } from "../text";
import type { Day } from "./days";

const words = text.insight;

export const fullDay = (date: string) =>
  calendarDay(date, { weekday: "long", day: "numeric", month: "long" });
export const toDay = ({ date }: Pick<Day, "date">) => `/history?day=${date}`;

/** The minutes of something, kept and told afterwards apart. */
export function minuteLines(focus: number, told: number): string[] {
  if (focus === 0 && told === 0) return [words.nothing];
  return [
    ...(focus > 0 ? [words.focusLine(duration(focus))] : []),
    ...(told > 0 ? [words.toldLine(duration(told))] : []),
  ];
}

export function dayLines(day: Day): string[] {
  const lines = minuteLines(day.focus_min, day.manual_min);
  if (day.goal_min === null || day.met === null) return lines;
  const goal = duration(day.goal_min);
  return [...lines, day.met ? words.goalMet(goal) : words.goalOpen(goal)];
}
