/** Times on the clock of a zone, as people type and read them, and the moments they are. */

const DAY = 86_400_000;
const FIELDS = ["year", "month", "day", "hour", "minute", "second"] as const;

/** The zone, or the device's where the browser does not know it. */
function known(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** What the clock of a zone shows at a moment, as the milliseconds that it would be in UTC. */
function shownAt(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    timeZone: known(zone),
    // Not `hour12: false`: with it some engines say 24:19 for 00:19.
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(moment);
  const [year = 0, month = 1, ...rest] = FIELDS.map((field) =>
    Number(parts.find(({ type }) => type === field)?.value),
  );
  return Date.UTC(year, month - 1, ...(rest as [number, number, number, number]));
}

/** The date and time on the clock of a zone. */
export function wallOf(moment: number | string, zone: string): { date: string; time: string } {
  const shown = new Date(shownAt(new Date(moment).getTime(), zone)).toISOString();
  return { date: shown.slice(0, 10), time: shown.slice(11, 16) };
}

/**
 * The moment of a date and time on the clock of a zone; of one that comes twice the first,
 * and null for one that the clock skips.
 */
export function momentOf(date: string, time: string, zone: string): number | null {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const moments = [wall - DAY, wall + DAY]
    .map((near) => wall - (shownAt(near, zone) - near))
    .filter((moment) => shownAt(moment, zone) === wall);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** The date so many days later, or earlier. */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
