import { expect, test } from "vitest";

import { minutesTo, pointsAt, shareOf } from "./levels";

test("a level is the root of the points by fifty, as the service counts it", () => {
  for (const level of [0, 1, 8, 25]) {
    expect(Math.floor(Math.sqrt(pointsAt(level) / 50))).toBe(level);
    if (level > 0) expect(Math.floor(Math.sqrt((pointsAt(level) - 1) / 50))).toBe(level - 1);
  }
});

test("the way to the next level is what is missing, and never less than nothing", () => {
  expect(minutesTo(9, 3285)).toBe(765);
  expect(minutesTo(2, 3285)).toBe(0);
  expect(shareOf(8, pointsAt(8))).toBe(0);
  expect(shareOf(8, pointsAt(9))).toBe(1);
  expect(shareOf(0, 25)).toBe(0.5);
});
