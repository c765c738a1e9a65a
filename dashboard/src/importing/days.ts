import { calendarDay } from "../format";

/** A day of a file, with its year: it may be years ago. */
export const longDay = (date: string): string =>
  calendarDay(date, { day: "numeric", month: "short", year: "numeric" });
