/** The plan of the user, and the days off: what the goal and the kept streak are judged by. */
import {
  queryOptions,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useMemo } from "react";

import { api, data, type Schemas } from "../api/client";
import { refreshFigures } from "./changes";
import { knownAnswer, shared } from "./shared";

export type Plan = Schemas["Plan"];
export type Weekday = Schemas["Weekdays"];
export type DayOff = Schemas["DayOff"];
export type Span = { from: string; to: string };

const KEY = ["plan"] as const;

export const plan = queryOptions({
  queryKey: KEY,
  queryFn: shared("figures", () => data(api.GET("/api/plan"))),
});

export const daysOff = queryOptions({
  queryKey: ["days-off"],
  queryFn: shared("figures", () => data(api.GET("/api/days-off"))),
});

type PlanChange = Schemas["PlanUpdateRequest"];

/** The plan with this page's changes at once; undefined until an answer. */
export function usePlan(isNeeded = true): Plan | undefined {
  const told = useQuery({ ...plan, enabled: isNeeded }).data;
  const changes = useMutationState({
    filters: { mutationKey: KEY, status: "pending" },
    select: ({ state }) => state.variables as PlanChange,
  });
  return useMemo(
    () => told && changes.reduce<Plan>((before, change) => ({ ...before, ...change }), told),
    [told, changes],
  );
}

/** Set fields of the plan, from today on; what is left out stays. */
export function useChangePlan() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: KEY,
    scope: { id: "plan" },
    mutationFn: (change: PlanChange) => data(api.PUT("/api/plan", { body: change })),
    onSuccess: (told) => refreshFigures(client, "plan", knownAnswer(KEY, told)),
  });
}

/** Take days off, or change the kind of some that are taken. */
export function useTakeDaysOff() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (span: Schemas["DaysOffCreateRequest"]) =>
      data(api.PUT("/api/days-off", { body: span })),
    // It answers with the days of its span alone.
    onSettled: () => refreshFigures(client, "days-off"),
  });
}

/** Give days off back. */
export function useGiveDaysOffBack() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (span: Span) => data(api.DELETE("/api/days-off", { params: { query: span } })),
    onSettled: () => refreshFigures(client, "days-off"),
  });
}
