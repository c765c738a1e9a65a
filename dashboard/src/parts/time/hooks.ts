import { type RefObject, useEffect, useRef, useState } from "react";

import { clock } from "../../api/clock";
import { onTick } from "./ticks";

/** The server's time in milliseconds, anew four times a second while `running`. */
export function useServerNow(running: boolean): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    if (!running) return;
    const tick = () => setNow(clock.now());
    tick();
    return onTick(tick);
  }, [running]);
  return now;
}

/** Scroll an element into view that may have come up under the edge of a small page. */
export function useInSight(isShown: boolean): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isShown) place.current?.scrollIntoView({ block: "nearest" });
  }, [isShown]);
  return place;
}

let ofPage = "";
let above: string | null = null;
const showTitle = () => {
  document.title = above ?? ofPage;
};

/** The title of a page, shown unless something runs. */
export function useTitle(title: string): void {
  useEffect(() => {
    ofPage = title;
    showTitle();
  }, [title]);
}

/** A title that goes before the page's, on every page, until it is null. */
export function useTitleAbove(title: string | null): void {
  useEffect(() => {
    above = title;
    showTitle();
    return () => {
      above = null;
      showTitle();
    };
  }, [title]);
}

/** True where this page was reloaded a moment ago, to see what is new. */
export function isJustReloaded(): boolean {
  const [came] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return came?.type === "reload" && performance.now() < 5_000;
}
