/** The invalidation of queries by a change, in this tab and in the others. */
import type { QueryClient, QueryKey } from "@tanstack/react-query";

import { auth, sharing } from "../api/client";
import { clock } from "../api/clock";
import { lastAnswers } from "./lastAnswers";
import { type KnownAnswers, nameOf } from "./shared";

/** The query keys to invalidate after each kind of change. */
const FOLLOWS = {
  began: [["active"], ["now"], ["plant"]],
  planted: [["plant"], ["garden"]],
  ended: [["active"], ["now"], ["figures"], ["me"], ["garden"], ["plant"]],
  labels: [["labels"]],
  // What carried it stays, without one.
  "label-gone": [["labels"], ["figures"], ["now"]],
  profile: [["me"], ["figures"]],
  devices: [["devices"]],
  "first-password": [["identities"], ["devices"]],
  "second-factor": [["second-factor"]],
  passkeys: [["passkeys"]],
  identities: [["identities"]],
  "api-tokens": [["api-tokens"]],
  // Rounds and breaks are worked out of them.
  preferences: [["preferences"], ["now"]],
  plan: [["plan"], ["figures"]],
  "days-off": [["days-off"], ["figures"]],
  imports: [["imports"]],
  // What comes of a file are entries and labels.
  imported: [["imports"], ["figures"], ["labels"]],
  // Entries, labels and notes: they are in figures of one's own, and in nothing that earns.
  told: [["figures"]],
  // What another device did to records, the one that runs too, and to lists of them.
  records: [["figures"], ["now"]],
  listed: [
    ["figures", "history"],
    ["figures", "records"],
    ["figures", "record"],
  ],
  day: [["figures"]],
} satisfies Record<string, QueryKey[]>;
export type ChangeKind = keyof typeof FOLLOWS;

/** The server's time, or an earlier one, since which each key was asked for anew. */
const anew = new Map<string, number>();

/** True where all that such a change affects was asked for after a moment of the server's. */
export const isAskedSince = (what: ChangeKind, moment: number): boolean =>
  FOLLOWS[what].every((key) =>
    key.some((_, end) => (anew.get(nameOf(key.slice(0, end + 1))) ?? -Infinity) > moment),
  );

let newDayAt = -Infinity;
/** The time since any tab saw a day begin: milliseconds. */
export const sinceNewDay = () => performance.now() - newDayAt;

/** The keys of one kind of change, or of several in one word; an older tab knows fewer. */
const keysOf = (what: string): QueryKey[] =>
  what.split(" ").flatMap((kind) => FOLLOWS[kind as ChangeKind] ?? []);

async function invalidate(
  client: QueryClient,
  what: string,
  told: KnownAnswers,
  since: number,
): Promise<void> {
  if (what === "day") newDayAt = performance.now();
  const keys = keysOf(what);
  for (const key of keys) if (!(nameOf(key) in told)) anew.set(nameOf(key), since);
  // A hidden tab takes the answers of the others, and fetches once it is seen again.
  const refetchType = document.visibilityState === "hidden" ? "none" : "active";
  // Of all kinds in one go: a query that two of them affect would be asked for twice.
  await client.invalidateQueries({
    refetchType,
    predicate: ({ queryKey }) =>
      !(nameOf(queryKey) in told) &&
      keys.some((key) => key.every((part, place) => queryKey[place] === part)),
  });
}

/** Take answers in this tab, before which no answer to an earlier request counts. */
export function takeAnswers(client: QueryClient, told: KnownAnswers): void {
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
  kinds: ChangeKind | readonly ChangeKind[] = "ended",
  told: KnownAnswers = {},
  news?: unknown,
): Promise<void> {
  const what = [kinds].flat().join(" ");
  const since = clock.earliest();
  sharing.changed({ what, told, news });
  takeAnswers(client, told);
  await invalidate(client, what, told, since);
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
    lastAnswers.forget();
    anew.clear();
  });
  sharing.onChange = ({ what, told, news }, since) => {
    if (news !== undefined) for (const listener of listeners) listener(news);
    takeAnswers(client, told);
    void invalidate(client, what, told, since);
  };
  sharing.onAnswer = (name, answer) => {
    const queryKey = JSON.parse(name) as QueryKey;
    // Only queries that this tab has used: it fetches others when their page is opened.
    if (client.getQueryState(queryKey) !== undefined) client.setQueryData(queryKey, answer);
  };
}
