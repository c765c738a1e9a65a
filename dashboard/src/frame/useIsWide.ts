import { useSyncExternalStore } from "react";

/** The width from which the side stands beside a page, as in styles/frame.css. */
const wide = () => window.matchMedia("(min-width: 761px)");

function subscribe(changed: () => void): () => void {
  const width = wide();
  width.addEventListener("change", changed);
  return () => width.removeEventListener("change", changed);
}

/** True where the side stands beside the page, and not as a bar below it. */
export const useIsWide = (): boolean => useSyncExternalStore(subscribe, () => wide().matches);
