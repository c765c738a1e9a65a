import { expect, test } from "vitest";

import { dayIn } from "./newDay";

const at = (moment: string) => Date.parse(moment);

test.each([
  ["UTC", "2026-01-18T23:59:59.999Z", "2026-01-19T00:00:00Z"],
  ["Pacific/Auckland", "2026-01-18T10:59:59Z", "2026-01-18T11:00:00Z"],
  ["Asia/Kathmandu", "2026-01-18T18:14:59Z", "2026-01-18T18:15:00Z"],
  // The clock there is put back from midnight to 23:00: the day is one hour longer.
  ["Asia/Beirut", "2026-10-24T21:59:59Z", "2026-10-24T22:00:00Z"],
  // And here from 23:59 on to 01:00.
  ["America/Havana", "2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z"],
  // A zone that this browser does not know: each hour may begin a day.
  ["Mars/Olympus", "2026-01-18T11:59:59Z", "2026-01-18T12:00:00Z"],
])("in %s a day begins between %s and %s", (zone, before, after) => {
  expect(dayIn(zone, at(before))).not.toBe(dayIn(zone, at(after)));
  expect(dayIn(zone, at(after))).toBe(dayIn(zone, at(after) + 3_540_000));
});

test("before any answer no day is known", () => {
  expect(dayIn("UTC", -Infinity)).toBeNull();
});
