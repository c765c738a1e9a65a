/** The bell at the end: one for all tabs, and nothing of it may ever break anything. */
import { ourLocks } from "../api/locks";
import { storage } from "../api/storage";
import { text } from "../text";
import { mayNotify, notify } from "./notices";
import { isReady, play } from "./sound";

const WANTED = "focusguard-bell";
const RUNG = "focusguard-rung";
const words = text.focus;

export const isWanted = (): boolean => storage.get(WANTED) === "on";
export const want = (on: boolean): void => storage.set(WANTED, on ? "on" : "off");

/** Whether the bell is wanted, and could do nothing now but for a touch. */
export const isMute = async (): Promise<boolean> =>
  isWanted() && !mayNotify() && !(await isReady());

/**
 * Say that the `minutes` of a session are over, if that is wanted and no other tab does.
 * False where it should have been told and could not.
 */
export async function ring(session: string, minutes: number): Promise<boolean> {
  try {
    if (!isWanted()) return true;
    // A tab that can be heard goes first.
    if (await isMute()) await new Promise((resolve) => setTimeout(resolve, 700));
    if (!(await isOurs(session))) return true;
    const told = await Promise.all([
      notify(words.notification, words.notificationBody(minutes)),
      play(),
    ]);
    return told.includes(true);
  } catch {
    return false;
  }
}

/** Whether this tab is the one that rings for a session. */
function isOurs(session: string): Promise<boolean> {
  const claim = () => {
    if (storage.get(RUNG) === session) return false;
    storage.set(RUNG, session);
    return true;
  };
  const locks = ourLocks();
  if (locks === undefined) return Promise.resolve(claim());
  return new Promise((resolve) => {
    const hold = async () =>
      locks.request(`${RUNG}-${session}`, { ifAvailable: true }, (lock) => {
        const ours = lock !== null && claim();
        resolve(ours);
        // Held while other tabs come to the same end: their storage may be refused.
        return ours ? new Promise((over) => setTimeout(over, 60_000)) : undefined;
      });
    hold().catch(() => resolve(claim()));
  });
}
