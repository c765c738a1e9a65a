/** The session that was last seen running: its outcome is shown, also after a reload. */
import type { Schemas } from "../api/client";
import { storage } from "../api/tabs/storage";

const NAME = "focusguard-running";
const SEEN = "focusguard-seen";
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
  /** Keep what is shown of it, for a page that is opened without a network. */
  see(session: Schemas["RunningSession"]): void {
    storage.set(SEEN, JSON.stringify(session));
  },
  /** The session of this user as it was last seen, if it has not ended since. */
  seen(user: string | null): Schemas["RunningSession"] | null {
    try {
      const session = JSON.parse(storage.get(SEEN) ?? "") as Schemas["RunningSession"];
      return session.user_id === user && session.id === lastSession.of(user) ? session : null;
    } catch {
      return null;
    }
  },
  forget(): void {
    storage.remove(NAME);
    storage.remove(SEEN);
  },
};
