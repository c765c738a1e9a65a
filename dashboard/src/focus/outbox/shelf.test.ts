import { beforeEach, expect, test, vi } from "vitest";

import type { Errand } from "./errands";
import { plainShelf } from "./plainShelf";

const database = vi.hoisted(() => ({ lists: new Map<string, unknown>(), isRefused: false }));
vi.mock("idb-keyval", () => ({
  createStore: () => database,
  update: async (user: string, to: (list: unknown) => unknown) => {
    if (database.isRefused) throw new Error("refused");
    database.lists.set(user, to(database.lists.get(user)));
  },
  del: async (user: string) => {
    if (database.isRefused) throw new Error("refused");
    database.lists.delete(user);
  },
  values: async () => [...database.lists.values()],
}));

const END = { what: "abandon", user: "alice", session: "s1", at: Date.now() } as const;
const OF_BOB = { ...END, user: "bob", session: "s2", at: Date.now() + 1 } as const;
const names = (kept: Errand[]) => kept.map((errand) => errand.session);

/** The shelf of a page that has just been opened. */
async function opened() {
  vi.resetModules();
  return (await import("./shelf")).shelf;
}

beforeEach(() => {
  database.lists.clear();
  database.isRefused = false;
});

test("each user has a list, of which one errand is dropped at a time", async () => {
  const shelf = await opened();
  await Promise.all([shelf.keep(END), shelf.keep({ ...END, session: "s3" }), shelf.keep(OF_BOB)]);
  expect([...database.lists.keys()]).toEqual(["alice", "bob"]);
  await shelf.drop(END);
  expect(names(await (await opened()).all())).toEqual(["s3", "s2"]);
  expect(shelf.isSafe(OF_BOB)).toBe(true);
});

test("an errand that is another by now is not divided", async () => {
  const shelf = await opened();
  await shelf.keep({ ...END, at: END.at + 5 });
  expect(await shelf.swap(END, [OF_BOB])).toBe(false);
  expect(await shelf.swap({ ...END, at: END.at + 5 }, [{ ...END, session: "s4" }])).toBe(true);
  expect(names(await shelf.all())).toEqual(["s4"]);
});

test("what an earlier version kept moves over, and is kept once", async () => {
  plainShelf.keep(END);
  const shelf = await opened();
  expect(names(await shelf.all())).toEqual(["s1"]);
  expect(localStorage.length).toBe(0);
  expect(names(await (await opened()).all())).toEqual(["s1"]);
});

test("where the database is refused, it is kept as it was before there was one", async () => {
  database.isRefused = true;
  const shelf = await opened();
  await shelf.keep(END);
  expect(names(await shelf.all())).toEqual(["s1"]);
  expect(shelf.isSafe(END)).toBe(true);
  expect(await shelf.swap(END, [OF_BOB])).toBe(true);
  expect(names(await shelf.all())).toEqual(["s2"]);
  await shelf.drop(OF_BOB);
  expect(localStorage.length).toBe(0);
});

test.each([false, true])(
  "an account that is gone leaves nothing (refused: %s)",
  async (isRefused) => {
    database.isRefused = isRefused;
    const shelf = await opened();
    for (const errand of [END, { ...END, session: "s3" }, OF_BOB]) await shelf.keep(errand);
    await shelf.dropAllOf("alice");
    expect(names(await (await opened()).all())).toEqual(["s2"]);
    expect(database.lists.has("alice")).toBe(false);
  },
);
