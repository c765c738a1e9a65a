/** The one line that says why to begin, chosen by the kept streak and the goal of the day. */
import type { TodayStats } from "../queries/today";

export type Why =
  | { kind: "first" | "begin" }
  | { kind: "keep"; days: number; until: string }
  | { kind: "grow"; days: number; until: string }
  | { kind: "off" | "safe"; days: number }
  | { kind: "goalLeft"; minutes: number; days: number }
  | { kind: "goalMet"; minutes: number };

type Known = Pick<TodayStats, "date" | "focus_min" | "manual_min" | "goal_min" | "met" | "streak">;

/** The last day that a streak lives through: the one before the midnight that ends it. */
function lastDay(until: string, zone: string): string {
  const moment = new Date(Date.parse(until) - 60_000);
  const asDate = (timeZone: string) => moment.toLocaleDateString("en-CA", { timeZone });
  try {
    return asDate(zone);
  } catch {
    // A zone that the service knows and this browser does not.
    return asDate("UTC");
  }
}

export function whyOf(today: Known, zone: string): Why {
  const { streak, goal_min, focus_min, manual_min } = today;
  const days = streak.length;
  const done = focus_min + manual_min;
  if (goal_min !== null && today.met) return { kind: "goalMet", minutes: done };
  if (streak.today === "focused") {
    if (goal_min === null) return { kind: "safe", days };
    return { kind: "goalLeft", minutes: goal_min - done, days };
  }
  if (days === 0 || streak.at_risk_until === null) {
    return { kind: streak.best === 0 ? "first" : "begin" };
  }
  if (streak.today === "off") return { kind: "off", days };
  const until = streak.at_risk_until;
  return lastDay(until, zone) === today.date
    ? { kind: "keep", days, until }
    : { kind: "grow", days, until: lastDay(until, zone) };
}
