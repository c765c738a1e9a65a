/** The pauses before a socket is opened again, at random so that browsers do not come at once. */

/** A restart closes the sockets of all: they come back within this, in milliseconds. */
const AFTER_RESTART = 10_000;
/** The longest pause: milliseconds. */
const LONGEST = 120_000;

/** The first pause by close code; what is not named here has the shortest. */
const FIRST: Record<number, number> = {
  // TRY_LATER and RATE_LIMITED.
  1013: 5_000,
  4429: 5_000,
  // A message that is too large, or none of the protocol: this page's own mistake.
  1009: 60_000,
  4400: 60_000,
};

/** Milliseconds before the next attempt, after so many `failures` in a row before this one. */
export function pauseAfter(code: number, failures: number, random = Math.random()): number {
  if (code === 1012) return random * AFTER_RESTART;
  return random * Math.min(LONGEST, (FIRST[code] ?? 1_000) * 2 ** Math.min(failures, 10));
}
