import { Link, useLocation } from "wouter";

import { ErrorNotice } from "../parts/notices/Feedback";
import { text } from "../text";
import { useFocus } from "./context";
import { titleOf } from "./done/outcome";
import { PendingEnd } from "./outbox/PendingEnd";
import type { Session } from "./outbox/sessionRequests";
import { PendingStart } from "./start/PendingStart";
import { ranOut } from "./timer/progress";

const words = text.focus;

/** The outcome of a session in a few words: ended by itself, or by the user. */
function outcomeOf(session: Session): string {
  if (session.status !== "completed") return titleOf(session);
  return (ranOut(session) ? text.done.timeIsUp : text.done.sentence)(session.focus_min);
}

/** Notices of a waiting start or end and of an ended session, above every other page. */
export function FocusNotices() {
  const { session, starting, notStarted, waiting, refused, ended, putAway } = useFocus();
  const isElsewhere = useLocation()[0] !== "/";
  const end = waiting.find(({ what }) => what !== "plant");
  const pendingEnd = end && (
    <div className="notice">
      <PendingEnd errand={end} />
    </div>
  );
  if (!isElsewhere) return session || ended ? null : pendingEnd;
  return (
    <>
      {starting && <PendingStart />}
      {!starting && <ErrorNotice error={notStarted} />}
      {pendingEnd}
      {session && !end && <ErrorNotice error={refused} />}
      {ended && (
        <div className="notice row" role="status">
          <span>{outcomeOf(ended.session)}</span>
          <Link className="button plain" to="/">
            {words.look}
          </Link>
          <button type="button" className="button plain" onClick={putAway}>
            {words.putAway}
          </button>
        </div>
      )}
    </>
  );
}
