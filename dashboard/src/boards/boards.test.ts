import { expect, test } from "vitest";

import { initials } from "./Avatar";
import { ahead, type Own, type Row, rowsOf } from "./standing";

const person = (rank: number, score: number, user_id = `p${rank}`): Row => ({
  rank,
  user_id,
  username: user_id,
  lvl: 1,
  score,
});
const own: Own = { id: "me", username: "me", lvl: 1, score: 7, visible: true };
const names = (rows: ReturnType<typeof rowsOf>) =>
  rows.map((row) => ("places" in row ? `… ${row.places}` : row.user_id));

test("the people around a far rank stand below the head, with the places between", () => {
  const found = { rows: [person(1, 99), person(2, 98)], ownRank: 90, total: 100 };
  const around = [person(88, 9), person(89, 8), person(90, 7, "me"), person(91, 6)];
  const rows = rowsOf(found, around, own);
  expect(names(rows)).toEqual(["p1", "p2", "… 85", "p88", "p89", "me", "p91"]);
  expect(ahead(rows, own)?.user_id).toBe("p89");
});

test("who is on no list sees their own row where it would stand", () => {
  const found = { rows: [person(1, 99), person(3, 5)], ownRank: 2, total: 2 };
  expect(names(rowsOf(found, [], own))).toEqual(["p1", "me", "p3"]);
  expect(names(rowsOf({ ...found, ownRank: null }, [], own))).toEqual(["p1", "p3"]);
});

test("nobody is to be caught up with by who leads or shares the place", () => {
  const tie = { rows: [person(1, 7, "a"), person(1, 7, "me")], ownRank: 1, total: 2 };
  expect(ahead(rowsOf(tie, [], own), own)).toBeNull();
});

test("initials of a name", () => {
  expect(["zara-wong69", "demo", "a_b_c", "___", "42"].map(initials)).toEqual([
    "ZW",
    "D",
    "AB",
    "_",
    "4",
  ]);
});
