import { byClock, type Clock, number } from "../../format";
import { text } from "../../text";

const unit = (name: "minute" | "hour") =>
  new Intl.NumberFormat(text.locale, {
    style: "unit",
    unit: name,
    unitDisplay: "narrow",
    maximumFractionDigits: 1,
  });
const minutesAs = unit("minute");
const hoursAs = unit("hour");

/** Minutes in the few letters that an axis has room for: 30m, 1.5h. */
export const shortDuration = (minutes: number): string =>
  minutes === 0
    ? number(0)
    : minutes < 60
      ? minutesAs.format(minutes)
      : hoursAs.format(minutes / 60);

/** An hour of the day by the clock that a user reads: 7, 24 is the next day's first. */
export function hourName(hour: number, clock: Clock): string {
  const { hourCycle } = byClock(clock);
  return new Date(Date.UTC(2026, 0, 1, hour)).toLocaleTimeString(text.locale, {
    hour: "numeric",
    // 7 by itself is no time of day; 7 AM is.
    minute: isTwelve(hourCycle) ? undefined : "2-digit",
    hourCycle,
    timeZone: "UTC",
  });
}

function isTwelve(hourCycle: Intl.DateTimeFormatOptions["hourCycle"]): boolean {
  const { hour12 } = new Intl.DateTimeFormat(text.locale, {
    hour: "numeric",
    hourCycle,
  }).resolvedOptions();
  return hour12 === true;
}
