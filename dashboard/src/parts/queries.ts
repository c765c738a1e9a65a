/** What pages ask for, each under one key, so that a change is seen everywhere. */
import { type QueryClient, queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { api, data } from "../api/client";

export type Board = "xp" | "focus-time" | "streak" | "sessions";

export const me = queryOptions({
  queryKey: ["me"],
  queryFn: () => data(api.GET("/api/users/me")),
});
export const active = queryOptions({
  queryKey: ["active"],
  queryFn: () => data(api.GET("/api/sessions/active")),
});
export const stats = queryOptions({
  queryKey: ["figures", "me"],
  queryFn: () => data(api.GET("/api/stats/me")),
});
export const daily = (days: number) =>
  queryOptions({
    queryKey: ["figures", "daily", days],
    queryFn: () => data(api.GET("/api/stats/daily/{days}", { params: { path: { days } } })),
  });
export const trends = queryOptions({
  queryKey: ["figures", "trends"],
  queryFn: () => data(api.GET("/api/stats/trends")),
});
export const species = queryOptions({
  queryKey: ["figures", "species"],
  queryFn: () => data(api.GET("/api/garden/species")),
});
export const devices = queryOptions({
  queryKey: ["devices"],
  queryFn: () => data(api.GET("/api/auth/devices")),
});
export const plantOf = (sessionId: string) =>
  queryOptions({
    queryKey: ["plant", sessionId],
    queryFn: () =>
      data(
        api.GET("/api/garden/session/{session_id}", {
          params: { path: { session_id: sessionId } },
        }),
      ),
    retry: false,
  });
export const board = (kind: Board) =>
  queryOptions({
    queryKey: ["figures", "board", kind],
    queryFn: () => {
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
    },
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
    queryFn: ({ pageParam }) =>
      data(api.GET("/api/garden", { params: { query: { limit: PAGE, cursor: pageParam } } })),
    getNextPageParam: (page) =>
      page.next ? (new URL(page.next).searchParams.get("cursor") ?? undefined) : undefined,
  });
}

export const useMe = () => useQuery(me);

/** After a session began or ended: all that follows from it. */
export async function refreshFigures(client: QueryClient): Promise<void> {
  await Promise.all(
    [["active"], ["figures"], ["me"], ["garden"], ["plant"]].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  );
}
