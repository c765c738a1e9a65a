import { useSyncExternalStore } from "react";

/** The width from which the calendar stands beside the list, as in styles/history.css. */
const roomy = () => window.matchMedia("(min-width: 1041px)");

function subscribe(changed: () => void): () => void {
  const width = roomy();
  width.addEventListener("change", changed);
  return () => width.removeEventListener("change", changed);
}

/** True where the calendar stands beside the list, and not above it. */
export const useHasRoom = (): boolean => useSyncExternalStore(subscribe, () => roomy().matches);
