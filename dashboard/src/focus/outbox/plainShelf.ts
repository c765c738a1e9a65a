/**
 * The place of errands where IndexedDB is refused: `localStorage`, or the page's memory. One
 * entry an errand, so that no tab overwrites another's.
 */
import { storage } from "../../api/tabs/storage";
import { type Errand, errandOf, nameOf } from "./errands";

export const PREFIX = "focusguard-errand:";

function read(name: string): Errand | null {
  try {
    const errand = errandOf(JSON.parse(storage.get(name) ?? ""));
    if (errand !== null) return errand;
  } catch {
    // Not ours, or half written.
  }
  storage.remove(name);
  return null;
}

export const plainShelf = {
  all: (): Errand[] =>
    storage
      .names(PREFIX)
      .map(read)
      .filter((errand) => errand !== null),
  keep: (errand: Errand): void => storage.set(PREFIX + nameOf(errand), JSON.stringify(errand)),
  drop: (errand: Errand): void => storage.remove(PREFIX + nameOf(errand)),
  /** True where it outlasts closing the page: storage may be refused or full. */
  isSafe: (errand: Errand): boolean => storage.isSafe(PREFIX + nameOf(errand)),
};
