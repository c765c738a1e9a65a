import { expect, test } from "vitest";

import type { MarkedDay } from "../../queries/history";
import { countsOf, monthAfter, weekOf, weeksOf } from "./month";

test("a month begins on its weekday, whichever begins the week", () => {
  // 2026-11-01 is a Sunday.
  expect(weeksOf("2026-11", "mon")[0]).toEqual([...Array<null>(6).fill(null), "2026-11-01"]);
  expect(weeksOf("2026-11", "sun")[0]?.[0]).toBe("2026-11-01");
  expect(weeksOf("2026-11", "sat")[0]?.slice(0, 2)).toEqual([null, "2026-11-01"]);
});

test.each(["mon", "sat", "sun"] as const)("each day of ten years is there once (%s)", (start) => {
  for (let month = "2020-01"; month < "2030-01"; month = monthAfter(month, 1)) {
    const days = weeksOf(month, start).flat().filter(Boolean);
    expect(new Set(days).size).toBe(days.length);
    expect(days[0]).toBe(`${month}-01`);
    expect(days.length).toBe(
      new Date(Date.UTC(+month.slice(0, 4), +month.slice(5), 0)).getUTCDate(),
    );
  }
});

test("a month is followed over the year's end", () => {
  expect(monthAfter("2026-12", 1)).toBe("2027-01");
  expect(monthAfter("2026-01", -1)).toBe("2025-12");
});

test("a week begins before its day, or on it", () => {
  expect(weekOf("2026-11-26", "mon")).toBe("2026-11-23");
  expect(weekOf("2026-11-23", "mon")).toBe("2026-11-23");
  expect(weekOf("2026-11-26", "sun")).toBe("2026-11-22");
});

test("a month is summed up by its marks, and entries stand beside focus", () => {
  const day = (
    mark: MarkedDay["mark"],
    focus_min = 0,
    manual_min = 0,
    met: boolean | null = null,
  ) =>
    ({
      date: "",
      sessions_completed: 0,
      goal_min: null,
      mark,
      focus_min,
      manual_min,
      met,
    }) as MarkedDay;
  const counts = countsOf([
    day("focused", 50, 0, true),
    day("focused", 25, 30, false),
    day("manual", 0, 20),
    day("frozen"),
    day(null),
  ]);
  expect(counts).toEqual({
    shapes: [
      ["focused", 2],
      ["manual", 1],
      ["frozen", 1],
    ],
    met: 1,
    told: 1,
    focus: 75,
    manual: 50,
  });
});
