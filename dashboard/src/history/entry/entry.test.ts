import { expect, test } from "vitest";

import { type Draft, draftOf, newDraft, timeOf, wrongIn } from "./entry";

const ZONE = "Europe/Berlin";
const NOW = Date.parse("2026-11-26T12:00:00Z");
const timed = (from: string, to: string, date = "2026-11-25"): Draft => ({
  ...newDraft(date),
  from,
  to,
});
const untimed = (minutes: string, date = "2026-11-25"): Draft => ({
  ...newDraft(date),
  isTimed: false,
  minutes,
});

test.each([
  ["times", timed("14:00", "15:30"), { at: "2026-11-25T13:00:00.000Z", minutes: 90 }],
  ["over midnight", timed("23:30", "00:15"), { at: "2026-11-25T22:30:00.000Z", minutes: 45 }],
  // The night in which the clocks go back has an hour more, of which the first is meant.
  [
    "a long night",
    timed("01:00", "04:00", "2026-10-25"),
    { at: "2026-10-24T23:00:00.000Z", minutes: 240 },
  ],
  ["minutes", untimed("50"), { local_date: "2026-11-25", minutes: 50 }],
])("%s are sent", (_, draft, sent) => {
  expect(wrongIn(draft, ZONE, NOW)).toEqual({});
  expect(timeOf(draft, ZONE)).toEqual(sent);
});

test.each([
  ["no day", timed("1", "2", ""), "date"],
  ["tomorrow", timed("10:00", "11:00", "2026-11-27"), "date"],
  ["eleven years ago", untimed("25", "2015-11-26"), "date"],
  ["no start", timed("", "11:00"), "from"],
  ["no end", timed("10:00", ""), "to"],
  ["no length", timed("10:00", "10:00"), "to"],
  ["more than twelve hours", timed("08:00", "20:01"), "to"],
  // It is 13:00 in Berlin.
  ["an end to come", timed("12:30", "13:01", "2026-11-26"), "to"],
  ["a time that was skipped", timed("02:30", "03:30", "2026-03-29"), "from"],
  ["no minutes", untimed(""), "minutes"],
  ["721 minutes", untimed("721"), "minutes"],
  ["half a minute", untimed("0.5"), "minutes"],
])("%s is told at its field", (_, draft, field) => {
  expect(Object.keys(wrongIn(draft, ZONE, NOW))).toEqual([field]);
});

test("no start and no end are told at once", () => {
  expect(Object.keys(wrongIn(timed("", ""), ZONE, NOW))).toEqual(["from", "to"]);
});

test("an entry is typed anew as it was told", () => {
  const record = {
    kind: "entry",
    id: "",
    status: "completed",
    label_id: null,
    note: "On paper",
    at: "2026-11-25T22:30:00Z",
    ended_at: "2026-11-25T23:15:00Z",
    planned_min: null,
    minutes: 45,
    local_date: "2026-11-25",
    source: "manual",
    verified: false,
  } as const;
  const draft = draftOf(record, ZONE);
  expect(draft).toEqual({ ...timed("23:30", "00:15"), minutes: "45", note: "On paper" });
  expect(timeOf(draft, ZONE)).toEqual({ at: "2026-11-25T22:30:00.000Z", minutes: 45 });
  expect(draftOf({ ...record, ended_at: null }, ZONE)).toMatchObject({
    isTimed: false,
    date: "2026-11-25",
    minutes: "45",
  });
});
