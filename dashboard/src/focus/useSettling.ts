/** What the outcome of an errand changes on this page, and in the other tabs. */
import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect } from "react";

import { say } from "../parts/floating/toasts";
import { type ChangeKind, onNews, refreshFigures } from "../queries/changes";
import { active, plantOf } from "../queries/queries";
import { knownAnswer, type KnownAnswers } from "../queries/shared";
import { lastSession } from "./lastSession";
import { type Errand, isOfSession } from "./outbox/errands";
import type { Outcome } from "./outbox/sender";
import { type ErrandAnswer, sender, type Session } from "./outbox/sessionRequests";
import { isNews } from "./useEnded";

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
  if (answer === null || "told" in answer) return {};
  if ("started" in answer) return {};
  if ("runs" in answer) return knownAnswer(active.queryKey, answer.runs);
  if ("planted" in answer)
    return knownAnswer(plantOf(answer.planted.session_id).queryKey, answer.planted);
  return answer.isLast ? knownAnswer(active.queryKey, { has_active: false, session: null }) : {};
}

const CHANGES: Partial<Record<Errand["what"], ChangeKind>> = {
  plant: "planted",
  start: "began",
  typed: "told",
};

/** Plant what was wished for with a start that had no network. */
function plantAfter(errand: Errand, answer: ErrandAnswer): void {
  if (errand.what !== "start" || answer === null || !("started" in answer)) return;
  const { plant } = errand.wish;
  const { user_id: user, id: session } = answer.started;
  if (plant !== null) void sender.put({ user, session, what: "plant", plant });
}

type Props = {
  /** The id of the session that was last known to run. */
  knownRef: RefObject<string | null>;
  show: (over: Session) => void;
  onRefused: (refused: Error) => void;
};

/** Send errands as long as this is shown, and let each outcome be seen. */
export function useSettling({ knownRef, show, onRefused }: Props): void {
  const client = useQueryClient();
  useEffect(() => sender.start(), []);
  useEffect(() => onNews(hear), []);
  useEffect(
    () =>
      sender.onSettled((errand, outcome, { isMine, isHere }) => {
        const answer = "answer" in outcome ? outcome.answer : null;
        if ("refused" in outcome) {
          // What has no place of its own on the page is said above it.
          if (isMine && isOfSession(errand)) onRefused(outcome.refused);
          else if (isMine) say(outcome.refused.message);
        } else if (!isOfSession(errand)) {
          // A start and an entry end nothing.
        } else if (errand.what !== "plant" && !(answer && "runs" in answer)) {
          knownRef.current = null;
          lastSession.forget();
          client.setQueryData(active.queryKey, (now) =>
            now?.session?.id === errand.session ? { has_active: false, session: null } : now,
          );
          // An end by the user is shown in the tab where it was asked for; a plan's end, in all.
          const over = answer && "ended" in answer ? answer.ended : null;
          if (over && (isMine || isNews(over))) show(over);
        }
        if (!isHere) return;
        plantAfter(errand, answer);
        const told: Settled["outcome"] =
          "refused" in outcome ? { refused: outcome.refused.message } : { answer: outcome.answer };
        const news: Settled = { errand, outcome: told };
        void refreshFigures(client, CHANGES[errand.what] ?? "ended", answersOf(outcome), news);
      }),
    [client, knownRef, show, onRefused],
  );
}
