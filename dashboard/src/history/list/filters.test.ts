import { expect, test } from "vitest";

import { dateIn, filtersIn, historyAt } from "./filters";

const LABEL = "01949d2e-5b00-7e21-a4c5-2d3e4f5a6b7c";

test("an address and its filters say the same", () => {
  const filters = { kind: "entry", status: "completed", label: LABEL, day: "2026-11-25" } as const;
  const [path, query] = historyAt(filters).split("?");
  expect(path).toBe("/history");
  expect(filtersIn(new URLSearchParams(query))).toEqual(filters);
  expect(historyAt({})).toBe("/history");
});

test("what nobody knows in an address is left out", () => {
  const params = new URLSearchParams("kind=nap&status=late&label=x&day=2026-02-30");
  expect(filtersIn(params)).toEqual({});
});

test.each([
  ["2028-02-29", "2028-02-29"],
  ["2026-02-30", undefined],
  ["2026-2-3", undefined],
  ["", undefined],
  [null, undefined],
])("%s is the date %s", (written, date) => expect(dateIn(written)).toBe(date));
