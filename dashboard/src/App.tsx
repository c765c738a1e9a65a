import { BrowserRouter, Navigate, Route, Routes } from "react-router";

import { Focus } from "./pages/Focus";
import { SignIn } from "./pages/SignIn";
import { Frame, Shell, SKELETON_HEIGHT } from "./frame/Frame";
import { lazyPage } from "./frame/lazyPage";
import { Alone } from "./links/Alone";
import { Skeleton } from "./parts/notices/Feedback";
import { RetryReason } from "./frame/RetryNotice";
import { useSignedInUser } from "./frame/useSignedInUser";

const Garden = lazyPage(() => import("./pages/Garden"));
const Insight = lazyPage(() => import("./pages/Insight"));
const Boards = lazyPage(() => import("./pages/Boards"));
const You = lazyPage(() => import("./pages/You"));
const NotFound = lazyPage(() => import("./pages/NotFound"));
const Forgot = lazyPage(() => import("./pages/Forgot"));
const Reset = lazyPage(() => import("./pages/Reset"));
const Verify = lazyPage(() => import("./pages/Verify"));
const Unsubscribe = lazyPage(() => import("./pages/Unsubscribe"));

export function App() {
  const [userId, error] = useSignedInUser();
  return (
    <BrowserRouter>
      <Routes>
        {/* Mails lead to them, and they wait for no sign-in. */}
        <Route element={<Alone />}>
          <Route path="forgot" element={<Forgot />} />
          <Route path="reset" element={<Reset />} />
          <Route path="verify" element={<Verify />} />
          <Route path="unsubscribe" element={<Unsubscribe />} />
        </Route>
        <Route path="*" element={<Inside userId={userId} error={error} />} />
      </Routes>
    </BrowserRouter>
  );
}

type Props = { userId: string | false | null; error: Error | null };

/** The pages of who is signed in; of who is not, the sign-in. */
function Inside({ userId, error }: Props) {
  if (userId === null) {
    return (
      <Shell>
        {error ? (
          <p className="notice error" role="status">
            <RetryReason error={error} />
          </p>
        ) : (
          <Skeleton height={SKELETON_HEIGHT} />
        )}
      </Shell>
    );
  }
  return userId !== false ? (
    <Routes>
      {/* Anew for each person: nothing of the one before is left in it. */}
      <Route element={<Frame key={userId} />}>
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
  );
}
