/** The garden: the plants of some days, and the session that one of them grew out of. */
import { queryOptions } from "@tanstack/react-query";

import { api, data } from "../api/client";
import { shared } from "./shared";

/** The plants from one day to another, both included: a month or a year in one answer. */
export const landscape = (from: string, to: string) =>
  queryOptions({
    queryKey: ["garden", "landscape", from, to],
    queryFn: shared("figures", () =>
      data(api.GET("/api/garden/landscape", { params: { query: { from, to } } })),
    ),
  });

/** The record of a session: when it was, its label and its note. */
export const recordOf = (sessionId: string) =>
  queryOptions({
    queryKey: ["figures", "record", sessionId],
    queryFn: shared("figures", () =>
      data(api.GET("/api/history/{record_id}", { params: { path: { record_id: sessionId } } })),
    ),
  });
