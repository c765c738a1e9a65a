import { expect, test } from "vitest";

import { dateIn, monthFrom, moved } from "./calendar";
import { hemisphereOf } from "./hemisphere";
import { moodOf } from "./mood";
import { groundOf, placesOf, sizeOf, type Standing } from "./plots";

const NOVEMBER = { year: 2026, month: 11 };
const SIZE = { width: 976, height: 570 };

const plant = (id: string, day: number, minutes: number, state = "grown"): Standing =>
  ({
    id,
    session_id: id,
    plant_num: 1,
    plant_type: "Rose",
    growth_stage: 5,
    state,
    local_date: `2026-11-${String(day).padStart(2, "0")}`,
    focus_min: minutes,
    started_at: "2026-11-01T10:00:00Z",
  }) as Standing;

test("a plant stands where it stood, on every look and whatever else was planted", () => {
  const ground = groundOf(NOVEMBER, [1, 26], "mon", SIZE);
  const [alone] = placesOf([plant("a", 5, 25)], ground, SIZE);
  const [again] = placesOf([plant("a", 5, 25), plant("b", 6, 240)], ground, SIZE);
  expect(again).toEqual(alone);
});

test("a tree of four hours towers over a sprout of a minute", () => {
  expect(sizeOf(240)).toBeGreaterThan(4 * sizeOf(1));
  expect(sizeOf(25)).toBe(1);
});

test("what is nearer is larger and lower", () => {
  const ground = groundOf(NOVEMBER, [1, 30], "mon", SIZE);
  const [first, last] = placesOf([plant("a", 3, 25), plant("b", 24, 25)], ground, SIZE);
  expect(last?.height).toBeGreaterThan(first?.height ?? Infinity);
  expect(last?.y).toBeGreaterThan(first?.y ?? Infinity);
});

test.each(["mon", "sat", "sun"] as const)(
  "each day of a month has a plot, week from %s",
  (start) => {
    for (const month of [NOVEMBER, { year: 2026, month: 2 }, { year: 2026, month: 8 }]) {
      const last = month.month === 2 ? 28 : month.month === 8 ? 31 : 30;
      const { plots, rows } = groundOf(month, [1, last], start, SIZE);
      expect(plots.map(({ day }) => day)).toEqual(Array.from({ length: last }, (_, n) => n + 1));
      expect(new Set(plots.map(({ x, y }) => `${x} ${y}`)).size).toBe(last);
      for (const { x, y } of plots) {
        expect(x > 0 && x < SIZE.width && y > 0 && y < SIZE.height).toBe(true);
      }
      expect(rows.length).toBeLessThanOrEqual(6);
    }
  },
);

test("who came on the 26th has large ground, and no empty weeks behind", () => {
  const ground = groundOf(NOVEMBER, [26, 26], "mon", SIZE);
  expect(ground.rows).toHaveLength(3);
  const [near] = placesOf([plant("a", 26, 25)], ground, SIZE);
  const [usual] = placesOf([plant("a", 26, 25)], groundOf(NOVEMBER, [1, 26], "mon", SIZE), SIZE);
  expect(near?.height).toBeGreaterThan(usual?.height ?? Infinity);
});

test("a plant that withered without a minute is seen", () => {
  const ground = groundOf(NOVEMBER, [1, 26], "mon", SIZE);
  const [gone] = placesOf([plant("a", 5, 0, "withered")], ground, SIZE);
  const [sprout] = placesOf([plant("b", 5, 1)], ground, SIZE);
  expect(gone?.height).toBeGreaterThan(sprout?.height ?? Infinity);
});

test.each([
  ["Europe/Berlin", "north"],
  ["America/New_York", "north"],
  ["Asia/Kolkata", "north"],
  ["Indian/Maldives", "north"],
  ["UTC", "north"],
  ["Australia/Sydney", "south"],
  ["America/Argentina/Buenos_Aires", "south"],
  ["America/Sao_Paulo", "south"],
  ["Africa/Johannesburg", "south"],
  ["Pacific/Auckland", "south"],
  ["Asia/Jakarta", "south"],
  ["Brazil/East", "south"],
  ["NZ", "south"],
])("%s lies in the %s, unless the preference says otherwise", (zone, side) => {
  expect(hemisphereOf(zone, "auto")).toBe(side);
  expect(hemisphereOf(zone, "south")).toBe("south");
  expect(hemisphereOf(zone, "north")).toBe("north");
});

test("the seasons of the south are half a year apart", () => {
  for (let month = 1; month <= 12; month += 1) {
    const other = ((month + 5) % 12) + 1;
    expect(moodOf(month, "south", false)).toEqual(moodOf(other, "north", false));
    expect(moodOf(month, "north", true).sky).not.toEqual(moodOf(month, "north", false).sky);
  }
  expect(moodOf(1, "north", false).season).toBe("winter");
  expect(moodOf(1, "south", false).season).toBe("summer");
});

test("months follow each other over the year, and bad addresses name none", () => {
  expect(moved({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 });
  expect(moved({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 });
  expect(monthFrom("2026-02")).toEqual({ year: 2026, month: 2 });
  for (const bad of [null, "", "2026-13", "2026-1", "2026-02-01", "x"]) {
    expect(monthFrom(bad)).toBeNull();
  }
});

test("today is where the user lives, and on the device where nobody knows the zone", () => {
  const late = Date.parse("2026-11-26T23:30:00Z");
  expect(dateIn("Asia/Tokyo", late)).toBe("2026-11-27");
  expect(dateIn("America/New_York", late)).toBe("2026-11-26");
  expect(dateIn("Mars/Olympus", late)).toMatch(/^2026-11-2[67]$/);
});
