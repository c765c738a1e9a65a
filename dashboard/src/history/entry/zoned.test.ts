import { expect, test } from "vitest";

import { dayAfter, momentOf, wallOf } from "./zoned";

const told = (date: string, time: string, zone: string) => {
  const moment = momentOf(date, time, zone);
  return moment === null ? null : new Date(moment).toISOString();
};

test.each([
  ["2026-01-18", "15:00", "Europe/Berlin", "2026-01-18T14:00:00.000Z"],
  ["2026-07-18", "00:00", "Europe/Berlin", "2026-07-17T22:00:00.000Z"],
  // The night in which the clocks go forward, and the one in which they go back.
  ["2026-03-29", "02:30", "Europe/Berlin", null],
  ["2026-03-29", "03:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
  ["2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  ["2026-10-25", "03:00", "Europe/Berlin", "2026-10-25T02:00:00.000Z"],
  // Half an hour of summer, a midnight that does not exist, and far from UTC.
  ["2026-10-04", "02:15", "Australia/Lord_Howe", null],
  ["2026-04-24", "00:30", "Africa/Cairo", null],
  ["2026-11-26", "08:00", "Pacific/Kiritimati", "2026-11-25T18:00:00.000Z"],
])("%s %s in %s is %s", (date, time, zone, moment) => {
  expect(told(date, time, zone)).toBe(moment);
  if (moment !== null) expect(wallOf(moment, zone)).toEqual({ date, time });
});

test("a zone that the browser does not know is the device's", () => {
  expect(told("2026-01-18", "15:00", "Mars/Olympus")).toBe(
    told("2026-01-18", "15:00", Intl.DateTimeFormat().resolvedOptions().timeZone),
  );
});

test("days go on over the end of a month and of February", () => {
  expect(dayAfter("2026-12-31", 1)).toBe("2027-01-01");
  expect(dayAfter("2028-03-01", -1)).toBe("2028-02-29");
});
