import { expect, test } from "vitest";

import { ambiguousDate, guessedRoles, isEnough, isKnown, tableOf, textOf, withRoles } from "./csv";

test.each([
  ["UTF-8", new TextEncoder().encode("Größe"), "Größe"],
  ["UTF-16 with its mark", new Uint8Array([255, 254, 65, 0]), "A"],
  ["a packed file", new Uint8Array([80, 75, 3, 4, 0, 255]), null],
  ["another encoding", new Uint8Array([71, 114, 246, 223, 101]), null],
])("%s is read as %s", (_, bytes, text) => {
  expect(textOf(new Uint8Array(bytes))).toBe(text);
});

test("rows are read by the delimiter that makes columns of them, quotes and all", () => {
  const text = 'sep=;\nStart;End;"What; and why"\n9:00;9:25;"He said ""yes""\nand left"\n';
  const table = tableOf(text);
  expect(table.header).toEqual(["Start", "End", "What; and why"]);
  expect(table.rows).toEqual([["9:00", "9:25", 'He said "yes"\nand left']]);
  expect(text.slice(table.to, table.to + 5)).toBe("\n9:00");
});

test.each([
  ["User,Project,Start date,Start time,End date,End time", true],
  ["date,project,task,minutes", true],
  ["Datum;Dauer;Projekt", false],
])("%s is a header that the service knows: %s", (line, known) => {
  expect(isKnown(tableOf(line).header)).toBe(known);
});

test("columns get the names that the service knows, and rows stay as they are", () => {
  const text = "Datum;Dauer;Projekt;Stimmung\n03.04.2026;25;Arbeit;gut\n";
  const table = tableOf(text);
  const roles = guessedRoles(table.header);
  expect(roles).toEqual(["date", "minutes", "label", null]);
  expect(withRoles(text, table, roles)).toBe(
    "date;minutes;label;column 4\n03.04.2026;25;Arbeit;gut\n",
  );
});

test("a column without a role that has the name of one is not taken for it", () => {
  const text = "date,date,minutes\n1,2,3";
  expect(withRoles(text, tableOf(text), [null, "date", "minutes"])).toBe(
    "column 1,date,minutes\n1,2,3",
  );
});

test.each([
  [["start", "end"], true],
  [["start", "minutes", "note"], true],
  [["date", "minutes"], true],
  [["date", "end"], false],
  [["start", null], false],
] as const)("%j is enough: %s", (roles, enough) => expect(isEnough([...roles])).toBe(enough));

test("a date that can be read in two ways is shown in both", () => {
  expect(ambiguousDate("date\n04/04/2026\n13/04/2026\n03/04/2026")).toEqual({
    written: "03/04/2026",
    day_first: "2026-04-03",
    month_first: "2026-03-04",
  });
  expect(ambiguousDate("2026-03-04")).toBeNull();
});
