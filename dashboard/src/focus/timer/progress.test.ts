import { expect, test } from "vitest";

import { progress } from "./progress";

const BEGAN = "2026-01-18T12:00:00Z";
const after = (seconds: number) => Date.parse(BEGAN) + seconds * 1000;
const of = (minutes: number | null, seconds: number) =>
  progress({ created_at: BEGAN, duration_min: minutes }, after(seconds));

test.each([
  [0, 1500, 0, 0],
  [300, 1200, 0.2, 1],
  [1499, 1, 1499 / 1500, 4],
])("after %d s of 25 minutes %d s are left", (gone, seconds, share, stage) => {
  expect(of(25, gone)).toEqual({ over: false, seconds, share, stage });
});

test.each([1500, 1501, 90_000])("a plan is over after %d s", (gone) => {
  expect(of(25, gone)).toEqual({ over: true, seconds: 0, share: 1, stage: 5 });
});

test("an open session counts up and is never over", () => {
  expect(of(null, 90.7)).toMatchObject({ over: false, seconds: 90, stage: 0 });
  expect(of(null, 9_000)).toMatchObject({ over: false, seconds: 9_000, share: 1, stage: 5 });
});

test("a clock that is a little behind shows the whole plan", () => {
  expect(of(25, -2)).toMatchObject({ over: false, seconds: 1500, share: 0 });
});
