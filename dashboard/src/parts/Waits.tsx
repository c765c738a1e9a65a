import { type Query, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";

import { ApiError, unanswered } from "../api/errors";
import { useFocus } from "../focus/context";
import { text } from "../text";

const OFFLINE = unanswered(null);

/** Say what a page waits for, which is asked again by itself. */
export function waitsFor(error: Error): string {
  const known = error instanceof ApiError ? error : OFFLINE;
  if (known.status === 429) return `${text.errors.busy} ${text.errors.goOnIn(known.retryAfter)}`;
  if (known.isOffline) return `${known.message} ${text.errors.keepTrying}`;
  return `${text.errors.away} ${text.errors.keepTrying}`;
}

/** What an answer is awaited for in vain so far; null where it is not. */
function reasonOf(query: Query): Error | null {
  const { state } = query;
  if (!query.isActive()) return null;
  if (state.fetchStatus === "paused") return state.fetchFailureReason ?? OFFLINE;
  return state.fetchStatus === "fetching" ? state.fetchFailureReason : null;
}

function useWaiting(): Error | null {
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback((changed: () => void) => cache.subscribe(changed), [cache]);
  const look = () => {
    for (const query of cache.getAll()) {
      const reason = reasonOf(query);
      if (reason !== null) return reason;
    }
    return null;
  };
  return useSyncExternalStore(subscribe, look);
}

/** What the pages wait for, as long as they do, unless what a hand did waits and says why. */
export function Waits() {
  const { pause, waiting, starting } = useFocus();
  const isSaid = (pause !== null && waiting.length > 0) || starting?.pause != null;
  const reason = useWaiting();
  const error = isSaid ? null : reason;
  return <div role="status">{error && <p className="notice wrong">{waitsFor(error)}</p>}</div>;
}
