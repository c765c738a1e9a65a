/** The figures of today: goal, kept streak, and what was done. */
import { queryOptions } from "@tanstack/react-query";

import { api, data, type Schemas } from "../api/client";
import { shared } from "./shared";

export type TodayStats = Schemas["TodayStats"];
export type KeptStreak = Schemas["KeptStreak"];
export type MarkedDay = Schemas["MarkedDay"];

export const today = queryOptions({
  queryKey: ["figures", "today"],
  queryFn: shared("figures", () => data(api.GET("/api/stats/today"))),
});

/** The sessions and entries of a day, the newest first. */
export const recordsOf = (date: string) =>
  queryOptions({
    queryKey: ["figures", "records", date],
    queryFn: shared("figures", () =>
      data(api.GET("/api/history", { params: { query: { from: date, to: date, limit: 50 } } })),
    ),
  });

/** The newest session; null for who has none. */
export const lastSessionRecord = queryOptions({
  queryKey: ["figures", "records", "last"],
  queryFn: shared("timer", async () => {
    const query = { kind: "session", limit: 1 } as const;
    const { records } = await data(api.GET("/api/history", { params: { query } }));
    return records[0] ?? null;
  }),
});

/** The newest plants, by the session that each grew with. */
export const newestPlants = queryOptions({
  // Not with the garden: a plant that has only begun changes nothing of today.
  queryKey: ["figures", "newest-plants"],
  queryFn: shared("figures", () =>
    data(api.GET("/api/garden", { params: { query: { limit: 50 } } })),
  ),
});
