import { BrowserRouter, Navigate, Route, Routes } from "react-router";

import { Focus } from "./pages/Focus";
import { SignIn } from "./pages/SignIn";
import { FIRST, Frame, Shell } from "./parts/Frame";
import { lazyPage } from "./parts/lazyPage";
import { Bones } from "./parts/Said";
import { WaitsFor } from "./parts/Waits";
import { useWho } from "./parts/who";

const Garden = lazyPage(() => import("./pages/Garden"));
const Insight = lazyPage(() => import("./pages/Insight"));
const Boards = lazyPage(() => import("./pages/Boards"));
const You = lazyPage(() => import("./pages/You"));
const NotFound = lazyPage(() => import("./pages/NotFound"));

export function App() {
  const [who, error] = useWho();
  if (who === null) {
    return (
      <BrowserRouter>
        <Shell>
          {error ? (
            <p className="notice wrong" role="status">
              <WaitsFor error={error} />
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
