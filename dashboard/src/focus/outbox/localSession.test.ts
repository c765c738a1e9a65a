import { expect, test } from "vitest";

import type { LocalStart } from "./errands";
import { minutesOf, partsOf, serverTime, shownSession } from "./localSession";

const MINUTE = 60_000;
const BEGAN = Date.parse("2026-11-26T09:00:00Z");
const WISH = { minutes: 25, plant: "Rose", label: "l1", note: "Chapter 3" };

const start = (over: Partial<LocalStart> = {}) => ({
  what: "start" as const,
  user: "alice",
  session: "local",
  wish: WISH,
  began: { server: BEGAN, device: BEGAN },
  key: "k1",
  at: BEGAN,
  ...over,
});
const after = (minutes: number, device = BEGAN + minutes * MINUTE) => ({
  server: BEGAN + minutes * MINUTE,
  device,
  isServerKnown: true,
});
const runs = (minutes: number) => ({
  id: "s1",
  created_at: new Date(BEGAN + minutes * MINUTE).toISOString(),
});

test("10 of 25 minutes become an entry of 10 and a session of 15", () => {
  const [entry, rest] = partsOf(start(), null, after(10.9)) ?? [];
  expect(entry).toMatchObject({
    what: "entry",
    minutes: 10,
    label: "l1",
    note: "Chapter 3",
    began: { server: BEGAN },
  });
  expect(rest).toMatchObject({
    what: "start",
    session: "local",
    wish: { ...WISH, minutes: 15 },
    began: { server: BEGAN + 10 * MINUTE, device: BEGAN + 10 * MINUTE },
  });
  // Sent again after a crash it is the same entry, and another request than the first start.
  expect(entry?.session).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
  expect(rest).not.toMatchObject({ key: "k1" });
});

test("what was started again after a crash is divided again, from where it stood", () => {
  const [, rest] = partsOf(start(), null, after(10)) ?? [];
  const parts = partsOf(rest as ReturnType<typeof start>, null, after(13.2)) ?? [];
  expect(parts).toMatchObject([
    { what: "entry", minutes: 3, began: { server: BEGAN + 10 * MINUTE } },
    { what: "start", wish: { minutes: 12 } },
  ]);
});

test.each([
  ["after its plan", start(), null, 30, [25]],
  [
    "ended early",
    start({ ended: { how: "complete", device: BEGAN + 11.5 * MINUTE } }),
    null,
    20,
    [11],
  ],
  [
    "whose plan was over",
    start({ ended: { how: "due", device: BEGAN + 24.99 * MINUTE } }),
    null,
    25,
    [25],
  ],
  [
    "whose plan is over by this clock",
    start({ ended: { how: "due", device: 0 } }),
    null,
    24.9,
    [25],
  ],
  [
    "that was over for a device set to another day",
    start({ ended: { how: "due", device: BEGAN + 24 * 60 * MINUTE } }),
    null,
    10,
    [10],
  ],
  ["ended at once", start({ ended: { how: "complete", device: BEGAN + 20_000 } }), null, 20, []],
  ["given up", start({ ended: { how: "abandon", device: BEGAN + 11 * MINUTE } }), null, 20, []],
  ["beside another device's later session", start(), runs(7.5), 12, [7]],
  ["below a session that ran before it", start(), runs(-3), 12, []],
  [
    "of an open one beyond its longest",
    start({ wish: { ...WISH, minutes: null } }),
    null,
    300,
    [240],
  ],
] as const)("a local session %s", (_, kept, running, minutes, told) => {
  const parts = partsOf(kept, running, after(minutes)) ?? [];
  expect(parts.map((part) => part.what === "entry" && part.minutes)).toEqual(told);
});

test("within its first minute it is sent as it stands", () => {
  expect(partsOf(start(), null, after(0.9))).toBeNull();
});

test("the session whose answer was lost gets its plant", () => {
  const plant = { what: "plant", session: "s1", user: "alice", plant: "Rose" };
  expect(partsOf(start(), runs(0), after(0.1))).toMatchObject([plant]);
  const bare = start({ wish: { ...WISH, plant: null } });
  expect(partsOf(bare, runs(0), after(12))).toEqual([]);
});

test.each([
  ["complete", { what: "complete", session: "s1", due: false }],
  ["due", { what: "complete", session: "s1", due: true }],
  ["abandon", { what: "abandon", session: "s1" }],
] as const)("its end (%s) is the end of the session whose answer was lost", (how, end) => {
  const ended = { how, device: BEGAN + 5 * MINUTE };
  expect(partsOf(start({ ended }), runs(0.1), after(12))).toMatchObject([{ what: "plant" }, end]);
});

test("an open one goes on as an open one", () => {
  const open = start({ wish: { ...WISH, minutes: null } });
  expect(partsOf(open, null, after(10))).toMatchObject([
    { minutes: 10 },
    { what: "start", wish: { minutes: null } },
  ]);
});

test("a device whose clock was set meanwhile tells the same minutes", () => {
  const day = 24 * 60 * MINUTE;
  expect(minutesOf(start(), after(10, BEGAN + 10 * MINUTE + day))).toBe(10);
  expect(minutesOf(start(), after(10, BEGAN - day))).toBe(10);
});

test("a device that is a day off, and knew no server, tells when it began", () => {
  const day = 24 * 60 * MINUTE;
  const began = { server: null, device: BEGAN + day };
  const now = after(10, BEGAN + day + 10 * MINUTE);
  expect(serverTime(began, now)).toBe(BEGAN);
  expect(shownSession(start({ began }), now)).toMatchObject({
    id: "local",
    user_id: "alice",
    duration_min: 25,
    created_at: new Date(BEGAN).toISOString(),
    remaining_seconds: 900,
  });
});
