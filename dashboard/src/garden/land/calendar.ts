/** Months and days without a time, such as 2026-11 and 2026-11-26. */

export type Month = { year: number; month: number };

const two = (n: number) => String(n).padStart(2, "0");
const four = (n: number) => String(n).padStart(4, "0");

export const monthName = ({ year, month }: Month) => `${four(year)}-${two(month)}`;
export const dayName = ({ year, month }: Month, day: number) =>
  `${monthName({ year, month })}-${two(day)}`;

export function monthOf(date: string): Month {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) };
}

/** A month that an address names; null for anything else. */
export function monthFrom(text: string | null): Month | null {
  return text !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? monthOf(text) : null;
}

export const moved = ({ year, month }: Month, by: number): Month => {
  const at = year * 12 + month - 1 + by;
  return { year: Math.floor(at / 12), month: (at % 12) + 1 };
};
/** Negative where the first is earlier. */
export const apart = (a: Month, b: Month) => (a.year - b.year) * 12 + a.month - b.month;

export const daysIn = ({ year, month }: Month) => new Date(Date.UTC(year, month, 0)).getUTCDate();
/** 0 for a Sunday, as `Date` has it. */
export const weekdayOf = ({ year, month }: Month, day: number) =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay();

/** Today's date where the user lives; of the device where the browser knows no such zone. */
export function dateIn(zone: string, now: number): string {
  const told = (timeZone?: string) =>
    new Intl.DateTimeFormat("en-CA", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    }).format(now);
  try {
    return told(zone);
  } catch {
    return told();
  }
}
