import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import { clock } from "../../api/clock";
import { usePolling } from "../../live/liveness";
import { useServerNow } from "../../parts/time/useServerNow";
import { type CurrentPhase, now as current } from "../../queries/now";
import { type Phase, ticked } from "./ticked";

/** The interval of asking during a break, whose length another device may change: milliseconds. */
const POLL_INTERVAL = 30_000;

/** Milliseconds until the service is asked again; what is left is offered until a moment. */
function nextLook(told: CurrentPhase | undefined, polling: number | false): number | false {
  if (told?.phase === "break") return polling;
  return told?.left ? Math.max(1_000, Date.parse(told.left.until) - clock.now()) : false;
}

/** The phase at this moment, by the server's clock; undefined until an answer. */
export function usePhase(): { phase: Phase; now: number } | undefined {
  const polling = usePolling(POLL_INTERVAL);
  const told = useQuery({
    ...current,
    refetchInterval: ({ state }) => nextLook(state.data, polling),
  });
  const now = useServerNow(told.data?.phase === "break");
  const phase = told.data && ticked(told.data, now);
  // What comes after it, the service says: another device may have begun a round.
  const isPast = phase?.phase !== told.data?.phase;
  const { refetch } = told;
  useEffect(() => {
    if (isPast) void refetch();
  }, [isPast, refetch]);
  return phase && { phase, now };
}
