import { useEffect, useState, useSyncExternalStore } from "react";

import { auth } from "../api/client";
import { unanswered } from "../api/errors";
import { retryDelay } from "../queries/backoff";

const signedInUser = () => (auth.isSignedIn ? (auth.user ?? "") : false);
// Read again after subscribing: another tab may send a token while this page is rendered.
const subscribe = (changed: () => void) => auth.onChange(changed);

/** The id of the signed-in user; false without a sign-in, also while a refresh is tried. */
export const useUserId = (): string | false => useSyncExternalStore(subscribe, signedInUser);

/** The id of the signed-in user, false without a sign-in, null until a refresh was tried. */
export function useSignedInUser(): [string | false | null, Error | null] {
  const who = useUserId();
  const [isAsked, setIsAsked] = useState(() => !auth.mayBeSignedIn);
  const [error, setError] = useState<Error | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (count: number) => {
      clearTimeout(timer);
      if (auth.isProven) return;
      if (!auth.mayBeSignedIn) {
        setIsAsked(true);
        return;
      }
      auth.refresh().then(
        () => setIsAsked(true),
        (reason: unknown) => {
          const refused = unanswered(reason);
          setError(refused);
          if (refused.isUnanswered) auth.assume();
          timer = setTimeout(() => ask(count + 1), retryDelay(count, refused));
        },
      );
    };
    const again = () => ask(0);
    const stop = auth.onChange((isSignedIn) => {
      clearTimeout(timer);
      if (!isSignedIn) setIsAsked(true);
    });
    again();
    window.addEventListener("online", again);
    return () => {
      clearTimeout(timer);
      stop();
      window.removeEventListener("online", again);
    };
  }, []);
  return [who === false && !isAsked ? null : who, error];
}
