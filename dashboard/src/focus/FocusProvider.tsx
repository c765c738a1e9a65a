import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";

import { auth } from "../api/client";
import { clock } from "../api/clock";
import { type ChangeKind, onNews, refreshFigures } from "../queries/changes";
import { active, plantOf } from "../queries/queries";
import { knownAnswer, type KnownAnswers, shared } from "../queries/shared";
import { FocusContext, type FocusState } from "./context";
import { lastSession } from "./lastSession";
import { endOf, ranOut } from "./timer/progress";
import { ring } from "./alarm/alarm";
import type { Errand } from "./outbox/errands";
import type { Outcome } from "./outbox/sender";
import { askSession, type ErrandAnswer, sender, type Session } from "./outbox/sessionRequests";
import { useStarting } from "./start/useStarting";
import { SessionEffects, UnseenEndTitle } from "./timer/SessionEffects";

/** The age of an end up to which the alarm rings: milliseconds. */
const BELL_WITHIN = 90_000;
/** The age of an end up to which it is shown: milliseconds. */
const NEWS_WITHIN = 12 * 3600_000;

/** True for a session that ran to its end, recently enough to be shown. */
const isNews = (over: Session) =>
  ranOut(over) && clock.now() - Date.parse(over.ended_at ?? "") < NEWS_WITHIN;

/** An errand that another tab sent, and its outcome. */
type Settled = { errand: Errand; outcome: { answer: ErrandAnswer } | { refused: string } };

function hear(news: unknown): void {
  const { errand, outcome } = news as Settled;
  const isRefused = "refused" in outcome;
  sender.settle(errand, isRefused ? { refused: new Error(outcome.refused) } : outcome);
}

/** The answers that an errand's outcome spares, by the key of their query. */
function answersOf(outcome: Outcome<ErrandAnswer>): KnownAnswers {
  const answer = "answer" in outcome ? outcome.answer : null;
  if (answer === null) return {};
  if ("runs" in answer) return knownAnswer(active.queryKey, answer.runs);
  if ("planted" in answer)
    return knownAnswer(plantOf(answer.planted.session_id).queryKey, answer.planted);
  return answer.isLast ? knownAnswer(active.queryKey, { has_active: false, session: null }) : {};
}

/** The provider of the user's running session, which ends at its end on every page. */
export function FocusProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const running = useQuery(active);
  const session = running.data?.session;
  const { waiting, pause } = useSyncExternalStore(sender.subscribe, sender.snapshot);
  const [ended, setEnded] = useState<FocusState["ended"]>(null);
  const [refused, setRefused] = useState<Error | null>(null);
  // Another tab may have begun the next one: what was shown before it is over.
  if (session && ended && session.id !== ended.session.id) setEnded(null);

  const changed = useCallback(
    (what: ChangeKind = "ended", told: KnownAnswers = {}, news?: Settled) =>
      refreshFigures(client, what, told, news),
    [client],
  );

  const { starting, notStarted, begin, doNotStart } = useStarting(changed);

  /** Show the ended session, and ring where it ran out just now. */
  const show = useCallback((over: Session) => {
    setEnded((now) => ({
      session: over,
      unheard: now?.session.id === over.id && now.unheard,
    }));
    const isNow = ranOut(over) && clock.now() - Date.parse(over.ended_at ?? "") < BELL_WITHIN;
    if (!isNow || over.status !== "completed") return;
    void ring(over.id, over.focus_min).then((told) => {
      if (!told) setEnded((now) => (now?.session.id === over.id ? { ...now, unheard: true } : now));
    });
  }, []);

  useEffect(() => sender.start(), []);
  useEffect(() => onNews(hear), []);
  const known = useRef<string | null>(null);
  useEffect(
    () =>
      sender.onSettled((errand, outcome, { isMine, isHere }) => {
        const answer = "answer" in outcome ? outcome.answer : null;
        if ("refused" in outcome) {
          if (isMine) setRefused(outcome.refused);
        } else if (errand.what !== "plant" && !(answer && "runs" in answer)) {
          known.current = null;
          lastSession.forget();
          client.setQueryData(active.queryKey, (now) =>
            now?.session?.id === errand.session ? { has_active: false, session: null } : now,
          );
          // An end by the user is shown in the tab where it was asked for; a plan's end, in all.
          const over = answer && "ended" in answer ? answer.ended : null;
          if (over && (isMine || isNews(over))) show(over);
        }
        if (!isHere) return;
        const told =
          "refused" in outcome ? { refused: outcome.refused.message } : { answer: outcome.answer };
        const what = errand.what === "plant" ? "planted" : "ended";
        void changed(what, answersOf(outcome), { errand, outcome: told });
      }),
    [client, changed, show],
  );

  // A session that runs no more was ended by another tab, another device, or the server.
  const id = session === undefined ? undefined : (session?.id ?? null);
  const userId = session?.user_id;
  useEffect(() => {
    if (id === undefined) return;
    const before = known.current ?? lastSession.of(auth.user);
    known.current = id;
    if (id !== null && userId !== undefined) lastSession.keep(userId, id);
    if (before === null || before === id) return;
    const lookUp = async () => {
      const found = await client.fetchQuery({
        queryKey: ["session", before],
        queryFn: shared("timer", async () => {
          const over = await askSession(before);
          // The server shows it as ended before its minutes are credited: settle it now.
          const errand = { user: over.user_id, session: over.id };
          if (isNews(over)) void sender.put({ ...errand, what: "complete", due: true });
          return over;
        }),
      });
      if (id === null) lastSession.forget();
      if (isNews(found)) show(found);
    };
    lookUp().catch(() => undefined);
  }, [id, userId, client, show]);

  const end = (what: "complete" | "abandon", due = false) => {
    if (!session) return Promise.resolve();
    setRefused(null);
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

  const own = waiting.filter(({ user }) => user === (session?.user_id ?? auth.user));
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
    pause,
    takeBack: (errand) => {
      sender.cancel(errand);
      // The end may have arrived, and only its answer been lost.
      void changed();
    },
    refused,
    start: (wish) => {
      setRefused(null);
      setEnded(null);
      void begin(wish);
    },
    starting,
    doNotStart,
    notStarted,
    ended: shown,
    putAway: () => setEnded(null),
  };
  return (
    <FocusContext value={value}>
      {session && (
        <SessionEffects
          key={session.id}
          session={session}
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
