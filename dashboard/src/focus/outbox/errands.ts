/**
 * The outbox: errands that no answer has settled yet, kept over reloads and closing, one
 * entry each, so that no tab overwrites another's. Tokens are never stored here.
 */
import { storage } from "../../api/tabs/storage";

/** A change of a session that the user asked for. */
export type Wanted = {
  /** The user's id: no other sign-in may send it. */
  user: string;
  session: string;
} & (
  | {
      what: "complete";
      /** The time ran out, so the server is asked whether it did. */ due: boolean;
    }
  | { what: "abandon" }
  | { what: "plant"; plant: string }
);
/** `at` is the moment of the user's act, in milliseconds: the oldest is sent first. */
export type Errand = Wanted & { at: number };

const PREFIX = "focusguard-errand:";
/** The age at which an errand is dropped: the server has ended its session by itself. */
const WORTH = 7 * 24 * 3600 * 1000;

export const nameOf = ({ what, session }: Wanted) =>
  `${PREFIX}${what === "plant" ? "plant" : "end"}:${session}`;

function read(name: string): Errand | null {
  try {
    const kept = JSON.parse(storage.get(name) ?? "") as Partial<Errand>;
    const isWhole =
      typeof kept.user === "string" &&
      typeof kept.session === "string" &&
      typeof kept.at === "number" &&
      Math.abs(Date.now() - kept.at) < WORTH &&
      ["complete", "abandon", "plant"].includes(kept.what ?? "");
    if (isWhole) return kept as Errand;
  } catch {
    // Not ours, or half written.
  }
  storage.remove(name);
  return null;
}

export const errands = {
  prefix: PREFIX,
  keep(wanted: Wanted): void {
    const errand: Errand = { ...wanted, at: Date.now() };
    storage.set(nameOf(errand), JSON.stringify(errand));
  },
  drop(errand: Errand): void {
    storage.remove(nameOf(errand));
  },
  isKept(errand: Errand): boolean {
    return storage.get(nameOf(errand)) !== null;
  },
  /** True where it outlasts closing the page: storage may be refused or full. */
  isSafe(errand: Errand): boolean {
    return storage.isSafe(nameOf(errand));
  },
  all(): Errand[] {
    return storage
      .names(PREFIX)
      .map(read)
      .filter((errand) => errand !== null)
      .sort((one, other) => one.at - other.at);
  },
};
