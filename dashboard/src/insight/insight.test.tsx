import { render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { Bars } from "./Bars";
import { Heatmap, warmth } from "./Heatmap";

const columns = [
  { key: "2026-01-17", label: "Sat", minutes: 0 },
  { key: "2026-01-18", label: "Sun", minutes: 90 },
];

test("bars are there for the eye, for the ear and as a table", () => {
  const { container } = render(<Bars title="Minutes a day" columns={columns} head="Day" />);
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe(
    "Minutes a day: 90 minutes in all.",
  );
  const [none, some] = [...container.querySelectorAll(".bar")].map((bar) =>
    Number(bar.getAttribute("height")),
  );
  expect(none).toBe(0);
  expect(some).toBeGreaterThan(100);
  const rows = within(screen.getByRole("table", { hidden: true })).getAllByRole("row", {
    hidden: true,
  });
  expect(rows.map((row) => row.textContent)).toEqual(["DayMinutes", "Sun90", "Sat0"]);
});

test.each([
  [0, 0],
  [1, 1],
  [30, 2],
  [75, 3],
  [400, 4],
])("%d minutes are of warmth %d", (minutes, heat) => expect(warmth(minutes)).toBe(heat));

test("a year begins on its weekday, a column a week", () => {
  // 2026-01-18 is a Sunday.
  const days = [
    { date: "2026-01-18", focus_min: 30 },
    { date: "2026-01-19", focus_min: 0 },
  ];
  Element.prototype.scrollTo = () => undefined;
  const { container } = render(<Heatmap days={days} />);
  const [sunday, monday] = [...container.querySelectorAll("rect")];
  expect(Number(monday?.getAttribute("x"))).toBeGreaterThan(Number(sunday?.getAttribute("x")));
  expect(Number(sunday?.getAttribute("y"))).toBeGreaterThan(Number(monday?.getAttribute("y")));
});
