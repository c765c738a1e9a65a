/** Numbers and moments as people read them. */

/** Seconds as 1:05:09 or 25:00; a second that has begun counts as whole. */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, n) => (n === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

/** Minutes as 45 min or 3 h 20 min. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0
    ? `${hours.toLocaleString("en")} h`
    : `${hours.toLocaleString("en")} h ${rest} min`;
}

export function timeOfDay(moment: number | string): string {
  return new Date(moment).toLocaleTimeString("en", {
    hour: "2-digit",
    minute: "2-digit",
    // Not `hour12: false`: with it some engines that we build for say 24:19 for 00:19.
    hourCycle: "h23",
  });
}

/** The day of a moment in a user's zone; in the device's where the browser does not know it. */
export function dayOf(moment: string, zone: string): string {
  const shown = (timeZone?: string) =>
    new Date(moment).toLocaleDateString("en", { dateStyle: "medium", timeZone });
  try {
    return shown(zone);
  } catch {
    return shown();
  }
}

/** A date without a time, such as 2026-01-18, which is no moment in any zone. */
export function calendarDay(date: string, options: Intl.DateTimeFormatOptions): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString("en", { timeZone: "UTC", ...options });
}

/** The number of days between two dates without a time. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

export function percent(change: number | null): string | null {
  if (change === null) return null;
  const rounded = Math.round(change);
  return `${rounded > 0 ? "+" : rounded < 0 ? "−" : "±"}${Math.abs(rounded).toLocaleString("en")} %`;
}

/** The zone that the browser is set to; UTC where it names none. */
export function deviceZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone as string | undefined;
  return zone === undefined || zone === "Etc/Unknown" ? "UTC" : zone;
}

/** A browser's own name for itself, in a few words. */
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
  return (
    [of(browsers), of(systems)].filter(Boolean).join(" on ") ||
    userAgent.slice(0, 40) ||
    "Unknown device"
  );
}
