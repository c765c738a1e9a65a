import { afterEach, expect, test } from "vitest";

import { text } from "../../text";
import { type Day, dateAfter } from "../days";
import { type Picture, pictureOf } from "./picture";

const START = "2026-01-12";
const week = (minutes: number[], told = 0): Day[] =>
  minutes.map((focus_min, n) => ({
    date: dateAfter(START, n),
    focus_min,
    sessions_completed: focus_min > 0 ? 1 : 0,
    manual_min: told,
    goal_min: null,
    met: null,
    mark: null,
  }));
const draw = (days: Day[], more: Partial<Picture> = {}) =>
  pictureOf({ days, start: START, end: dateAfter(START, 6), streak: 3, isDark: false, ...more });
const parsed = (svg: string) => {
  const drawn = new DOMParser().parseFromString(svg, "image/svg+xml");
  expect(drawn.querySelector("parsererror")).toBeNull();
  return drawn;
};
const { dir } = text;
afterEach(() => {
  text.dir = dir;
});

test.each([
  ["an empty week", week([0, 0, 0, 0, 0, 0, 0])],
  ["a week that has just begun", week([5])],
  ["days of 24 hours", week([1440, 1440, 1440, 1440, 1440, 1440, 1440])],
  ["told minutes alone", week([0, 0, 0], 45)],
])("%s is a picture in light and dark", (_, days) => {
  for (const isDark of [false, true]) {
    const drawn = parsed(draw(days, { isDark }));
    // No plant grows out of the picture, and all seven days are named.
    const tops = [...drawn.querySelectorAll("path[stroke-linecap]")].map((stem) =>
      Number(stem.getAttribute("d")?.split(" ").at(-1)),
    );
    expect(Math.min(630, ...tops)).toBeGreaterThan(100);
    expect(drawn.querySelectorAll("text[text-anchor=middle]").length).toBe(7);
  }
});

test("name and link are in it only when chosen, and a name cannot draw", () => {
  const name = `<a&"b">`;
  expect(draw(week([25]))).not.toContain("example.com");
  const chosen = draw(week([25]), { name, link: "example.com" });
  expect(parsed(chosen).documentElement.textContent).toContain(`${name} · example.com`);
});

test("from right to left the words begin at their right end", () => {
  text.dir = "rtl";
  const drawn = parsed(draw(week([25, 50])));
  expect(drawn.documentElement.getAttribute("direction")).toBe("rtl");
  const heads = [...drawn.querySelectorAll("text:not([text-anchor])")];
  expect(new Set(heads.map((head) => head.getAttribute("x")))).toEqual(new Set(["530"]));
});
