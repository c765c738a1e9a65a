import { ApiError } from "../api/errors";

/** The longest pause between two tries: milliseconds. */
const LONGEST = 10_000;

/** Retry a query after a transient error: a refusal stays a refusal. */
export function mayRetry(_: number, error: Error): boolean {
  return error instanceof ApiError && error.mayPass;
}

/** The backoff before a retry: not before `Retry-After`, with jitter so that pages differ. */
export function retryDelay(count: number, error: Error, random = Math.random()): number {
  const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
  const pause = Math.min(1000 * 2 ** count, LONGEST);
  return Math.max(asked, 0.8 * pause) + 0.2 * pause * random;
}
