import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

import { auth, type Schemas } from "../../api/client";
import { plantOf } from "../../queries/queries";
import { endOf } from "../timer/progress";
import { type Errand, isLocalStart } from "./errands";
import { minutesOf, shownSession } from "./localSession";
import { clocks, sender, type Session } from "./sessionRequests";

type Show = (over: Session, isLocal: boolean) => void;

/**
 * The session that was started without a network, and its ends; null where there is none.
 * What it came to is shown as far as this device knows it.
 */
export function useLocalSession(kept: Errand[], show: Show) {
  const client = useQueryClient();
  const start = kept.filter(isLocalStart).find((one) => one.ended === undefined) ?? null;
  const { session: id, at } = start ?? {};
  const session = useMemo(
    () => (start === null ? null : shownSession(start, clocks())),
    // It is another one where it was divided; its clocks are read when it is first seen.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [id, at],
  );
  const plant = start?.wish.plant ?? null;
  useEffect(() => {
    if (id === undefined) return;
    const { queryKey } = plantOf(id);
    // As tall as the timer says; the server gives it a number when it is planted there.
    const seed: Schemas["Plant"] | null =
      plant === null
        ? null
        : {
            id,
            user_id: auth.user ?? "",
            session_id: id,
            plant_num: 0,
            plant_type: plant as "Rose",
            growth_stage: 0,
            state: "growing",
            total_plants: 0,
            created_at: new Date().toISOString(),
          };
    client.setQueryData(queryKey, seed);
    return () => client.removeQueries({ queryKey, exact: true });
  }, [client, id, plant]);

  const end = (how: "complete" | "abandon" | "due") => {
    if (!start || !session) return undefined;
    const ended = { ...start, ended: { how, device: Date.now() } };
    const minutes = minutesOf(ended, clocks());
    if (how !== "abandon" && minutes > 0) {
      const at = how === "due" ? endOf(session) : null;
      const ended_at = new Date(at ?? clocks().server).toISOString();
      const over = { status: "completed" as const, completed: true, focus_min: minutes, ended_at };
      show({ ...session, ...over }, true);
    }
    return sender.swap(start, [ended]).then(() => sender.flush());
  };
  return session && { session, end, due: () => void end("due") };
}
