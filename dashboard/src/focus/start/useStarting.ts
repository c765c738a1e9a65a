import { useCallback, useEffect, useRef, useState } from "react";

import { auth } from "../../api/client";
import type { ChangeKind } from "../../queries/changes";
import { active, plantOf } from "../../queries/queries";
import { knownAnswer, type KnownAnswers } from "../../queries/shared";
import { SharedStart } from "./sharedStart";
import type { FocusState } from "../context";
import type { Pause } from "../outbox/retry";
import { OPEN_AT_MOST } from "../timer/progress";
import { sender, type Session, start, startOnce, undo, type Wish } from "../outbox/sessionRequests";

const sharedStart = new SharedStart(() => auth.user);

/** Start a session, however long that has to wait, until it is answered or called off. */
export function useStarting(changed: (what: ChangeKind, told?: KnownAnswers) => Promise<void>) {
  const [starting, setStarting] = useState<FocusState["starting"]>(null);
  const [notStarted, setNotStarted] = useState<Error | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  // A start of another tab is shown here too, and can be called off here.
  const [elsewhere, setElsewhere] = useState<FocusState["starting"]>(null);

  const begin = useCallback(
    async (wish: Wish) => {
      const own = new AbortController();
      stop.current = own;
      setNotStarted(null);
      setStarting({ wish, pause: null });
      const onPause = (pause: Pause | null) => {
        if (stop.current === own) setStarting({ wish, pause });
      };
      let told: KnownAnswers = {};
      try {
        told = await startNow(wish, own.signal, onPause);
      } catch (error) {
        if (!own.signal.aborted) setNotStarted(error as Error);
      }
      if (stop.current === own) {
        stop.current = null;
        setStarting(null);
      }
      await changed("began", told);
    },
    [changed],
  );
  /**
   * Start once, with a key that other pages and devices have too: what is not answered at
   * once is dropped, since who is there now may not be there later.
   */
  const beginAlong = useCallback(
    async ({ key, ...wish }: Wish & { key: string }) => {
      try {
        plantFor(await startOnce(wish, key), wish);
      } catch {
        // Another device was first, or nobody answers: what runs is asked for below.
      }
      await changed("began");
    },
    [changed],
  );
  const callOff = useCallback(() => {
    stop.current?.abort();
    stop.current = null;
    setStarting(null);
  }, []);
  const doNotStart = useCallback(() => {
    if (stop.current) callOff();
    else sharedStart.stop();
  }, [callOff]);
  useEffect(() => sharedStart.tell(starting), [starting]);
  useEffect(() => {
    sharedStart.onStarting = setElsewhere;
    sharedStart.onStop = callOff;
    sharedStart.hello();
    const gone = () => sharedStart.tell(null);
    window.addEventListener("pagehide", gone);
    return () => {
      gone();
      window.removeEventListener("pagehide", gone);
    };
  }, [callOff]);
  return { starting: starting ?? elsewhere, notStarted, begin, beginAlong, doNotStart };
}

/** Not awaited: the session runs already, and the plant is sent by the outbox. */
function plantFor({ id, user_id }: Session, { plant }: Wish): void {
  if (plant !== null) void sender.put({ what: "plant", plant, user: user_id, session: id });
}

/** Start a session and its plant, and return the answers that this spares. */
async function startNow(
  wish: Wish,
  signal: AbortSignal,
  onPause: (pause: Pause | null) => void,
): Promise<KnownAnswers> {
  const session = await start(wish, signal, onPause);
  if (session === null) return {};
  if (signal.aborted) {
    await undo(session.id);
    return {};
  }
  plantFor(session, wish);
  const rest = (session.duration_min ?? OPEN_AT_MOST) * 60;
  return {
    ...knownAnswer(active.queryKey, {
      has_active: true,
      session: { ...session, elapsed_seconds: 0, remaining_seconds: rest, overdue: false },
    }),
    // A plant that follows is told of by its own errand.
    ...knownAnswer(plantOf(session.id).queryKey, null),
  };
}
