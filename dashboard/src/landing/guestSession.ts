/**
 * The first session of somebody without an account: a timer that this device alone knows. The
 * account that is made or signed in to takes it over like a start that had no network.
 */
import { newKey } from "../api/idempotencyKey";
import { storage } from "../api/tabs/storage";
import { errandOf, type LocalStart, newId } from "../focus/outbox/errands";
import { minutesOf } from "../focus/outbox/localSession";
import { clocks, momentNow, sender } from "../focus/outbox/sessionRequests";

export type GuestSession = LocalStart & { at: number };

const NAME = "focusguard-guest";
/** Nobody's id: it stands where the user's will. */
const NOBODY = "";

const listeners = new Set<() => void>();
let goesOn = false;
let known: { stored: string; session: GuestSession | null } | null = null;

function read(): GuestSession | null {
  const stored = storage.get(NAME) ?? "";
  if (known?.stored !== stored) known = { stored, session: parsed(stored) };
  return known.session;
}

function parsed(stored: string): GuestSession | null {
  try {
    const errand = errandOf(JSON.parse(stored));
    return errand?.what === "start" ? errand : null;
  } catch {
    return null;
  }
}

function write(session: GuestSession | null): void {
  if (session === null) storage.remove(NAME);
  else storage.set(NAME, JSON.stringify(session));
  for (const listener of listeners) listener();
}

export const guestSession = {
  read,

  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    // Another tab of this browser starts and ends it too.
    window.addEventListener("storage", listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener("storage", listener);
    };
  },

  start(minutes: number, plant: string): void {
    const wish = { minutes, plant, label: null, note: "" };
    const began = momentNow();
    const ids = { session: newId(), key: newKey() };
    write({ what: "start", user: NOBODY, ...ids, wish, began, at: Date.now() });
  },

  end(device = Date.now()): void {
    const session = read();
    if (session && !session.ended) write({ ...session, ended: { how: "complete", device } });
  },

  drop: (): void => write(null),

  /** The whole minutes that have passed, up to its end or its plan. */
  minutes(): number {
    const session = read();
    return session === null ? 0 : minutesOf(session, clocks());
  },

  /** True where a session was handed over that still ran: its timer is what comes next. */
  get goesOn(): boolean {
    return goesOn;
  },

  /** Hand it to a user: what has passed becomes an entry, what is left a session. */
  handTo(user: string): void {
    const session = read();
    if (session === null) return;
    write(null);
    goesOn = session.ended === undefined;
    void sender.put({ ...session, user });
  },
};
