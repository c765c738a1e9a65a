import { steadily } from "../../api/clock";
import { ApiError } from "../../api/errors";

/**
 * Retry options of a change: paused while the browser is offline, tried again where no
 * answer came or the service was busy, given up where it was refused.
 */
export const retryOptions = {
  retry: (count: number, error: Error) => count < 100 && error instanceof ApiError && error.mayPass,
  retryDelay: (count: number, error: Error) =>
    error instanceof ApiError && error.retryAfter !== null
      ? error.retryAfter * 1000
      : Math.min(1000 * 2 ** count, 15_000),
};

/** The reason of a pause, and its end by `steadily`. */
export type Pause = { why: "offline" | "silent" | "faulty" | "busy"; until: number };

/** True where the same request may succeed later: a fault of the service is no refusal. */
export const willPass = (error: ApiError) => error.mayPass || error.status >= 500;

/** The pause after the `count`th failure; null after a refusal, which no retry changes. */
export function pauseAfter(error: unknown, count: number): Pause | null {
  if (!(error instanceof ApiError) || !willPass(error)) return null;
  const until = steadily() + retryOptions.retryDelay(count, error);
  if (error.isOffline) return { why: navigator.onLine ? "silent" : "offline", until };
  return { why: error.isFault ? "faulty" : "busy", until };
}

/** Retry until it is answered or refused; `signal` ends a pause, never an attempt. */
export async function persist<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  onPause: (pause: Pause | null) => void,
): Promise<T> {
  for (let count = 0; ; count += 1) {
    try {
      const answer = await attempt();
      onPause(null);
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      const pause = pauseAfter(error, count);
      onPause(pause);
      if (pause === null) throw error;
      await passing(pause, signal);
    }
  }
}

/** Wait until a pause is over, or the network is back where that was the reason. */
function passing(pause: Pause, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => () => {
      clearTimeout(timer);
      window.removeEventListener("online", back);
      signal.removeEventListener("abort", aborted);
      settle();
    };
    const back = done(resolve);
    const aborted = done(() => reject(signal.reason as Error));
    const timer = setTimeout(back, pause.until - steadily());
    if (pause.why !== "busy") window.addEventListener("online", back);
    signal.addEventListener("abort", aborted);
  });
}
