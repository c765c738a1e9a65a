/** Whether this browser hears changes at once, by its socket, or has to poll for them. */
import { useSyncExternalStore } from "react";

/** Why it is not live: first the two that need no word. */
export type Why = "connecting" | "offline" | "unreachable" | "restarting" | "busy" | "replaced";

let why: Why | null = "connecting";
const listeners = new Set<() => void>();
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The reason why the browser is not live; null while it is. One for all pages of a tab. */
export const liveness = {
  get why(): Why | null {
    return why;
  },
  set(next: Why | null): void {
    if (next === why) return;
    why = next;
    for (const listener of listeners) listener();
  },
};

export const useWhyNotLive = () => useSyncExternalStore(subscribe, () => liveness.why);

/** The interval of a poll in milliseconds; false while the browser is live, and told. */
export const usePolling = (interval: number): number | false =>
  useWhyNotLive() === null ? false : interval;
