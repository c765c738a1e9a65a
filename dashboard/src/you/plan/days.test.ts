import { expect, test } from "vitest";

import { daysIn, monthAfter, spansOf, weeksOf } from "./days";

test("a month is whole weeks from the first weekday of the calendar", () => {
  const fromMonday = weeksOf("2026-02-14", 1);
  expect(fromMonday).toHaveLength(5);
  expect(fromMonday[0]).toEqual([null, null, null, null, null, null, "2026-02-01"]);
  expect(weeksOf("2026-02-14", 0)).toHaveLength(4);
  expect(weeksOf("2026-02-14", 6)[0]).toEqual(
    [null, "2026-02-01", "2026-02-02", "2026-02-03"].concat([
      "2026-02-04",
      "2026-02-05",
      "2026-02-06",
    ]),
  );
});

test("months go over the year, and days over a leap day", () => {
  expect(monthAfter("2026-12-31", 1)).toBe("2027-01-01");
  expect(monthAfter("2026-03-31", -1)).toBe("2026-02-01");
  expect(daysIn("2028-02-28", "2028-03-01")).toBe(3);
});

test("days off of one kind without a gap are one span", () => {
  const off = (date: string, kind: "away" | "ill" = "away") => ({ date, kind });
  expect(
    spansOf([
      off("2026-01-01"),
      off("2025-12-31"),
      off("2026-01-02", "ill"),
      off("2026-01-04", "ill"),
    ]),
  ).toEqual([
    { from: "2025-12-31", to: "2026-01-01", kind: "away" },
    { from: "2026-01-02", to: "2026-01-02", kind: "ill" },
    { from: "2026-01-04", to: "2026-01-04", kind: "ill" },
  ]);
});
