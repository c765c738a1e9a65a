import { Link, useLocation } from "react-router";

import { countdown } from "../format";
import { useServerNow } from "../parts/time/useServerNow";
import { ErrorNotice } from "../parts/notices/Feedback";
import { text } from "../text";
import type { Schemas } from "../api/client";
import { useFocus } from "./context";
import { PendingEnd } from "./outbox/PendingEnd";
import { progress, ranOut } from "./timer/progress";
import { Ring } from "./timer/Ring";
import type { Session } from "./outbox/sessionRequests";
import { PendingStart } from "./start/PendingStart";

const words = text.focus;

/** True on the pages that do not show the session themselves. */
const useIsElsewhere = () => useLocation().pathname !== "/";

/** The running session beside every other page; it leads to it. */
export function MiniTimer() {
  const { session } = useFocus();
  return useIsElsewhere() && session ? <Mini session={session} /> : null;
}

function Mini({ session }: { session: Schemas["RunningSession"] }) {
  const { over, seconds, share } = progress(session, useServerNow(true));
  return (
    <Link className="mini" to="/">
      <span className="visually-hidden">{words.mini}</span>
      <Ring share={share} radius={13} width={4} className="ring" />
      <span role="timer">{over ? words.over : countdown(seconds)}</span>
    </Link>
  );
}

/** The outcome of a session in a few words: ended by itself, or by the user. */
function saidOf(session: Session): string {
  const byItself = ranOut(session);
  if (session.status !== "completed") return byItself ? words.leftTitle : words.abandonedTitle;
  const credited = `${words.doneTitle(session.focus_min)}.`;
  return byItself ? `${words.over}: ${credited}` : credited;
}

/** Notices of a waiting start or end and of an ended session, above every other page. */
export function News() {
  const { session, starting, notStarted, waiting, refused, ended, putAway } = useFocus();
  const isElsewhere = useIsElsewhere();
  const end = waiting.find(({ what }) => what !== "plant");
  if (!isElsewhere) {
    return end && !session && !ended ? (
      <div className="notice">
        <PendingEnd errand={end} />
      </div>
    ) : null;
  }
  return (
    <>
      {starting && <PendingStart />}
      {!starting && <ErrorNotice error={notStarted} />}
      {end && (
        <div className="notice">
          <PendingEnd errand={end} />
        </div>
      )}
      {session && !end && <ErrorNotice error={refused} />}
      {ended && (
        <div className="notice row" role="status">
          <span>{saidOf(ended.session)}</span>
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
