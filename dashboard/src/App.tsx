import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";

import { auth, sharing } from "./api/client";
import { unanswered } from "./api/errors";
import { Focus } from "./pages/Focus";
import { SignIn } from "./pages/SignIn";
import { FIRST, Frame, Shell } from "./parts/Frame";
import { lazyPage } from "./parts/lazyPage";
import { retryDelay } from "./parts/retry";
import { Bones } from "./parts/Said";
import { waitsFor } from "./parts/Waits";

const Garden = lazyPage(() => import("./pages/Garden"));
const Insight = lazyPage(() => import("./pages/Insight"));
const Boards = lazyPage(() => import("./pages/Boards"));
const You = lazyPage(() => import("./pages/You"));
const NotFound = lazyPage(() => import("./pages/NotFound"));

const whoIsThere = () => (auth.isSignedIn ? (auth.user ?? "") : false);

/** The id of who is signed in, false for nobody: null until the cookie has been asked. */
function useWho(): [string | false | null, Error | null] {
  const client = useQueryClient();
  const [who, setWho] = useState<string | false | null>(
    !auth.isSignedIn && auth.mayBeSignedIn ? null : whoIsThere,
  );
  const [error, setError] = useState<Error | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = auth.onChange((now) => {
      clearTimeout(timer);
      if (!now) {
        // The next person finds nothing of this one.
        client.clear();
        sharing.clear();
      }
      setWho(whoIsThere());
    });
    const ask = (count: number) => {
      clearTimeout(timer);
      if (auth.isSignedIn || !auth.mayBeSignedIn) return;
      auth.refresh().then(
        () => setWho(whoIsThere()),
        (reason: unknown) => {
          const refused = unanswered(reason);
          setError(refused);
          timer = setTimeout(() => ask(count + 1), retryDelay(count, refused));
        },
      );
    };
    const again = () => ask(0);
    again();
    window.addEventListener("online", again);
    return () => {
      clearTimeout(timer);
      stop();
      window.removeEventListener("online", again);
    };
  }, [client]);
  return [who, error];
}

export function App() {
  const [who, error] = useWho();
  if (who === null) {
    return (
      <BrowserRouter>
        <Shell>
          {error ? (
            <p className="notice wrong" role="status">
              {waitsFor(error)}
            </p>
          ) : (
            <Bones height={FIRST} />
          )}
        </Shell>
      </BrowserRouter>
    );
  }
  return (
    <BrowserRouter>
      {who !== false ? (
        <Routes>
          {/* Anew for each person: nothing of the one before is left in it. */}
          <Route element={<Frame key={who} />}>
            <Route index element={<Focus />} />
            <Route path="garden" element={<Garden />} />
            <Route path="insight" element={<Insight />} />
            <Route path="boards" element={<Boards />} />
            <Route path="you" element={<You />} />
            <Route path="sign-in" element={<Navigate to="/" replace />} />
            <Route path="sign-up" element={<Navigate to="/" replace />} />
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      ) : (
        <Routes>
          <Route path="sign-up" element={<SignIn creating />} />
          <Route path="*" element={<SignIn />} />
        </Routes>
      )}
    </BrowserRouter>
  );
}
