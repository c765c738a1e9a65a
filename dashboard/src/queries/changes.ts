/** The invalidation of queries by a change, in this tab and in the others. */
import type { QueryClient, QueryKey } from "@tanstack/react-query";

import { auth, sharing } from "../api/client";
import { type KnownAnswers, nameOf } from "./shared";

/** The query keys to invalidate after each kind of change. */
const FOLLOWS = {
  began: [["active"], ["plant"]],
  planted: [["plant"], ["garden"]],
  ended: [["active"], ["figures"], ["me"], ["garden"], ["plant"]],
  profile: [["me"], ["figures"]],
  devices: [["devices"]],
  day: [["figures"]],
} satisfies Record<string, QueryKey[]>;
export type ChangeKind = keyof typeof FOLLOWS;

let newDayAt = -Infinity;
/** The time since any tab saw a day begin: milliseconds. */
export const sinceNewDay = () => performance.now() - newDayAt;

async function invalidate(
  client: QueryClient,
  what: ChangeKind,
  told: KnownAnswers,
): Promise<void> {
  if (what === "day") newDayAt = performance.now();
  // A hidden tab takes the answers of the others, and fetches once it is seen again.
  const refetchType = document.visibilityState === "hidden" ? "none" : "active";
  await Promise.all(
    FOLLOWS[what].map((queryKey) =>
      client.invalidateQueries({
        queryKey,
        refetchType,
        predicate: (query) => !(nameOf(query.queryKey) in told),
      }),
    ),
  );
}

function takeAnswers(client: QueryClient, told: KnownAnswers): void {
  for (const [name, answer] of Object.entries(told)) {
    const queryKey = JSON.parse(name) as QueryKey;
    client.setQueryData(queryKey, answer);
    // An answer to a request from before the change comes too late.
    void client.cancelQueries({ queryKey, exact: true });
  }
}

/**
 * Invalidate the queries that a change affects, here and in the other tabs, but for those
 * that it answered by itself; `news` is passed on as it is.
 */
export async function refreshFigures(
  client: QueryClient,
  what: ChangeKind = "ended",
  told: KnownAnswers = {},
  news?: unknown,
): Promise<void> {
  sharing.changed({ what, told, news });
  takeAnswers(client, told);
  await invalidate(client, what, told);
}

const listeners = new Set<(news: unknown) => void>();

/** Call the listener with the news of other tabs' changes, before queries are invalidated. */
export function onNews(listener: (news: unknown) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Take the answers of other tabs, and invalidate queries after their changes. */
export function listenToTabs(client: QueryClient): void {
  auth.onChange((isSignedIn) => {
    if (isSignedIn) return;
    // The next user must find no data of this one.
    client.clear();
    sharing.clear();
  });
  sharing.onChange = ({ what, told, news }) => {
    if (news !== undefined) for (const listener of listeners) listener(news);
    takeAnswers(client, told);
    void invalidate(client, what as ChangeKind, told);
  };
  sharing.onAnswer = (name, answer) => {
    const queryKey = JSON.parse(name) as QueryKey;
    // Only queries that this tab has used: it fetches others when their page is opened.
    if (client.getQueryState(queryKey) !== undefined) client.setQueryData(queryKey, answer);
  };
}
