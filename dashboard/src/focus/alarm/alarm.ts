/** The alarm at the end of a session: one for all tabs; its failures never break a page. */
import { ourLocks } from "../../api/tabs/locks";
import { storage } from "../../api/tabs/storage";
import { text } from "../../text";
import { mayNotify, notify } from "./notifications";
import { isReady, play } from "./sound";

const WANTED = "focusguard-bell";
const RUNG = "focusguard-rung";
const words = text.focus;

export const isWanted = (): boolean => storage.get(WANTED) === "on";
export const want = (on: boolean): void => storage.set(WANTED, on ? "on" : "off");

/** True where the alarm is wanted, but would be neither shown nor played before a click. */
export const isMute = async (): Promise<boolean> =>
  isWanted() && !mayNotify() && !(await isReady());

/**
 * Ring for the end of a session of `minutes`, if that is wanted and no other tab does.
 * False where the alarm should have been heard and could not.
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

/** Claim the alarm of a session for this tab; false where another tab has it. */
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
        // Held while other tabs reach the same end, for browsers that refuse storage.
        return ours ? new Promise((over) => setTimeout(over, 60_000)) : undefined;
      });
    hold().catch(() => resolve(claim()));
  });
}
