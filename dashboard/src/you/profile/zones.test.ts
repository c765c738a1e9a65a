import { expect, test } from "vitest";

import { allZones, cityOf, offsetOf, search } from "./zones";

const WINTER = Date.UTC(2026, 0, 15, 12);
const zones = allZones(WINTER, "Mars/Olympus");
const found = (typed: string) => search(zones, typed).map(({ name }) => name);

test("each zone is there once, under the name of today", () => {
  const names = zones.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain("Asia/Kolkata");
  expect(names).not.toContain("Asia/Calcutta");
  expect(names).toContain("Europe/Kyiv");
  // One of a user whose service knows more zones than this browser.
  expect(names).toContain("Mars/Olympus");
});

test.each([
  ["berl", "Europe/Berlin"],
  ["kolk", "Asia/Kolkata"],
  ["calcutta", "Asia/Kolkata"],
  ["são p", "America/Sao_Paulo"],
  ["buenos", "America/Argentina/Buenos_Aires"],
  ["new york", "America/New_York"],
  ["UTC+5:45", "Asia/Kathmandu"],
  ["gmt-10", "Pacific/Honolulu"],
])("who types %s finds %s", (typed, name) => {
  expect(found(typed)).toContain(name);
});

test("a city that begins so comes first, and nonsense finds nothing", () => {
  expect(found("lon")[0]).toBe("Europe/London");
  expect(found("qqqq")).toEqual([]);
});

test.each([
  ["Europe/Berlin", "UTC+1"],
  ["Asia/Kolkata", "UTC+5:30"],
  ["America/New_York", "UTC−5"],
  ["UTC", "UTC+0"],
  ["Mars/Olympus", ""],
])("%s is %s in winter", (zone, offset) => {
  expect(offsetOf(zone, WINTER)).toBe(offset);
});

test("a city is named without its continent", () => {
  expect(cityOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  expect(cityOf("Asia/Calcutta")).toBe("Kolkata");
});
