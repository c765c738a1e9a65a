import { type Query, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";

import { ApiError, unanswered } from "../api/errors";
import { useFocus } from "../focus/context";
import { RetryIn } from "../parts/notices/RetryIn";
import { useServerNow } from "../parts/time/useServerNow";
import { useMissingPage } from "./missingPage";
import { text } from "../text";

const OFFLINE = unanswered(null);

/** The reason of a retry that goes on by itself; a pause after 429 counts down. */
export function RetryReason({ error }: { error: Error }) {
  const known = error instanceof ApiError ? error : OFFLINE;
  const isBusy = known.status === 429;
  useServerNow(isBusy);
  if (isBusy) {
    return (
      <>
        {text.errors.busy}
        <RetryIn seconds={known.secondsLeft} />
      </>
    );
  }
  return `${known.isOffline ? known.message : text.errors.away} ${text.errors.keepTrying}`;
}

/** The failure for which a query retries or is paused; null for every other query. */
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

/**
 * The notice of retries, one a page: for its script, as an alert since the user has just
 * opened the page, or else for its queries, unless a start or an end that waits has a notice
 * of its own.
 */
export function RetryNotice() {
  const { pause, waiting, kept, ended, starting, isUnverified } = useFocus();
  const own = ended?.isLocal ? kept : waiting;
  const hasOwnNotice =
    isUnverified || (pause !== null && own.length > 0) || starting?.pause != null;
  const missing = useMissingPage();
  const reason = useWaiting();
  const error = hasOwnNotice || missing ? null : reason;
  return (
    <>
      <div role="status">
        {error && (
          <p className="notice error">
            <RetryReason error={error} />
          </p>
        )}
      </div>
      {missing && (
        <p className="notice error" role="alert">
          <RetryReason error={missing} />
        </p>
      )}
    </>
  );
}
