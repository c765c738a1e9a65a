import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useRef, useState, useSyncExternalStore } from "react";

import { auth } from "../api/client";
import { clock } from "../api/clock";
import { usePolling } from "../live/liveness";
import { type ChangeKind, refreshFigures } from "../queries/changes";
import { usePreferences } from "../queries/preferences";
import { active } from "../queries/queries";
import type { KnownAnswers } from "../queries/shared";
import { ring } from "./alarm/alarm";
import { useSessionSound } from "./ambient/useSessionSound";
import { FocusContext, type FocusState } from "./context";
import { lastSession } from "./lastSession";
import { isOfSession } from "./outbox/errands";
import { LocalEffects } from "./outbox/LocalEffects";
import { sender, type Wish } from "./outbox/sessionRequests";
import { useLocalSession } from "./outbox/useLocalSession";
import { useAutoStart } from "./rhythm/useAutoStart";
import { usePhase } from "./rhythm/usePhase";
import { lastWish } from "./start/lastWish";
import { useStarting } from "./start/useStarting";
import { endOf, ranOut } from "./timer/progress";
import { SessionEffects, UnseenEndTitle } from "./timer/SessionEffects";
import { BELL_WITHIN, useEnded } from "./useEnded";
import { useEndElsewhere } from "./useEndElsewhere";
import { useSettling } from "./useSettling";

/** The polling interval for another device's start or end, of a visible page. */
const POLL_INTERVAL = 20_000;

/** The provider of the user's running session, which ends at its end on every page. */
export function FocusProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { ended, setEnded, show } = useEnded();
  // Without a network the session that was last seen is shown, until an answer says better.
  const seen = auth.isProven ? null : lastSession.seen(auth.user);
  const running = useQuery({
    ...active,
    refetchInterval: usePolling(POLL_INTERVAL),
    ...(seen && { placeholderData: { has_active: true, session: seen } }),
  });
  const { waiting, pause: sendingPause } = useSyncExternalStore(sender.subscribe, sender.snapshot);
  const kept = waiting.filter(({ user }) => user === auth.user);
  const local = useLocalSession(kept, show);
  const verified = running.data?.session;
  const isUnknown = verified === undefined && auth.isProven;
  const session = verified ?? local?.session ?? (isUnknown ? undefined : null);
  const [refused, setRefused] = useState<Error | null>(null);
  // Another tab may have begun the next one: what was shown before it is over.
  if (session && ended && session.id !== ended.session.id) setEnded(null);

  const changed = useCallback(
    (what: ChangeKind = "ended", told: KnownAnswers = {}) => refreshFigures(client, what, told),
    [client],
  );

  const { starting, notStarted, begin, beginAlong, doNotStart } = useStarting(changed);
  const { focus_min, species } = usePreferences();
  const rhythm = usePhase();
  const auto = useAutoStart(session === null && !starting ? rhythm : undefined, beginAlong);
  // The break that was left for another start, by the moment in which it began.
  const [skipped, setSkipped] = useState<string | null>(null);
  const breakBegan = rhythm?.phase.break?.started_at ?? null;
  const beginSound = useSessionSound(Boolean(session) || starting !== null);

  // A session that runs no more was ended by another tab, another device, or the server.
  const known = useRef<string | null>(null);
  useSettling({ knownRef: known, show, onRefused: setRefused });
  useEndElsewhere(verified, known, show);

  const end = (what: "complete" | "abandon", due = false) => {
    if (!session) return Promise.resolve();
    setRefused(null);
    if (!verified && local) return local.end(what) ?? Promise.resolve();
    const errand = { user: session.user_id, session: session.id };
    return sender.put(what === "complete" ? { ...errand, what, due } : { ...errand, what });
  };
  const dueNow = async () => {
    if (!session) return;
    const late = new Promise((resolve) => setTimeout(resolve, 3000));
    await Promise.race([end("complete", true), late]);
    // No answer came: it is kept, and the time is up all the same.
    const isKept = sender.snapshot().waiting.some((errand) => errand.session === session.id);
    const since = clock.now() - (endOf(session) ?? 0);
    if (isKept && since < BELL_WITHIN) await ring(session.id, session.duration_min ?? 0);
  };

  const first = { minutes: focus_min, plant: "Rose", label: null };
  const last = lastWish.of(auth.user) ?? first;
  // The usual plant of the settings stands before the last one.
  const next = { ...last, plant: species ?? last.plant };
  const start = (wish: Wish) => {
    setRefused(null);
    setEnded(null);
    beginSound();
    void begin(wish);
  };
  const own = kept.filter(isOfSession);
  const ending =
    own.find((errand) => errand.session === session?.id && errand.what !== "plant") ?? null;
  const shown = session ? null : ended;
  const value: FocusState = {
    session,
    unknown: running.error,
    askAgain: () => void running.refetch(),
    complete: () => void end("complete"),
    giveUp: () => void end("abandon"),
    ending,
    waiting: own,
    kept,
    isUnverified: !verified && local !== null,
    pause: sendingPause,
    takeBack: (errand) => {
      sender.cancel(errand);
      // The end may have arrived, and only its answer been lost.
      void changed();
    },
    refused,
    start,
    starting,
    doNotStart,
    notStarted,
    ended: shown,
    putAway: () => setEnded(null),
    rhythm,
    takeBreak: () => {
      setEnded(null);
      setSkipped(null);
    },
    skipBreak: () => {
      setEnded(null);
      setSkipped(breakBegan);
    },
    isBreakSkipped: breakBegan !== null && skipped === breakBegan,
    next,
    again: (minutes) => {
      start({ ...next, note: "", ...(minutes !== undefined && { minutes }) });
    },
    auto,
  };
  return (
    <FocusContext value={value}>
      {!verified && local && (
        <LocalEffects key={local.session.id} session={local.session} onDue={local.due} />
      )}
      {verified && (
        <SessionEffects
          key={verified.id}
          session={verified}
          isHeld={ending !== null || refused !== null}
          isPlanting={own.some(({ what }) => what === "plant")}
          onDue={() => void dueNow()}
          onClockMoved={() => void running.refetch()}
        />
      )}
      {shown && ranOut(shown.session) && <UnseenEndTitle key={shown.session.id} />}
      {children}
    </FocusContext>
  );
}
