/** Numbers and moments as people read them, in the language of the page. */
import { text } from "./text";

/** Seconds as 1:05:09 or 25:00; a second that has begun counts as whole. */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, n) => digits(part, n === 0 ? 1 : 2)).join(":");
}

const ofLength = new Map<string, Intl.NumberFormat>();

/** A number of so many digits at least, as the language writes them. */
function digits(n: number, minimumIntegerDigits: number): string {
  const key = `${text.locale} ${minimumIntegerDigits}`;
  const format =
    ofLength.get(key) ??
    new Intl.NumberFormat(text.locale, { minimumIntegerDigits, useGrouping: false });
  ofLength.set(key, format);
  return format.format(n);
}

/** A number as the language writes it: 1,234. */
export const number = (n: number): string => n.toLocaleString(text.locale);

/** Minutes as 45 min or 3 h 20 min. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return text.min(rest);
  return rest === 0 ? text.hours(hours) : text.hoursAndMin(hours, rest);
}

/** The clock that a user chose; `auto` is that of the language. */
export type Clock = "auto" | "12h" | "24h";
// Not `hour12: false`: with it some engines that we build for say 24:19 for 00:19.
const CYCLES = { auto: undefined, "12h": "h12", "24h": "h23" } as const;

/** The hour and the minute of a time of day by a clock, for `Intl`. */
export const byClock = (clock: Clock): Intl.DateTimeFormatOptions => ({
  hour: "numeric",
  minute: "2-digit",
  hourCycle: CYCLES[clock],
});

/** What is formatted in a zone, in the device's where the browser does not know it. */
export function inZone<T>(zone: string | undefined, format: (timeZone?: string) => T): T {
  try {
    return format(zone);
  } catch {
    return format();
  }
}

/** A moment as 9:05 AM or 09:05; parts/time/useTimeOfDay.ts knows the user's clock. */
export const timeOfDay = (moment: number | string, clock: Clock, zone?: string): string =>
  inZone(zone, (timeZone) =>
    new Date(moment).toLocaleTimeString(text.locale, { ...byClock(clock), timeZone }),
  );

/** The day of a moment in a user's zone. */
export const dayOf = (moment: string, zone: string): string =>
  inZone(zone, (timeZone) =>
    new Date(moment).toLocaleDateString(text.locale, { dateStyle: "medium", timeZone }),
  );

/** A date without a time, such as 2026-01-18, which is no moment in any zone. */
export function calendarDay(date: string, options: Intl.DateTimeFormatOptions): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString(text.locale, {
    timeZone: "UTC",
    ...options,
  });
}

/** The number of days between two dates without a time. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

export function percent(change: number | null): string | null {
  if (change === null) return null;
  const rounded = Math.round(change);
  return `${rounded > 0 ? "+" : rounded < 0 ? "−" : "±"}${number(Math.abs(rounded))} %`;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff]/;

/**
 * Somebody's words within a sentence, in a direction of their own: without, their brackets
 * and full stops move to the other end, as in "Delete (v2)?" of an Arabic page.
 */
export const isolated = (words: string): string =>
  text.dir === "rtl" || RIGHT_TO_LEFT.test(words) ? `\u2068${words}\u2069` : words;

/** The zone that the browser is set to; UTC where it names none. */
export function deviceZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone as string | undefined;
  return zone === undefined || zone === "Etc/Unknown" ? "UTC" : zone;
}

/** A browser's own name for itself, in a few words; its twin is accounts/devices/device_names.py. */
export function deviceName(userAgent: string): string {
  const browsers: [RegExp, string][] = [
    [/Edg\//, "Edge"],
    [/OPR\//, "Opera"],
    [/Firefox\//, "Firefox"],
    [/Chrome\//, "Chrome"],
    [/Safari\//, "Safari"],
    [/curl\//, "curl"],
  ];
  const systems: [RegExp, string][] = [
    [/Android/, "Android"],
    [/iPhone|iPad/, "iOS"],
    [/Mac OS X/, "macOS"],
    [/Windows/, "Windows"],
    [/Linux/, "Linux"],
  ];
  const of = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = of(browsers);
  const system = of(systems);
  if (browser && system) return text.deviceOn(browser, system);
  return browser ?? system ?? (userAgent.slice(0, 40) || text.unknownDevice);
}
