import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { countdown } from "../../format";
import { now } from "../../queries/now";
import { text } from "../../text";
import { useFocus } from "../context";
import type { Session } from "../outbox/sessionRequests";

const words = text.done;

type Props = { session: Session; credit: number };

/** What comes next: the break that runs already, or the rest of the plan, or another session. */
export function Next({ session, credit }: Props) {
  const { again, takeBreak, rhythm } = useFocus();
  const isAsking = useQuery(now).isFetching;
  const phase = credit > 0 ? rhythm?.phase : undefined;
  const pause = phase?.break && !phase.break.over ? phase.break : null;
  const left = phase?.left ?? null;
  // What was known from before the end says that it runs.
  const isUnknown = credit > 0 && isAsking && !pause && !left;
  const plan = session.duration_min;
  return (
    <div className="row nexts">
      {isUnknown && <div className="first skeleton" />}
      {pause && rhythm && (
        // It began with the end of the session, on every device: nobody has to start it.
        <button type="button" className="button big first" onClick={takeBreak}>
          {words.breakFor(countdown((Date.parse(pause.ends_at) - rhythm.now) / 1000))}
        </button>
      )}
      {left && (
        <button type="button" className="button big first" onClick={() => again(left.minutes)}>
          {words.rest(left.minutes)}
        </button>
      )}
      <button
        type="button"
        className={pause || left || isUnknown ? "button plain big" : "button big first"}
        onClick={() => again(plan)}
      >
        {plan === null ? words.anotherOpen : words.another(plan)}
      </button>
      <Link className="button plain big" to="/garden">
        {words.garden}
      </Link>
    </div>
  );
}
