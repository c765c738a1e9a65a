import { expect, test } from "vitest";

import { keyed, MOST_ZOOM, moved, sideOf, whole, zoomed } from "./crop";

const WIDE = { width: 400, height: 200 };

test("the whole of a wide picture is its middle", () => {
  expect(whole(WIDE)).toEqual({ x: 200, y: 100, zoom: 1 });
  expect(sideOf(WIDE, 1)).toBe(200);
});

test("a picture that is pushed follows the finger, and stays over the whole view", () => {
  // Half of the view to the right shows what lies half of a side further to the left.
  expect(moved(WIDE, whole(WIDE), { x: 0.25, y: 0 })).toMatchObject({ x: 150, y: 100 });
  expect(moved(WIDE, whole(WIDE), { x: 9, y: 9 })).toMatchObject({ x: 100, y: 100 });
  expect(moved(WIDE, whole(WIDE), { x: -9, y: -9 })).toMatchObject({ x: 300, y: 100 });
});

test("what is pointed at stays where it is while the picture grows", () => {
  const at = { x: 0.25, y: -0.25 };
  const before = whole(WIDE);
  const after = zoomed(WIDE, before, 2, at);
  for (const axis of ["x", "y"] as const) {
    const shown = (crop: typeof before) => crop[axis] + at[axis] * sideOf(WIDE, crop.zoom);
    expect(shown(after)).toBeCloseTo(shown(before));
  }
});

test("no zoom shows more than the picture, nor less than a quarter of its side", () => {
  expect(zoomed(WIDE, whole(WIDE), 0.1).zoom).toBe(1);
  expect(zoomed(WIDE, whole(WIDE), 99).zoom).toBe(MOST_ZOOM);
  // Zoomed out at the edge, it is pushed back over the view.
  const corner = moved(WIDE, zoomed(WIDE, whole(WIDE), 4), { x: -9, y: -9 });
  expect(zoomed(WIDE, corner, 1)).toEqual({ x: 300, y: 100, zoom: 1 });
});

test("arrows push the picture, plus and minus zoom, other keys do nothing", () => {
  const near = zoomed(WIDE, whole(WIDE), 2);
  expect(keyed(WIDE, near, "ArrowRight")?.x).toBeLessThan(near.x);
  expect(keyed(WIDE, near, "ArrowDown")?.y).toBeLessThan(near.y);
  expect(keyed(WIDE, near, "+")?.zoom).toBeGreaterThan(2);
  expect(keyed(WIDE, near, "-")?.zoom).toBeLessThan(2);
  expect(keyed(WIDE, near, "Tab")).toBeNull();
});
