import { useQueryClient } from "@tanstack/react-query";
import { lazy, useCallback, useEffect, useState } from "react";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";

import { auth } from "./api/client";
import { Focus } from "./pages/Focus";
import { SignIn } from "./pages/SignIn";
import { Frame, Mark } from "./parts/Frame";
import { Wrong } from "./parts/Said";
import { text } from "./text";

const Garden = lazy(() => import("./pages/Garden"));
const Insight = lazy(() => import("./pages/Insight"));
const Boards = lazy(() => import("./pages/Boards"));
const You = lazy(() => import("./pages/You"));
const NotFound = lazy(() => import("./pages/NotFound"));

/** Whether somebody is signed in: null until the cookie has been asked. */
function useSignedIn(): [boolean | null, Error | null, () => void] {
  const client = useQueryClient();
  const [signedIn, setSignedIn] = useState<boolean | null>(
    auth.isSignedIn || (auth.mayBeSignedIn ? null : false),
  );
  const [error, setError] = useState<Error | null>(null);
  const ask = useCallback(() => {
    setError(null);
    auth.refresh().then(setSignedIn, () => setError(new Error(text.errors.offline)));
  }, []);
  useEffect(() => {
    const stop = auth.onChange((now) => {
      if (!now) client.clear();
      setSignedIn(now);
    });
    const unlessKnown = () => {
      if (!auth.isSignedIn && auth.mayBeSignedIn) ask();
    };
    unlessKnown();
    window.addEventListener("online", unlessKnown);
    return () => {
      stop();
      window.removeEventListener("online", unlessKnown);
    };
  }, [client, ask]);
  return [signedIn, error, ask];
}

export function App() {
  const [signedIn, error, again] = useSignedIn();
  if (signedIn === null) {
    return (
      <main className="waiting">
        <Mark size={48} />
        {error ? <Wrong error={error} again={again} /> : <p className="unseen">{text.loading}</p>}
      </main>
    );
  }
  return (
    <BrowserRouter>
      {signedIn ? (
        <Routes>
          <Route element={<Frame />}>
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
