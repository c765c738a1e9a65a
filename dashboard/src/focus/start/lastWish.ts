/** The length, plant and label of the last start on this device, for the next one. */
import { storage } from "../../api/tabs/storage";
import type { Wish } from "../outbox/sessionRequests";

const NAME = "focusguard-wish";
export type LastWish = Pick<Wish, "minutes" | "plant" | "label">;

export const lastWish = {
  keep(user: string | null, { minutes, plant, label }: LastWish): void {
    storage.set(NAME, JSON.stringify({ user, minutes, plant, label }));
  },
  /** The last wish of this user; null for who starts here for the first time. */
  of(user: string | null): LastWish | null {
    try {
      const kept = JSON.parse(storage.get(NAME) ?? "") as Partial<LastWish> & { user?: string };
      const { minutes = null, plant = null, label = null } = kept;
      return kept.user === user ? { minutes, plant, label } : null;
    } catch {
      return null;
    }
  },
  forget: (): void => storage.remove(NAME),
};
