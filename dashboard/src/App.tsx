import { useEffect } from "react";
import { Redirect, Route, Router, Switch, useSearch } from "wouter";

import { Today } from "./pages/Today";
import { Frame, Shell, SKELETON_HEIGHT } from "./frame/Frame";
import { lazyPage, lazyPart } from "./frame/lazyPage";
import { guestSession } from "./landing/guestSession";
import { Alone } from "./links/Alone";
import { Skeleton } from "./parts/notices/Feedback";
import { RetryReason } from "./frame/RetryNotice";
import { auth } from "./api/client";
import { useSignedInUser } from "./frame/useSignedInUser";
import { open } from "./router/navigate";

const History = lazyPage(() => import("./pages/History"));
const Import = lazyPage(() => import("./pages/Import"));
const Garden = lazyPage(() => import("./pages/Garden"));
const Insight = lazyPage(() => import("./pages/Insight"));
const Boards = lazyPage(() => import("./pages/Boards"));
const You = lazyPage(() => import("./pages/You"));
const Welcome = lazyPage(() => import("./pages/Welcome"));
const SignIn = lazyPart(() => import("./pages/SignIn"), SKELETON_HEIGHT);
const SignUp = lazyPart<object>(
  () => import("./pages/SignIn").then(({ SignUp }) => ({ default: SignUp })),
  SKELETON_HEIGHT,
);
const Landing = lazyPage(() => import("./pages/Landing"));
const NotFound = lazyPage(() => import("./pages/NotFound"));
const Forgot = lazyPage(() => import("./pages/Forgot"));
const Reset = lazyPage(() => import("./pages/Reset"));
const Verify = lazyPage(() => import("./pages/Verify"));
const Unsubscribe = lazyPage(() => import("./pages/Unsubscribe"));

/** Mails lead to them, and they wait for no sign-in. */
const LINKED = [
  ["/forgot", Forgot],
  ["/reset", Reset],
  ["/verify", Verify],
  ["/unsubscribe", Unsubscribe],
] as const;

export function App() {
  const [userId, error] = useSignedInUser();
  return (
    <Router aroundNav={open}>
      <Switch>
        {LINKED.map(([path, Page]) => (
          <Route key={path} path={path}>
            <Alone>
              <Page />
            </Alone>
          </Route>
        ))}
        <Route>
          <Inside userId={userId} error={error} />
        </Route>
      </Switch>
    </Router>
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
  return userId !== false ? <Own userId={userId} /> : <Foreign />;
}

function Own({ userId }: { userId: string }) {
  const search = useSearch();
  // What was begun here before a sign-in by another service, which ends in no answer of ours.
  useEffect(() => guestSession.handTo(userId), [userId]);
  return (
    <Switch>
      <Route path="/welcome">
        <Welcome key={userId} />
      </Route>
      {/* Whoever has just signed up; who was here before is led on to Today. */}
      <Route path="/sign-up">
        <Redirect to={guestSession.goesOn ? "/" : "/welcome"} replace />
      </Route>
      <Route>
        {/* Anew for each person: nothing of the one before is left in it. */}
        <Frame key={userId}>
          <Switch>
            <Route path="/" component={Today} />
            <Route path="/history" component={History} />
            <Route path="/history/import" component={Import} />
            <Route path="/garden" component={Garden} />
            <Route path="/insight" component={Insight} />
            <Route path="/boards" component={Boards} />
            <Route path="/you/*?" component={You} />
            <Route path="/settings/*?" component={You} />
            <Route path="/sign-in">
              {/* A link of accounts that failed is told of where it was begun. */}
              <Redirect
                to={search.includes("error=") ? `/you/signing-in?${search}` : "/"}
                replace
              />
            </Route>
            <Route component={NotFound} />
          </Switch>
        </Frame>
      </Route>
    </Switch>
  );
}

function Foreign() {
  return (
    <Switch>
      {/* Somebody who was signed in here before comes to sign in again. */}
      {!auth.hasBeenHere && <Route path="/" component={Landing} />}
      <Route path="/sign-up" component={SignUp} />
      <Route component={SignIn} />
    </Switch>
  );
}
