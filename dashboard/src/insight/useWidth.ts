import { type RefObject, useLayoutEffect, useState } from "react";

/** The width of an element in pixels, as it changes; `before` until there is one. */
export function useWidth(element: RefObject<HTMLElement | null>, before: number): number {
  const [width, setWidth] = useState(before);
  useLayoutEffect(() => {
    const seen = element.current;
    if (seen === null) return;
    const measure = () => setWidth(seen.clientWidth || before);
    // Now, before anything is painted: an observer is heard a frame later.
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(seen);
    return () => observer.disconnect();
  }, [element, before]);
  return width;
}
