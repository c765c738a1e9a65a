/** The preferences of the user: what holds on every device, changed one field at a time. */
import {
  queryOptions,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useMemo } from "react";

import { api, data, type Schemas } from "../api/client";
import { usePolling } from "../live/liveness";
import { refreshFigures } from "./changes";
import { knownAnswer, shared } from "./shared";

export type Preferences = Schemas["Preferences"];
export type PreferencesChange = Schemas["PreferencesUpdateRequest"];

/** The polling interval for another device's change, of a visible page. */
const POLL_INTERVAL = 30_000;
const KEY = ["preferences"] as const;

/** The preferences of who has set none, which a page shows until it was answered. */
export const DEFAULTS: Preferences = {
  language: "auto",
  theme: "auto",
  week_start: "mon",
  clock: "auto",
  focus_min: 25,
  short_break_min: 5,
  long_break_min: 15,
  rounds: 4,
  breaks: true,
  auto_start: false,
  bell: true,
  ambient: "none",
  volume: 40,
  species: null,
  shortcuts: true,
  season: "auto",
  friends_see: true,
  show_awards: false,
  notify_end: false,
  notify_streak: false,
  onboarded_at: null,
  updated_at: new Date(0).toISOString(),
};

export const preferences = queryOptions({
  queryKey: KEY,
  queryFn: shared("figures", () => data(api.GET("/api/users/me/preferences"))),
});

/** The preferences with changes laid over them that are on their way. */
function withChanges(told: Preferences, changes: PreferencesChange[]): Preferences {
  return changes.reduce<Preferences>((before, { onboarded, ...fields }) => {
    const onboarded_at =
      onboarded === undefined
        ? before.onboarded_at
        : onboarded
          ? (before.onboarded_at ?? new Date().toISOString())
          : null;
    return { ...before, ...fields, onboarded_at };
  }, told);
}

/**
 * The preferences as they are known, with this page's changes at once; undefined until an
 * answer. A change that is refused is shown no longer, and nothing else is touched by that.
 */
export function useKnownPreferences(): Preferences | undefined {
  const changed = usePreferences();
  return useQuery(preferences).data && changed;
}

/**
 * The preferences, the defaults while they load. A choice that is made meanwhile is shown as
 * any other: it sprang back until the answer.
 */
export function usePreferences(): Preferences {
  const told = useQuery(preferences).data ?? DEFAULTS;
  const changes = useMutationState({
    filters: { mutationKey: KEY, status: "pending" },
    select: ({ state }) => state.variables as PreferencesChange,
  });
  return useMemo(() => withChanges(told, changes), [told, changes]);
}

/** Look for another device's change as long as the page is seen; for one place of the frame. */
export function usePreferencesPoll(): void {
  useQuery({ ...preferences, refetchInterval: usePolling(POLL_INTERVAL) });
}

/**
 * Change single fields: shown at once, sent one after the other so that the last one wins,
 * and told to the other tabs. Of what is left out the service keeps its own, so that
 * another device's change of it stays.
 */
export function useChangePreferences() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: KEY,
    scope: { id: "preferences" },
    mutationFn: (change: PreferencesChange) =>
      data(api.PATCH("/api/users/me/preferences", { body: change })),
    // Before the change counts as sent: nothing of before it is seen in between.
    onSuccess: (told) => refreshFigures(client, "preferences", knownAnswer(KEY, told)),
  });
}
