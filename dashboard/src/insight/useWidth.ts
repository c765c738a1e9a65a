import { type RefObject, useLayoutEffect, useState } from "react";

/** The width of an element in pixels, as it changes; `before` until there is one. */
export function useWidth(element: RefObject<HTMLElement | null>, before: number): number {
  const [width, setWidth] = useState(before);
  useLayoutEffect(() => {
    const seen = element.current;
    if (seen === null) return;
    const observer = new ResizeObserver(() => setWidth(seen.clientWidth || before));
    observer.observe(seen);
    return () => observer.disconnect();
  }, [element, before]);
  return width;
}
