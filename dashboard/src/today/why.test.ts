import { expect, test } from "vitest";

import { whyOf } from "./why";

const streak = (over: object) => ({
  length: 12,
  best: 30,
  freezes: 0,
  focused_days_to_next: 3,
  protected: [],
  today: "open" as const,
  // Midnight after the 18th in Berlin.
  at_risk_until: "2026-01-18T23:00:00Z",
  ...over,
});
const today = (over: object = {}, ofStreak: object = {}) => ({
  date: "2026-01-18",
  focus_min: 0,
  manual_min: 0,
  goal_min: null,
  met: null,
  streak: streak(ofStreak),
  ...over,
});
const none = { length: 0, at_risk_until: null };

test.each([
  ["nothing yet", today({}, { ...none, best: 0 }), { kind: "first" }],
  ["a streak that is over", today({}, none), { kind: "begin" }],
  ["one that ends tonight", today(), { kind: "keep", days: 12, until: "2026-01-18T23:00:00Z" }],
  [
    "one that a freeze holds",
    today({}, { freezes: 1, at_risk_until: "2026-01-19T23:00:00Z" }),
    { kind: "grow", days: 12, until: "2026-01-19" },
  ],
  ["a day off", today({}, { today: "off" }), { kind: "off", days: 12 }],
  ["done for today", today({ focus_min: 25 }, { today: "focused" }), { kind: "safe", days: 12 }],
  [
    "a goal that is open",
    today({ focus_min: 25, manual_min: 10, goal_min: 60, met: false }, { today: "focused" }),
    { kind: "goalLeft", minutes: 25, days: 12 },
  ],
  [
    "a goal that is met",
    today({ focus_min: 60, goal_min: 60, met: true }, { today: "focused" }),
    { kind: "goalMet", minutes: 60 },
  ],
  [
    "a goal before the first session: the streak comes first",
    today({ goal_min: 60, met: false }),
    { kind: "keep", days: 12, until: "2026-01-18T23:00:00Z" },
  ],
])("%s", (_, told, why) => {
  expect(whyOf(told, "Europe/Berlin")).toEqual(why);
});

test("a zone that the browser does not know goes by UTC", () => {
  expect(whyOf(today(), "Europe/Nowhere").kind).toBe("keep");
});
