import { expect, test } from "vitest";

import DEVICES from "./device-names.json";
import {
  calendarDay,
  countdown,
  dayOf,
  daysBetween,
  deviceName,
  duration,
  percent,
  timeOfDay,
} from "./format";

test.each([
  [1500, "25:00"],
  [1499.2, "25:00"],
  [59, "0:59"],
  [0, "0:00"],
  [-3, "0:00"],
  [3909, "1:05:09"],
])("%d s are shown as %s", (seconds, shown) => expect(countdown(seconds)).toBe(shown));

test.each([
  [0, "0 min"],
  [45, "45 min"],
  [60, "1 h"],
  [200, "3 h 20 min"],
  [120_001, "2,000 h 1 min"],
])("%d minutes are %s", (minutes, shown) => expect(duration(minutes)).toBe(shown));

// Node 20 is one of the engines in which `hour12: false` means 24:19.
test.each([
  [0, 19, "00:19"],
  [0, 0, "00:00"],
  [9, 5, "09:05"],
  [12, 0, "12:00"],
  [23, 59, "23:59"],
])("%d h %d is %s", (hour, minute, shown) => {
  expect(timeOfDay(new Date(2026, 0, 1, hour, minute).getTime(), "24h")).toBe(shown);
});

test.each([
  ["12h", "9:05 PM"],
  ["24h", "21:05"],
  ["auto", "9:05 PM"],
] as const)("the %s clock says %s, in a zone and where that is unknown", (clock, shown) => {
  const moment = Date.UTC(2026, 0, 1, 21, 5);
  const said = (zone: string) => timeOfDay(moment, clock, zone).replace(/\s/, " ");
  expect(said("UTC")).toBe(shown);
  expect(said("Nowhere/Else")).toMatch(clock === "24h" ? /^\d\d:05$/ : /:05 [AP]M$/);
});

test("a date is the same day in every zone", () => {
  expect(calendarDay("2026-01-18", { dateStyle: "medium" })).toBe("Jan 18, 2026");
});

test.each([
  [null, null],
  [12.4, "+12 %"],
  [-85.7, "−86 %"],
  [0.2, "±0 %"],
])("a change of %s is %s", (change, shown) => expect(percent(change)).toBe(shown));

// The staff's pages are held to the same cases: accounts/devices/device_names.py.
test.each(DEVICES)("%s is %s", (agent, name) => expect(deviceName(agent)).toBe(name));

test.each([
  ["2026-03-28", "2026-03-29", 1], // a night of summer time
  ["2026-10-24", "2026-10-25", 1],
  ["2025-12-31", "2026-01-01", 1],
  ["2024-02-28", "2024-03-01", 2],
  ["2026-01-18", "2026-01-18", 0],
  ["2026-01-19", "2026-01-18", -1], // somebody who flew west
])("from %s to %s are %d days", (from, to, days) => expect(daysBetween(from, to)).toBe(days));

test.each([
  ["2025-12-31T23:30:00Z", "Asia/Tokyo", "Jan 1, 2026"],
  ["2026-01-01T04:00:00Z", "America/New_York", "Dec 31, 2025"],
  ["2026-03-29T00:30:00Z", "Europe/Berlin", "Mar 29, 2026"], // a night of summer time
  ["2026-06-15T12:00:00Z", "Mars/Olympus_Mons", "Jun 15, 2026"], // newer than this engine
])("%s is in %s %s", (moment, zone, day) => expect(dayOf(moment, zone)).toBe(day));
