/** Queries that one tab fetches for all, and the answers that a change spares. */
import type { QueryClient, QueryFunctionContext, QueryKey } from "@tanstack/react-query";

import { budget, type Weight } from "../api/budget";
import { auth, sharing } from "../api/client";
import { ApiError } from "../api/errors";
import type { Change } from "../api/tabs/sharing";
import { lastAnswers } from "./lastAnswers";

/** The stale time of an answer: milliseconds. */
export const FRESH = 30_000;

export const nameOf = (key: QueryKey) => JSON.stringify(key);

/**
 * Fetch once for all tabs: a page without data takes another tab's fresh answer, unless it
 * was reloaded to see what is new. Without a weight it is the answer to another question.
 */
export function shared<T>(weight: Weight | null, ask: (client: QueryClient) => Promise<T>) {
  return async function answerOf(context: QueryFunctionContext): Promise<T> {
    const { client, queryKey } = context;
    const isNew = client.getQueryData(queryKey) === undefined;
    const page = "pageParam" in context ? [context.pageParam ?? null] : [];
    const name = nameOf([...queryKey, ...page]);
    const asked = { user: auth.user ?? "", round: sharing.round };
    const fetchIt = async () => {
      if (weight !== null) budget.take(weight);
      const answer = await ask(client);
      lastAnswers.keep(name, asked, answer);
      return answer;
    };
    // A change makes every tab ask. A slow one came after the answer, and asked again.
    const recent = client.getQueryState(queryKey)?.isInvalidated ? FRESH : undefined;
    try {
      const oldest = isNew && !isJustReloaded() ? FRESH : 0;
      const answer = await sharing.ask(name, oldest, fetchIt, recent);
      // An invalidation does not send a first request again: its answer, of before the change,
      // would stand as the newest.
      const isOvertaken = isNew && sharing.round !== asked.round;
      return isOvertaken && client.getQueryState(queryKey)?.isInvalidated
        ? await answerOf(context)
        : answer;
    } catch (error) {
      if (!isNew || !(error instanceof ApiError) || error.status !== 429) throw error;
      const last = lastAnswers.of(name, asked);
      if (last === undefined) throw error;
      // Shown at once, and asked for as soon as that is allowed.
      const again = () => void client.invalidateQueries({ queryKey, exact: true });
      setTimeout(again, (error.retryAfter ?? 60) * 1000);
      return last as T;
    }
  };
}

/** The answers of a change, by the key of the query that they spare. */
export type KnownAnswers = Change["told"];
export const knownAnswer = <T>(queryKey: QueryKey, answer: T): KnownAnswers => ({
  [nameOf(queryKey)]: answer,
});

/** The start of the scripts: a slow network brings them long after the reload began. */
const STARTED = performance.now();

/** True where this page was reloaded a moment ago, to see what is new. */
function isJustReloaded(): boolean {
  const [came] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return came?.type === "reload" && performance.now() - STARTED < 5_000;
}
