import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { api, data, type Schemas, sharing } from "../../api/client";
import { clock } from "../../api/clock";
import { plantOf } from "../../queries/queries";
import { retryOptions } from "../outbox/retry";
import { progress } from "./progress";

type Session = Pick<Schemas["Session"], "id" | "duration_min" | "created_at">;

/** The time for which one tab's report of a stage holds for all tabs: milliseconds. */
const GROWN = 60_000;

/** The plant of a session, once it is planted. */
export const usePlant = (session: string, isPlanting: boolean) =>
  useQuery({ ...plantOf(session), enabled: !isPlanting }).data;

/**
 * Report each growth stage as soon as the session has earned it: a plant that withers stays
 * as tall as it stood.
 */
export function useGrowing(session: Session, isPlanting: boolean): void {
  const client = useQueryClient();
  const { queryKey } = plantOf(session.id);
  const plant = usePlant(session.id, isPlanting);
  const { mutate } = useMutation({
    // Every tab reaches the same stage at the same moment: one reports it for all.
    mutationFn: ({ id, stage }: { id: string; stage: number }) =>
      sharing.ask(JSON.stringify(["grown", id, stage]), GROWN, () =>
        data(
          api.PATCH("/api/garden/{garden_id}", {
            params: { path: { garden_id: id } },
            body: { growth_stage: stage },
          }),
        ),
      ),
    ...retryOptions,
    networkMode: "online",
    onSuccess: (grown) => client.setQueryData(queryKey, grown),
  });
  const earned = progress(session, clock.earliest());
  const isBehind = plant?.state === "growing" && !earned.over && earned.stage > plant.growth_stage;
  const next = isBehind ? earned.stage : null;
  const id = plant?.id;
  useEffect(() => {
    if (id !== undefined && next !== null) mutate({ id, stage: next });
  }, [id, next, mutate]);
}
