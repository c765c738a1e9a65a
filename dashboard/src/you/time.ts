import { byClock, type Clock, inZone } from "../format";
import { usePreferences } from "../queries/preferences";
import { text } from "../text";

/** Moments as these pages tell them, by the user's clock and in a zone. */
export class Moments {
  constructor(
    private readonly zone: string,
    private readonly clock: Clock,
  ) {}

  time(moment: number): string {
    return this.told(moment, byClock(this.clock));
  }

  /** A day near `now` as "today" or "yesterday", another by its date. */
  day(moment: number, now: number): string {
    const ago = Math.round(
      (Date.parse(this.date(now)) - Date.parse(this.date(moment))) / 86_400_000,
    );
    if (ago === 0 || ago === 1) {
      return new Intl.RelativeTimeFormat(text.locale, { numeric: "auto" }).format(-ago, "day");
    }
    return this.told(moment, {
      day: "numeric",
      month: "short",
      year: ago > 300 ? "numeric" : undefined,
    });
  }

  /** The date of a moment, as 2026-01-18. */
  date(moment: number): string {
    return this.told(moment, { year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA");
  }

  private told(moment: number, options: Intl.DateTimeFormatOptions, locale = text.locale): string {
    return inZone(this.zone, (timeZone) =>
      new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(moment),
    );
  }
}

export function useMoments(zone: string): Moments {
  return new Moments(zone, usePreferences().clock);
}
