import { expect, test } from "vitest";

import type { Consequences } from "../../queries/history";
import { inWords } from "./consequences";

const stays = { from: 12, to: 12 };
const NOTHING: Consequences = {
  focus_min: 0,
  xp_points: stays,
  lvl: stays,
  total_focus_min: stays,
  total_sessions: stays,
  current_streak: stays,
  best_streak: stays,
  kept_streak: stays,
  plant: null,
};

test("all that goes is said, the dearest too", () => {
  const said = inWords({
    focus_min: 25,
    xp_points: { from: 1225, to: 1200 },
    lvl: { from: 5, to: 4 },
    total_focus_min: { from: 85, to: 60 },
    total_sessions: { from: 3, to: 2 },
    current_streak: { from: 2, to: 1 },
    best_streak: { from: 9, to: 8 },
    kept_streak: { from: 4, to: 0 },
    plant: { id: "", plant_num: 3, plant_type: "Rose", growth_stage: 5, state: "grown" },
  });
  expect(said).toEqual([
    "25 minutes of focus go; 1 h stay.",
    "25 XP go; 1,200 stay.",
    "Your level falls from 5 to 4.",
    "Your streak with freezes falls from 4 days to 0 days.",
    "Your streak on the boards falls from 2 days to 1 day.",
    "Your best streak falls from 9 days to 8 days.",
    "The plant goes too: Rose.",
  ]);
});

test("what is in no total yet takes nothing from one", () => {
  expect(inWords({ ...NOTHING, focus_min: 25 })).toEqual([
    "It counts nothing, so no figure changes.",
  ]);
});
