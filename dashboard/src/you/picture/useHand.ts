import { type PointerEvent, type RefObject, useEffect, useRef } from "react";

import { type Crop, moved, type Size, zoomed } from "./crop";

type Point = { x: number; y: number };
type Change = (next: (crop: Crop) => Crop) => void;

const middleOf = (points: Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});
const apart = ([one, other]: Point[]) =>
  one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;

/** Dragging by one finger or a mouse, zooming by two fingers or a wheel. */
export function useHand(canvas: RefObject<HTMLCanvasElement | null>, size: Size, change: Change) {
  const fingers = useRef(new Map<number, Point>());
  const latest = useRef({ size, change });
  useEffect(() => {
    latest.current = { size, change };
  });

  useEffect(() => {
    const view = canvas.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const at = placeOf(event, view);
      const factor = Math.exp(-event.deltaY / 400);
      latest.current.change((crop) => zoomed(latest.current.size, crop, crop.zoom * factor, at));
    };
    // By hand: React's own listener may not keep the page from being scrolled.
    view?.addEventListener("wheel", wheel, { passive: false });
    return () => view?.removeEventListener("wheel", wheel);
  }, [canvas]);

  const put = ({ pointerId, clientX, clientY }: PointerEvent) =>
    fingers.current.set(pointerId, { x: clientX, y: clientY });
  const lift = ({ pointerId }: PointerEvent) => void fingers.current.delete(pointerId);
  return {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      put(event);
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
      if (!fingers.current.has(event.pointerId)) return;
      const before = [...fingers.current.values()];
      put(event);
      const after = [...fingers.current.values()];
      const [from, to] = [middleOf(before), middleOf(after)];
      const { width } = event.currentTarget.getBoundingClientRect();
      const by = { x: (to.x - from.x) / width, y: (to.y - from.y) / width };
      const factor = after.length > 1 ? apart(after) / apart(before) || 1 : 1;
      const at = placeOf({ clientX: to.x, clientY: to.y }, event.currentTarget);
      change((crop) => zoomed(size, moved(size, crop, by), crop.zoom * factor, at));
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  };
}

/** A point of the window as a part of the view's side from its middle. */
function placeOf(
  { clientX, clientY }: { clientX: number; clientY: number },
  view: HTMLElement | null,
): Point {
  const box = view?.getBoundingClientRect();
  if (!box || box.width === 0) return { x: 0, y: 0 };
  return {
    x: (clientX - box.left) / box.width - 0.5,
    y: (clientY - box.top) / box.height - 0.5,
  };
}
