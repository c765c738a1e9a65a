import { createContext, useContext } from "react";

import type { Schemas } from "../api/client";
import type { Errand } from "./outbox/errands";
import type { Pause } from "./outbox/retry";
import type { Session, Wish } from "./outbox/sessionRequests";

/** The session of the signed-in user: one for all pages, since no page owns it. */
export type FocusState = {
  /** The running session; undefined until it is known. */
  session: Schemas["RunningSession"] | null | undefined;
  /** The error of the query for it. */
  unknown: Error | null;
  askAgain: () => void;

  complete: () => void;
  giveUp: () => void;
  /** The end of `session` that was asked for and is not answered yet. */
  ending: Errand | null;
  /** The user's errands that wait, of any session. */
  waiting: Errand[];
  /** The reason and the end of their pause; null while they are sent. */
  pause: Pause | null;
  takeBack: (errand: Errand) => void;
  /** The refusal of an end or a plant. */
  refused: Error | null;

  start: (wish: Wish) => void;
  /** The start that is not answered yet. */
  starting: { wish: Wish; pause: Pause | null } | null;
  doNotStart: () => void;
  notStarted: Error | null;

  /** The session that ended last, until it is put away; `unheard` where no alarm was heard. */
  ended: { session: Session; unheard: boolean } | null;
  putAway: () => void;
};

export const FocusContext = createContext<FocusState | null>(null);

export function useFocus(): FocusState {
  const focus = useContext(FocusContext);
  if (focus === null) throw new Error("useFocus is used outside of FocusProvider");
  return focus;
}
