/** The figures of the insight and the boards, beyond those that other pages ask for. */
import { queryOptions } from "@tanstack/react-query";

import { api, data } from "../api/client";
import { clock } from "../api/clock";
import { shared } from "./shared";

/** The days before today that the calendar is asked for; it answers 371 at most. */
const YEAR = 368;

/** The date so many days before today by UTC, of which a user's own is a day off at most. */
function daysAgo(days: number): string {
  return new Date(clock.now() - days * 86_400_000).toISOString().slice(0, 10);
}

/** The last year by day, oldest first, to the user's today: the source of most charts. */
export const year = queryOptions({
  queryKey: ["figures", "calendar", "year"],
  queryFn: shared("figures", async () => {
    const query = { from: daysAgo(YEAR) };
    return (await data(api.GET("/api/stats/calendar", { params: { query } }))).days;
  }),
});

type Dates = { from: string; to: string };

/** The minutes by the hour in which a session began: 24 of them. */
export const hours = ({ from, to }: Dates) =>
  queryOptions({
    queryKey: ["figures", "hours", from, to],
    queryFn: shared("figures", async () => {
      const query = { from, to };
      return (await data(api.GET("/api/stats/hours", { params: { query } }))).hours;
    }),
  });

/** The minutes of each label, the most first. */
export const byLabel = ({ from, to }: Dates) =>
  queryOptions({
    queryKey: ["figures", "labels", from, to],
    queryFn: shared("figures", async () => {
      const query = { from, to };
      return (await data(api.GET("/api/stats/labels", { params: { query } }))).labels;
    }),
  });
