import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { clock } from "../api/clock";
import { refreshFigures, sinceNewDay } from "../queries/changes";
import { useMe } from "../queries/queries";

/** The interval of looking for a new day: milliseconds. */
const CHECK_INTERVAL = 10_000;

/** The date in a zone, as text that differs from day to day; null before any answer. */
export function dayIn(zone: string, moment: number): string | null {
  if (!Number.isFinite(moment)) return null;
  try {
    return new Date(moment).toLocaleDateString("en", { timeZone: zone, dateStyle: "short" });
  } catch {
    // A zone that the service knows and this browser does not: each hour may begin a day.
    return new Date(moment).toISOString().slice(0, 13);
  }
}

/** Refetch the figures when a day begins in the user's time zone, by the server's clock. */
export function useNewDays(): void {
  const client = useQueryClient();
  const zone = useMe().data?.timezone;
  useEffect(() => {
    if (zone === undefined) return;
    // By the earliest time: a moment too early would fetch yesterday's figures again.
    let day = dayIn(zone, clock.earliest());
    const check = () => {
      const today = dayIn(zone, clock.earliest());
      if (today === day) return;
      const isFirst = day === null;
      day = today;
      // One tab asks, and tells the others.
      if (!isFirst && sinceNewDay() > 2 * CHECK_INTERVAL) void refreshFigures(client, "day");
    };
    const timer = setInterval(check, CHECK_INTERVAL);
    document.addEventListener("visibilitychange", check);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", check);
    };
  }, [client, zone]);
}
