import { expect, test } from "vitest";

import { ApiError } from "../api/errors";
import { mayRetry, retryDelay } from "./backoff";

const refused = (status: number, seconds: number | null = null) =>
  new ApiError(status, "CODE", "Said.", {}, seconds);

test.each([
  [0, true],
  [429, true],
  [502, true],
  [503, true],
  [504, true],
  [400, false],
  [401, false],
  [404, false],
  [500, false],
])("after %d it is asked again: %s", (status, again) => {
  expect(mayRetry(99, refused(status))).toBe(again);
});

test("a fault of ours is not asked again", () => {
  expect(mayRetry(0, new TypeError("not a function"))).toBe(false);
});

test.each([
  [0, null, 1_000],
  [3, null, 8_000],
  [50, null, 10_000],
  // Not before the service says, and never at once.
  [0, 30, 30_200],
  [0, 0, 1_000],
])("try %d, told to wait %s s, comes within %d ms", (count, seconds, most) => {
  const delays = [0, 0.5, 1].map((random) => retryDelay(count, refused(503, seconds), random));
  expect(Math.max(...delays)).toBe(most);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(Math.max((seconds ?? 0) * 1000, 800));
});
