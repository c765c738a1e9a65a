import { useEffect, useState } from "react";

/** Milliseconds in which a figure counts up: as long as the bloom. */
const LASTS = 900;

export const isStill = (): boolean =>
  window.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? true;

/** A figure that counts from one value to another once `runs`; at once under reduced motion. */
export function useCountUp(from: number, to: number, runs: boolean): number {
  const [part, setPart] = useState(0);
  useEffect(() => {
    if (!runs) return;
    const began = performance.now();
    let frame = 0;
    const step = () => {
      const gone = isStill() ? 1 : Math.min(1, (performance.now() - began) / LASTS);
      setPart(1 - (1 - gone) ** 3);
      if (gone < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    // A hidden page draws no frames; the figure is there when it is looked at.
    const late = setTimeout(() => setPart(1), LASTS + 300);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(late);
    };
  }, [runs]);
  return Math.round(from + (to - from) * part);
}
