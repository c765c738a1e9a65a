import { createContext, useContext } from "react";

import type { Schemas } from "../api/client";
import type { Errand, SessionErrand } from "./outbox/errands";
import type { Pause } from "./outbox/retry";
import type { Session, Wish } from "./outbox/sessionRequests";
import type { Phase } from "./rhythm/ticked";
import type { AutoStart } from "./rhythm/useAutoStart";
import type { LastWish } from "./start/lastWish";

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
  ending: SessionErrand | null;
  /** The user's ends and plants that wait, of any session that the server knows. */
  waiting: SessionErrand[];
  /** All that waits, also starts and entries that had no network. */
  kept: Errand[];
  /** True where `session` is known to this device alone. */
  isUnverified: boolean;
  /** The reason and the end of their pause; null while they are sent. */
  pause: Pause | null;
  takeBack: (errand: SessionErrand) => void;
  /** The refusal of an end or a plant. */
  refused: Error | null;

  start: (wish: Wish) => void;
  /** The start that is not answered yet. */
  starting: { wish: Wish; pause: Pause | null } | null;
  doNotStart: () => void;
  notStarted: Error | null;

  /**
   * The session that ended last, until it is put away; `unheard` where no alarm was heard,
   * `isLocal` where this device alone has seen it.
   */
  ended: { session: Session; unheard: boolean; isLocal: boolean } | null;
  putAway: () => void;

  /** The phase at a moment of the server's clock, both anew with each tick of a break. */
  rhythm: { phase: Phase; now: number } | undefined;
  /** Leave what has ended and see its break, which nobody has to start. */
  takeBreak: () => void;
  /** Leave the break for the start of another session. */
  skipBreak: () => void;
  isBreakSkipped: boolean;
  /** The length, plant and label of the next start: the last ones of this device. */
  next: LastWish;
  /** Start a session like the last one, of so many minutes if said; null is an open one. */
  again: (minutes?: number | null) => void;
  /** The round that begins by itself after the break. */
  auto: AutoStart | null;
};

export const FocusContext = createContext<FocusState | null>(null);

export function useFocus(): FocusState {
  const focus = useContext(FocusContext);
  if (focus === null) throw new Error("useFocus is used outside of FocusProvider");
  return focus;
}
