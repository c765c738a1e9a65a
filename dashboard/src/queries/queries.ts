/** The queries of all pages, each under one key, so that a change is seen everywhere. */
import { queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { api, data, type Schemas, sharing } from "../api/client";
import { clock, steadily } from "../api/clock";
import { refreshFigures } from "./changes";
import { now } from "./now";
import { knownAnswer, shared } from "./shared";

export type Board = "xp" | "focus-time" | "streak" | "sessions";

type Active = Schemas["ActiveSession"];

export const me = queryOptions({
  queryKey: ["me"],
  queryFn: shared("figures", () => data(api.GET("/api/users/me"))),
});

/** Fetch the running session, and set the server's clock by it. */
export async function askActive() {
  const askedAt = steadily();
  const told = await data(api.GET("/api/sessions/active"));
  const running = told.session;
  // `elapsed_seconds` stands still once the time is up.
  if (running && !running.overdue && running.remaining_seconds > 0) {
    const second = Date.parse(running.created_at) + running.elapsed_seconds * 1000;
    clock.tell(second, askedAt, steadily());
  }
  return told;
}

/** The look for what another device, or the server, has begun or ended. */
const lookAgain = shared("timer", async (client) => {
  const { round } = sharing;
  const before = client.getQueryData<Active>(["active"])?.session;
  const found: Active = await askActive();
  // No tab of ours has told of a change: it was another device, or the server.
  if (before !== undefined && before?.id !== found.session?.id && round === sharing.round) {
    const told = knownAnswer(["active"], found);
    void refreshFigures(client, before === null ? "began" : "ended", told);
  }
  return found;
});
/** The first look: the phase, which a page asks for as it is opened, has the session too. */
const firstLook = shared(null, async (client): Promise<Active> => {
  const { session } = await client.fetchQuery(now);
  return { has_active: session !== null, session };
});

export const active = queryOptions({
  queryKey: ["active"],
  queryFn: (context) =>
    context.client.getQueryData(["active"]) === undefined ? firstLook(context) : lookAgain(context),
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
    // Found among the newest: a request for it alone would log a 404 where none was planted.
    queryFn: shared("timer", async () => {
      const newest = await data(api.GET("/api/garden", { params: { query: { limit: 10 } } }));
      return newest.gardens.find((plant) => plant.session_id === sessionId) ?? null;
    }),
  });
type Part = { limit: number; offset?: number };
function askBoard(kind: Board, part: Part): Promise<Ranked> {
  const query = { params: { query: part } };
  switch (kind) {
    case "xp":
      return data(api.GET("/api/leaderboard/xp", query)).then(ranked("xp_points"));
    case "focus-time":
      return data(api.GET("/api/leaderboard/focus-time", query)).then(ranked("total_focus_min"));
    case "streak":
      return data(api.GET("/api/leaderboard/streak", query)).then(ranked("best_streak"));
    case "sessions":
      return data(api.GET("/api/leaderboard/sessions", query)).then(ranked("total_sessions"));
  }
}

/** How many a board shows from its head on. */
export const BOARD_HEAD = 50;
export const board = (kind: Board) =>
  queryOptions({
    queryKey: ["figures", "board", kind],
    queryFn: shared("figures", () => askBoard(kind, { limit: BOARD_HEAD })),
  });

/** The people before and behind a rank that the head of the board does not reach. */
export const boardAround = (kind: Board, rank: number) =>
  queryOptions({
    queryKey: ["figures", "board", kind, rank],
    queryFn: shared("figures", () => askBoard(kind, { limit: 7, offset: Math.max(0, rank - 4) })),
  });

type Row = {
  rank: number;
  user_id: string;
  username: string;
  lvl: number;
  picture?: string | null;
};
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

export type WaysIn = Schemas["Ways"];

/** The settings of the service that a page asks for; they change with a restart alone. */
const ways = queryOptions({
  queryKey: ["ways"],
  queryFn: shared("figures", () => data(api.GET("/api/auth/ways"))),
  staleTime: Infinity,
});

/** The settings that concern sign-ins; undefined until an answer, or while nobody needs them. */
export const useWays = (isNeeded = true) => useQuery({ ...ways, enabled: isNeeded }).data;
/** True where the service sends mail; undefined as above. */
export const useMail = (isNeeded = true) => useWays(isNeeded)?.mail;
