/** Queries that one tab fetches for all, and the answers that a change spares. */
import type { QueryClient, QueryFunctionContext, QueryKey } from "@tanstack/react-query";

import { budget, type Weight } from "../api/budget";
import { sharing } from "../api/client";
import type { Change } from "../api/tabs/sharing";

/** The stale time of an answer: milliseconds. */
export const FRESH = 30_000;

export const nameOf = (key: QueryKey) => JSON.stringify(key);

/**
 * Fetch once for all tabs: a page without data takes another tab's fresh answer, unless it
 * was reloaded to see what is new.
 */
export function shared<T>(weight: Weight, ask: (client: QueryClient) => Promise<T>) {
  return ({ client, queryKey, ...context }: QueryFunctionContext): Promise<T> => {
    const isNew = client.getQueryData(queryKey) === undefined && !isJustReloaded();
    const page = "pageParam" in context ? [context.pageParam ?? null] : [];
    return sharing.ask(nameOf([...queryKey, ...page]), isNew ? FRESH : 0, () => {
      budget.take(weight);
      return ask(client);
    });
  };
}

/** The answers of a change, by the key of the query that they spare. */
export type KnownAnswers = Change["told"];
export const knownAnswer = <T>(queryKey: QueryKey, answer: T): KnownAnswers => ({
  [nameOf(queryKey)]: answer,
});

/** True where this page was reloaded a moment ago, to see what is new. */
function isJustReloaded(): boolean {
  const [came] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return came?.type === "reload" && performance.now() < 5_000;
}
