/** The session that was last seen running: its outcome is shown, also after a reload. */
import { storage } from "../api/tabs/storage";

const NAME = "focusguard-running";
type Last = { user: string; session: string };

export const lastSession = {
  keep(user: string, session: string): void {
    storage.set(NAME, JSON.stringify({ user, session } satisfies Last));
  },
  /** The session of this user, if one was seen. */
  of(user: string | null): string | null {
    try {
      const kept = JSON.parse(storage.get(NAME) ?? "") as Partial<Last>;
      return kept.user === user ? (kept.session ?? null) : null;
    } catch {
      return null;
    }
  },
  forget(): void {
    storage.remove(NAME);
  },
};
