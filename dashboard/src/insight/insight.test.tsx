import { fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Router, useLocation, useSearch } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { expect, test } from "vitest";

import { ticksFor } from "./chart/axis";
import { bestHours, type Day, dateAfter, meanOf, sum, weeksOf } from "./days";
import { DaysCard } from "./DaysCard";
import { FirstWeek } from "./FirstWeek";
import { layout, warmth } from "./heat";
import { Heatmap } from "./Heatmap";

const day = (date: string, focus_min = 0, more: Partial<Day> = {}): Day => ({
  date,
  focus_min,
  sessions_completed: focus_min > 0 ? 1 : 0,
  manual_min: 0,
  goal_min: null,
  met: null,
  mark: null,
  ...more,
});
const daysFrom = (date: string, minutes: number[]) =>
  minutes.map((focus, n) => day(dateAfter(date, n), focus));

const Where = () => {
  const [path] = useLocation();
  const search = useSearch();
  return <output>{search ? `${path}?${search}` : path}</output>;
};
/** Follow what has the focus, as Enter does. */
const open = () => fireEvent.click(document.activeElement ?? document.body);
const show = (drawn: React.ReactNode) =>
  render(
    <Router hook={memoryLocation().hook}>
      {drawn}
      <Where />
    </Router>,
  );

test.each([0, 1, 20, 59, 61, 90, 110, 241, 480, 1439, 1440, 5000, 10_080, 44_640])(
  "the highest tick is not below %d minutes, and there are few of them",
  (most) => {
    const ticks = ticksFor(most);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks[0]).toBe(0);
  },
);

test("a column never stands over the highest tick, nor does a goal", () => {
  const days = [day("2026-01-17", 110, { goal_min: 480 }), day("2026-01-18", 95)];
  const { container } = show(<DaysCard days={days} range={7} />);
  const lines = [...container.querySelectorAll(".line")].map((line) =>
    Number(line.getAttribute("y1")),
  );
  const highest = Math.min(...lines);
  const tops = [...container.querySelectorAll(".part")].map((part) => {
    const [, below = "", corner = ""] =
      /V([\d.]+)q0 -([\d.]+)/.exec(part.getAttribute("d") ?? "") ?? [];
    return Number(below) - Number(corner);
  });
  expect(tops.length).toBe(2);
  const goal = container.querySelector("path.goal")?.getAttribute("d")?.split(/[ H]/)[1];
  expect(Math.min(...tops, Number(goal))).toBeGreaterThanOrEqual(highest);
});

test("what was told afterwards is drawn apart, and named in legend, tooltip and table", () => {
  const days = [day("2026-01-17", 20, { manual_min: 50 }), day("2026-01-18", 90)];
  const { container } = show(<DaysCard days={days} range={7} />);
  expect(
    screen.getByRole("heading", { name: "Sunday was your best day: 1 h 30 min" }),
  ).toBeTruthy();
  expect(container.querySelector(".part.told")?.getAttribute("fill")).toMatch(/^url\(#/);
  const legend = within(container.querySelector<HTMLElement>(".chart-keys") ?? document.body);
  expect(legend.getByText("Told afterwards")).toBeTruthy();
  expect(
    screen.getByRole("link", {
      name: "Saturday, January 17, 20 min of focus, 50 min told afterwards",
    }),
  ).toBeTruthy();
  const table = within(screen.getByRole("table", { hidden: true }));
  const rows = table.getAllByRole("row", { hidden: true }).map((row) => row.textContent);
  expect(rows).toEqual([
    "DayMinutesToldGoal",
    "Sunday, January 18" + "90" + "0" + "–",
    "Saturday, January 17" + "20" + "50" + "–",
  ]);
});

test("one mark of a chart takes the focus, the arrows go on, and Enter opens the day", async () => {
  const user = userEvent.setup();
  const { container } = show(<DaysCard days={daysFrom("2026-01-17", [10, 20, 30])} range={7} />);
  await user.tab();
  expect(document.activeElement?.getAttribute("aria-label")).toMatch(/January 19/);
  expect(container.querySelector(".tip")?.textContent).toContain("30 min of focus");
  await user.keyboard("{ArrowLeft}{ArrowLeft}{ArrowLeft}");
  expect(container.querySelector(".tip")?.textContent).toContain("January 17");
  expect(container.querySelectorAll(".mark[tabindex='0']").length).toBe(1);
  await user.keyboard("{Escape}");
  expect(container.querySelector(".tip")).toBeNull();
  await user.keyboard("{End}");
  open();
  expect(screen.getByRole("status").textContent).toBe("/history?day=2026-01-19");
});

test("a year of nothing has its full width, and a square opens its day", () => {
  const days = daysFrom(
    "2025-01-19",
    Array.from({ length: 365 }, () => 0),
  );
  const { container } = show(<Heatmap days={days} />);
  expect(container.querySelectorAll(".cell").length).toBe(365);
  expect(Number(container.querySelector("svg")?.getAttribute("width"))).toBeGreaterThan(900);
  container.querySelector<SVGElement>(".cell[tabindex='0']")?.focus();
  for (const key of ["ArrowLeft", "ArrowUp"]) {
    fireEvent.keyDown(document.activeElement ?? document.body, { key });
  }
  open();
  expect(screen.getByRole("status").textContent).toBe("/history?day=2026-01-10");
});

test.each([0, 5, 6])("in a narrow window a year stands in strips; weeks begin on %d", (start) => {
  const days = daysFrom(
    "2025-03-05",
    Array.from({ length: 365 }, () => 0),
  );
  const laid = layout(days, 310, start);
  expect(laid?.width).toBeLessThanOrEqual(310);
  expect(laid?.cell).toBeGreaterThanOrEqual(15);
  // Each day is found where it is drawn, and nowhere else.
  const found = laid?.places.map(({ x, y }) => laid.at(x + 5, y + 5));
  expect(found).toEqual(days.map((_, n) => n));
  expect(new Set(laid?.places.map(({ x, y }) => `${x}/${y}`)).size).toBe(365);
  // The newest is in the uppermost strip.
  expect(laid?.places.at(-1)?.y).toBeLessThan(laid?.places[0]?.y ?? 0);
});

test.each([
  [0, 0],
  [1, 1],
  [30, 2],
  [75, 3],
  [400, 4],
])("%d minutes are of warmth %d", (minutes, heat) => expect(warmth(minutes)).toBe(heat));

test("the mean of a day counts from the first one on", () => {
  const days = daysFrom("2026-01-01", [0, 0, 0, 40, 0, 20]);
  expect(meanOf(days, days)).toBe(20);
  expect(meanOf(days.slice(-2), days)).toBe(10);
  expect(meanOf(days.slice(0, 2), days)).toBe(0);
});

test("the latest of equal best days is told, and what reached its goal counted", () => {
  const days = [
    day("2026-01-01", 30, { goal_min: 30, met: true }),
    day("2026-01-02", 0, { manual_min: 30, goal_min: 60, met: false }),
  ];
  expect(sum(days)).toMatchObject({ focus: 30, told: 30, asked: 2, met: 1 });
  expect(sum(days).best?.date).toBe("2026-01-02");
});

test("weeks are compared up to the same weekday", () => {
  // A Thursday to the Wednesday after next.
  const weeks = weeksOf(
    daysFrom("2026-01-15", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1, 1, 1, 1]),
  );
  expect(weeks.map(({ start, whole, same }) => [start, whole.focus, same.focus])).toEqual([
    ["2026-01-12", 15, 0],
    ["2026-01-19", 1009, 112],
    ["2026-01-26", 3, 3],
  ]);
});

test("the best two hours may lie around midnight", () => {
  const hours = Array.from({ length: 24 }, () => 0);
  expect(bestHours(hours)).toBeNull();
  hours[23] = hours[0] = 30;
  hours[9] = 50;
  expect(bestHours(hours)).toEqual({ from: 23, minutes: 60 });
});

test("a first week shows its days, and when there is more to see", () => {
  const days = [...daysFrom("2026-01-10", [0, 0, 0]), day("2026-01-13", 25)];
  show(<FirstWeek days={days} />);
  expect(screen.getByRole("heading", { name: "Your first week" })).toBeTruthy();
  expect(screen.getAllByRole("listitem").length).toBe(7);
  expect(screen.getByText(/From Tuesday on/)).toBeTruthy();
});
