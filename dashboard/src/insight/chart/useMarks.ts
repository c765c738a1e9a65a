import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useEffect,
  useRef,
  useState,
} from "react";

type Options = {
  count: number;
  /** The mark below a point of the drawing, in its pixels. */
  at: (x: number, y: number) => number | null;
  /** How many marks the arrow keys go on: sideways, and up and down. */
  across: number;
  down: number;
  /** The mark that Tab reaches first. */
  first: number;
};

/**
 * The marks of a chart, reached by hover, touch and keys alike. One of them takes the focus:
 * with 371 stops Tab would never get past a chart.
 */
export function useMarks({ count, at, across, down, first }: Options) {
  const drawing = useRef<SVGSVGElement>(null);
  const [kept, setKept] = useState<number | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  const wasTouched = useRef(false);
  const last = count - 1;
  const within = (n: number) => Math.max(0, Math.min(last, n));
  const stop = within(kept ?? first);

  useEffect(() => {
    if (shown === null) return;
    const outside = (event: Event) => {
      const figure = drawing.current?.closest("figure");
      if (event.target instanceof Node && figure?.contains(event.target) !== true) setShown(null);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [shown]);

  const below = (event: PointerEvent | MouseEvent) => {
    const box = drawing.current?.getBoundingClientRect();
    return box === undefined ? null : at(event.clientX - box.left, event.clientY - box.top);
  };
  const point = (event: PointerEvent) => {
    const found = below(event);
    setShown(found);
    if (found !== null) setKept(found);
  };
  const go = (to: number) => {
    setKept(to);
    drawing.current?.querySelector<SVGElement>(`[data-mark="${to}"]`)?.focus();
  };

  const steps: Partial<Record<string, (n: number) => number>> = {
    ArrowRight: (n) => n + across,
    ArrowLeft: (n) => n - across,
    ArrowDown: (n) => n + down,
    ArrowUp: (n) => n - down,
    Home: () => 0,
    End: () => last,
  };
  const surface = {
    ref: drawing,
    onPointerMove: point,
    onPointerDown: (event: PointerEvent) => {
      wasTouched.current = event.pointerType !== "mouse";
      point(event);
    },
    onPointerLeave: (event: PointerEvent) => {
      // A finger that is lifted leaves what it has shown.
      if (event.pointerType === "mouse") setShown(null);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Escape") setShown(null);
      const step = steps[event.key];
      if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      go(within(step(stop)));
    },
  };
  const mark = (n: number) => ({
    "data-mark": n,
    tabIndex: n === stop ? 0 : -1,
    onFocus: () => {
      setKept(n);
      setShown(n);
    },
    onBlur: (event: FocusEvent) => {
      const figure = drawing.current?.closest("figure");
      if (figure?.contains(event.relatedTarget) !== true) setShown(null);
    },
    onClick: (event: MouseEvent) => {
      // A finger asks what a mark is; the way on stands in what it is shown.
      if (wasTouched.current && event.detail > 0) event.preventDefault();
    },
  });
  return { shown: shown !== null && shown <= last ? shown : null, surface, mark };
}
