import type { Weekday } from "../queries/plan";
import type { Preferences } from "../queries/preferences";
import { text } from "../text";

export const WEEKDAYS: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The weekdays in the order of a calendar. */
export function weekFrom(start: Preferences["week_start"]): Weekday[] {
  const first = WEEKDAYS.indexOf(start);
  return [...WEEKDAYS.slice(first), ...WEEKDAYS.slice(0, first)];
}

/** The names of the weekdays in the text's language. */
export function weekdayNames(form: "long" | "short" | "narrow"): Record<Weekday, string> {
  const format = new Intl.DateTimeFormat(text.locale, { weekday: form, timeZone: "UTC" });
  // 2024 began on a Monday.
  const names = WEEKDAYS.map((day, n) => [day, format.format(Date.UTC(2024, 0, 1 + n))]);
  return Object.fromEntries(names) as Record<Weekday, string>;
}
