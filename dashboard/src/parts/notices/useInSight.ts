import { type RefObject, useEffect, useRef } from "react";

/** Scroll an element into view that may have come up under the edge of a small page. */
export function useInSight(isShown: boolean): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isShown) place.current?.scrollIntoView({ block: "nearest" });
  }, [isShown]);
  return place;
}
