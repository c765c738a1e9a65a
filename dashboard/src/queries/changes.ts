/** The invalidation of queries by a change, in this tab and in the others. */
import type { QueryClient, QueryKey } from "@tanstack/react-query";

import { auth, sharing } from "../api/client";
import { nameOf, type Told } from "./shared";

/** The query keys to invalidate after each kind of change. */
const FOLLOWS = {
  began: [["active"], ["plant"]],
  planted: [["plant"], ["garden"]],
  ended: [["active"], ["figures"], ["me"], ["garden"], ["plant"]],
  profile: [["me"], ["figures"]],
  devices: [["devices"]],
  day: [["figures"]],
} satisfies Record<string, QueryKey[]>;
export type Change = keyof typeof FOLLOWS;

let newDayAt = -Infinity;
/** The time since any tab saw a day begin: milliseconds. */
export const sinceNewDay = () => performance.now() - newDayAt;

async function invalidate(client: QueryClient, what: Change, told: Told): Promise<void> {
  if (what === "day") newDayAt = performance.now();
  // A tab that nobody sees is told what others ask, and asks when somebody comes back.
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

function takeTold(client: QueryClient, told: Told): void {
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
  what: Change = "ended",
  told: Told = {},
  news?: unknown,
): Promise<void> {
  sharing.changed({ what, told, news });
  takeTold(client, told);
  await invalidate(client, what, told);
}

const hearers = new Set<(news: unknown) => void>();

/** Call `hear` with the news of other tabs' changes, before queries are invalidated. */
export function onNews(hear: (news: unknown) => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

/** Take the answers of other tabs, and invalidate queries after their changes. */
export function listenToTabs(client: QueryClient): void {
  auth.onChange((isSignedIn) => {
    if (isSignedIn) return;
    // The next person finds nothing of this one.
    client.clear();
    sharing.clear();
  });
  sharing.onChange = ({ what, told, news }) => {
    if (news !== undefined) for (const hear of hearers) hear(news);
    takeTold(client, told);
    void invalidate(client, what as Change, told);
  };
  sharing.onAnswer = (name, answer) => {
    const queryKey = JSON.parse(name) as QueryKey;
    // Only what this tab has looked at: the rest it asks for when it is opened.
    if (client.getQueryState(queryKey) !== undefined) client.setQueryData(queryKey, answer);
  };
}
