/**
 * The phase between two answers of the service: it alone knows the log, so an answer is only
 * carried on to a later moment, by the rules of sessions_app/rhythm.py.
 */
import type { CurrentPhase } from "../../queries/now";

export type Phase = Pick<CurrentPhase, "phase" | "round" | "rounds" | "break" | "left">;

/** The time for which a break that is over waits for the next round: milliseconds. */
const GRACE = 30 * 60_000;

/** The phase at `now`, in milliseconds of the server's clock, by an answer from before. */
export function ticked({ phase, round, rounds, break: pause, left }: Phase, now: number): Phase {
  const idle = (continuesUntil: number): Phase => ({
    phase: "idle",
    round: now > continuesUntil ? 1 : round,
    rounds,
    break: null,
    left: null,
  });
  if (phase === "break" && pause !== null) {
    const endsAt = Date.parse(pause.ends_at);
    if (now >= endsAt + GRACE) return idle(endsAt + GRACE);
    return { phase, round, rounds, break: { ...pause, over: now >= endsAt }, left };
  }
  if (phase === "left" && left !== null && now >= Date.parse(left.until)) {
    return idle(Date.parse(left.until));
  }
  return { phase, round, rounds, break: pause, left };
}
