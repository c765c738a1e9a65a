import { useQueries } from "@tanstack/react-query";

import type { Schemas } from "../../api/client";
import { type HistoryRecord, plantsOf } from "../../queries/history";

/** The plants of the sessions in a list, by their sessions: each month of it asks once. */
export function usePlants(records: HistoryRecord[]): Map<string, Schemas["LandscapePlant"]> {
  const seen = records.filter(({ kind }) => kind === "session");
  const months = [...new Set(seen.map(({ local_date }) => local_date.slice(0, 7)))];
  const found = useQueries({ queries: months.map(plantsOf) });
  const plants = found.flatMap(({ data }) => data?.plants ?? []);
  return new Map(plants.map((plant) => [plant.session_id, plant]));
}
