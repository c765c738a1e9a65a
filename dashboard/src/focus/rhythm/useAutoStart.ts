import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";

import { auth } from "../../api/client";
import { alone } from "../../api/tabs/locks";
import { now as current } from "../../queries/now";
import { usePreferences } from "../../queries/preferences";
import { lastSessionRecord, newestPlants } from "../../queries/today";
import type { Wish } from "../outbox/sessionRequests";
import type { Phase } from "./ticked";
import { isTouchedSince, watchTouches } from "./touches";

/** The age of a break's end after which nothing starts by itself: milliseconds. */
const LATE = 20_000;

/** The next round that begins by itself after the break, where somebody is there. */
export type AutoStart = {
  wish: Wish;
  /** False until a page was touched since the last start: then nothing begins. */
  isTouched: boolean;
  cancel: () => void;
};

/**
 * Begin the next round when a short break ends, if the preference says so and a page was
 * touched since the last start: never after a long break, a sleep of the device, or late.
 *
 * All that a start says is taken from the last session and the preferences, and its key from
 * that session's id: so the pages and devices of a user say the same, and start one session.
 */
export function useAutoStart(
  found: { phase: Phase; now: number } | undefined,
  begin: (wish: Wish & { key: string }) => Promise<void>,
): AutoStart | null {
  const client = useQueryClient();
  const { auto_start: isOn, focus_min } = usePreferences();
  const pause = found?.phase.break ?? null;
  const isShort = isOn && pause?.kind === "short";
  const last = useQuery({ ...lastSessionRecord, enabled: isShort }).data;
  const plants = useQuery({ ...newestPlants, enabled: isShort }).data;
  const [cancelled, setCancelled] = useState<string | null>(null);
  const begun = useRef<string | null>(null);
  useEffect(() => (isOn ? watchTouches() : undefined), [isOn]);

  // A record from before the break would start the round of another break.
  const isLast = Boolean(
    isShort && last && Date.parse(last.ended_at ?? "") === Date.parse(pause.started_at),
  );
  const isWanted = isLast && last?.id !== cancelled;
  const wish = useMemo<Wish | null>(() => {
    if (!isWanted || !last || !plants) return null;
    const { id, planned_min, label_id } = last;
    const own = plants.gardens.find(({ session_id }) => session_id === id);
    // The rest of a plan is no length of a round.
    const minutes = planned_min === null ? null : Math.max(planned_min, focus_min);
    return { minutes, plant: own?.plant_type ?? null, label: label_id, note: "" };
  }, [isWanted, last, plants, focus_min]);
  const isTouched = Boolean(last && isTouchedSince(Date.parse(last.at)));
  const since = pause && found ? found.now - Date.parse(pause.ends_at) : -1;
  const isDue = wish !== null && isTouched && since >= 0 && since < LATE;

  useEffect(() => {
    if (!isDue || !last || !wish || begun.current === last.id) return;
    begun.current = last.id;
    const startedAt = pause?.started_at;
    void alone(`focusguard auto ${auth.user} ${last.id}`, async (waited) => {
      if (waited) return;
      // Another device may have begun, or made the break longer, a moment ago.
      const told = await client.fetchQuery({ ...current, staleTime: 0 });
      const isOver = told.break?.started_at === startedAt && told.break?.over;
      if (isOver) await begin({ ...wish, key: `auto-${last.id}` });
      else begun.current = null;
    }).catch(() => undefined);
  }, [isDue, last, wish, pause, begin, client]);

  return wish && last && !pause?.over
    ? { wish, isTouched, cancel: () => setCancelled(last.id) }
    : null;
}
