import { Done } from "../done/Done";
import { LocalDone } from "../done/LocalDone";
import { BreakView } from "../rhythm/BreakView";
import { RunningSession } from "../timer/RunningSession";
import { useFocus } from "../context";

/** What stands in place of the start: the running session, what it came to, or its break. */
export default function Stage() {
  const { session, ended, rhythm } = useFocus();
  if (session) return <RunningSession key={session.id} session={session} />;
  if (ended?.isLocal) return <LocalDone session={ended.session} />;
  if (ended) return <Done {...ended} />;
  const pause = rhythm?.phase.break;
  return pause ? <BreakView phase={rhythm.phase} pause={pause} now={rhythm.now} /> : null;
}
