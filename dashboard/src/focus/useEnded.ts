/** The session that ended last: shown in its place until it is put away. */
import { useCallback, useState } from "react";

import { clock } from "../api/clock";
import { ring } from "./alarm/alarm";
import type { FocusState } from "./context";
import type { Session } from "./outbox/sessionRequests";
import { ranOut } from "./timer/progress";

/** The age of an end up to which the alarm rings: milliseconds. */
export const BELL_WITHIN = 90_000;
/** The age of an end up to which it is shown: milliseconds. */
const NEWS_WITHIN = 12 * 3600_000;

/** True for a session that ran to its end, recently enough to be shown. */
export const isNews = (over: Session) =>
  ranOut(over) && clock.now() - Date.parse(over.ended_at ?? "") < NEWS_WITHIN;

export function useEnded() {
  const [ended, setEnded] = useState<FocusState["ended"]>(null);

  /** Show the ended session, and ring where it ran out just now. */
  const show = useCallback((over: Session, isLocal = false) => {
    setEnded((now) => ({
      session: over,
      unheard: now?.session.id === over.id && now.unheard,
      isLocal,
    }));
    const isNow = ranOut(over) && clock.now() - Date.parse(over.ended_at ?? "") < BELL_WITHIN;
    if (!isNow || over.status !== "completed") return;
    void ring(over.id, over.focus_min).then((told) => {
      if (!told) setEnded((now) => (now?.session.id === over.id ? { ...now, unheard: true } : now));
    });
  }, []);

  return { ended, setEnded, show };
}
