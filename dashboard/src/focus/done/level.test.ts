import { expect, test } from "vitest";

import { beginOf, filled, levelOf } from "./level";

test.each([
  [0, 1],
  [199, 1],
  [200, 2],
  [1250, 5],
  [3200, 8],
  [5000, 10],
])("%d XP are level %d", (xp, level) => {
  expect(levelOf(xp)).toBe(level);
  expect(beginOf(level)).toBeLessThanOrEqual(xp);
  expect(beginOf(level + 1)).toBeGreaterThan(xp);
});

test("the bar of a level goes from empty to full", () => {
  expect(filled(0)).toBe(0);
  expect(filled(100)).toBe(0.5);
  expect(filled(200)).toBe(0);
  expect(filled(449)).toBeCloseTo(1, 2);
});
