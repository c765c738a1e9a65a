/**
 * The place where errands are kept over reloads and closing: one list a user in IndexedDB,
 * changed by single errands and in one transaction each, so that no tab loses another's.
 * Where a browser refuses that, they are kept as plainShelf.ts does. Tokens are never here.
 */
import { createStore, del, update, type UseStore, values } from "idb-keyval";

import { byAge, type Errand, errandOf, nameOf } from "./errands";
import { plainShelf } from "./plainShelf";

/** The time after which a database that has not answered is taken for refused: milliseconds. */
const SILENT = 10_000;

let store: UseStore | null = null;
let isRefused = false;

/** Do it in the database; null where the browser has none, refuses it or lets us wait. */
async function inDatabase<T>(run: (store: UseStore) => Promise<T>): Promise<T | null> {
  if (isRefused) return null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    store ??= createStore("focusguard", "outbox");
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("no answer")), SILENT);
    });
    return await Promise.race([run(store), late]);
  } catch {
    isRefused = true;
    return null;
  } finally {
    clearTimeout(timer);
  }
}

const without = (list: Errand[], errand: Errand) =>
  list.filter((one) => nameOf(one) !== nameOf(errand));

/** Change the list of a user; what it was before is returned. */
async function change(user: string, to: (list: Errand[]) => Errand[]): Promise<Errand[] | null> {
  let before: Errand[] = [];
  const done = await inDatabase(async (database) => {
    await update<Errand[]>(
      user,
      (list) => {
        before = list ?? [];
        return to(before);
      },
      database,
    );
    return true;
  });
  return done ? before : null;
}

const isSame = (one: Errand, other: Errand) => JSON.stringify(one) === JSON.stringify(other);

export const shelf = {
  async keep(errand: Errand): Promise<void> {
    const done = await change(errand.user, (list) => [...without(list, errand), errand]);
    if (done === null) plainShelf.keep(errand);
  },

  async drop(errand: Errand): Promise<void> {
    plainShelf.drop(errand);
    await change(errand.user, (list) => without(list, errand));
  },

  /** Put others in the place of an errand; false where it is gone, or is another by now. */
  async swap(errand: Errand, others: Errand[]): Promise<boolean> {
    const isThere = (list: Errand[]) => list.some((one) => isSame(one, errand));
    const before = await change(errand.user, (list) =>
      isThere(list) ? [...without(list, errand), ...others] : list,
    );
    if (before !== null) return isThere(before);
    if (!isThere(plainShelf.all())) return false;
    plainShelf.drop(errand);
    for (const other of others) plainShelf.keep(other);
    return true;
  },

  /** All errands of all users, the oldest first. */
  async all(): Promise<Errand[]> {
    // Of an earlier version, or of a moment in which the database was refused.
    for (const errand of plainShelf.all()) {
      const moved = await change(errand.user, (list) => [...without(list, errand), errand]);
      if (moved !== null) plainShelf.drop(errand);
    }
    const lists = (await inDatabase((database) => values<unknown>(database))) ?? [];
    const kept = lists.flat().map(errandOf);
    return [...kept.filter((errand) => errand !== null), ...plainShelf.all()].sort(byAge);
  },

  /** Drop all that a user left here. */
  async dropAllOf(user: string): Promise<void> {
    for (const errand of plainShelf.all()) if (errand.user === user) plainShelf.drop(errand);
    await inDatabase(async (database) => {
      await del(user, database);
      return true;
    });
  },

  /** True where it outlasts closing the page. */
  isSafe: (errand: Errand): boolean => !isRefused || plainShelf.isSafe(errand),
};
