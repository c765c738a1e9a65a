import { useEffect, useSyncExternalStore } from "react";

/** The error of the page whose script did not come; the frame shows it, once for all. */
let missing: Error | null = null;
const listeners = new Set<() => void>();

function report(error: Error | null): void {
  missing = error;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Report to the frame that this page's script did not come, until it is null or left. */
export function useReportMissing(error: Error | null): void {
  useEffect(() => {
    if (error === null) return;
    report(error);
    return () => report(null);
  }, [error]);
}

/** The error of the open page's script, null where it came. */
export const useMissingPage = (): Error | null => useSyncExternalStore(subscribe, () => missing);
