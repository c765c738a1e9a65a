/** The queries of all pages, each under one key, so that a change is seen everywhere. */
import {
  type QueryClient,
  type QueryFunctionContext,
  type QueryKey,
  queryOptions,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";

import { budget, type Weight } from "../api/budget";
import { api, auth, data, type Schemas, sharing } from "../api/client";
import type { Change as Shared } from "../api/tabs/sharing";
import { askActive } from "../focus/outbox/sessionRequests";
import { isJustReloaded } from "../parts/time/hooks";

/** The stale time of an answer: milliseconds. */
export const FRESH = 30_000;
/** The polling interval for another device's start or end, of a visible page. */
const POLL_INTERVAL = 20_000;

const nameOf = (key: QueryKey) => JSON.stringify(key);

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

export type Board = "xp" | "focus-time" | "streak" | "sessions";

type Active = Schemas["ActiveSession"];

export const me = queryOptions({
  queryKey: ["me"],
  queryFn: shared("figures", () => data(api.GET("/api/users/me"))),
});
export const active = queryOptions({
  queryKey: ["active"],
  queryFn: shared("timer", async (client) => {
    const { round } = sharing;
    const before = client.getQueryData<Active>(["active"])?.session;
    const found: Active = await askActive();
    // No tab of ours has told of a change: it was another device, or the server.
    if (before !== undefined && before?.id !== found.session?.id && round === sharing.round) {
      const told = tell(["active"], found);
      void refreshFigures(client, before === null ? "began" : "ended", told);
    }
    return found;
  }),
  refetchInterval: POLL_INTERVAL,
});
export const stats = queryOptions({
  queryKey: ["figures", "me"],
  queryFn: shared("figures", () => data(api.GET("/api/stats/me"))),
});
export const daily = (days: number) =>
  queryOptions({
    queryKey: ["figures", "daily", days],
    queryFn: shared("figures", () =>
      data(api.GET("/api/stats/daily/{days}", { params: { path: { days } } })),
    ),
  });
export const trends = queryOptions({
  queryKey: ["figures", "trends"],
  queryFn: shared("figures", () => data(api.GET("/api/stats/trends"))),
});
export const species = queryOptions({
  queryKey: ["figures", "species"],
  queryFn: shared("figures", () => data(api.GET("/api/garden/species"))),
});
export const devices = queryOptions({
  queryKey: ["devices"],
  queryFn: shared("figures", () => data(api.GET("/api/auth/devices"))),
});
/** The plant of a session that runs or has just ended; null where nothing was planted. */
export const plantOf = (sessionId: string) =>
  queryOptions({
    queryKey: ["plant", sessionId],
    // Out of the newest: a request for it alone would log a 404 where nothing was planted.
    queryFn: shared("timer", async () => {
      const newest = await data(api.GET("/api/garden", { params: { query: { limit: 10 } } }));
      return newest.gardens.find((plant) => plant.session_id === sessionId) ?? null;
    }),
  });
export const board = (kind: Board) =>
  queryOptions({
    queryKey: ["figures", "board", kind],
    queryFn: shared("figures", () => {
      const query = { params: { query: { limit: 50 } } };
      switch (kind) {
        case "xp":
          return data(api.GET("/api/leaderboard/xp", query)).then(ranked("xp_points"));
        case "focus-time":
          return data(api.GET("/api/leaderboard/focus-time", query)).then(
            ranked("total_focus_min"),
          );
        case "streak":
          return data(api.GET("/api/leaderboard/streak", query)).then(ranked("best_streak"));
        case "sessions":
          return data(api.GET("/api/leaderboard/sessions", query)).then(ranked("total_sessions"));
      }
    }),
  });

type Row = { rank: number; user_id: string; username: string; lvl: number };
export type Ranked = {
  rows: (Row & { score: number })[];
  ownRank: number | null;
  total: number;
};

/** Give the four boards one shape. */
function ranked<Figure extends string>(figure: Figure) {
  return (told: {
    leaderboard: (Row & Record<Figure, number>)[];
    current_user_rank: number | null;
    total_users: number;
  }): Ranked => ({
    rows: told.leaderboard.map((row) => ({ ...row, score: row[figure] })),
    ownRank: told.current_user_rank,
    total: told.total_users,
  });
}

const PAGE = 100;

export function useGarden() {
  return useInfiniteQuery({
    queryKey: ["garden"],
    initialPageParam: undefined as string | undefined,
    queryFn: (context) =>
      shared("figures", () =>
        data(
          api.GET("/api/garden", {
            params: { query: { limit: PAGE, cursor: context.pageParam } },
          }),
        ),
      )(context),
    getNextPageParam: (page) =>
      page.next ? (new URL(page.next).searchParams.get("cursor") ?? undefined) : undefined,
  });
}

export const useMe = () => useQuery(me);

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

/** The answers of a change, by the key of the query that they spare. */
export type Told = Shared["told"];
export const tell = <T>(queryKey: QueryKey, answer: T): Told => ({ [nameOf(queryKey)]: answer });

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
