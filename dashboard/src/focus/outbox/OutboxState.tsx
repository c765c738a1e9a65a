import { useLocation } from "wouter";

import { useServerNow } from "../../parts/time/useServerNow";
import { useTimeOfDay } from "../../parts/time/useTimeOfDay";
import { text } from "../../text";
import { kindName } from "../../text/kindName";
import { useFocus } from "../context";
import { type Errand, isLocalStart, isOfSession } from "./errands";
import { minutesOf } from "./localSession";
import { PauseReason } from "./PendingEnd";
import { clocks, sender } from "./sessionRequests";
import { shelf } from "./shelf";
import "../../offline/offline.css";

const words = text.offline;

/** What an errand is about, in a sentence; null for what nobody needs to know of. */
function nameOf(errand: Errand): string | null {
  switch (errand.what) {
    case "complete":
      return words.end;
    case "abandon":
      return words.givenUp;
    case "plant":
      return words.plant(kindName(errand.plant));
    case "entry":
      return words.entry(errand.minutes);
    case "typed":
      return words.entry(errand.body.minutes);
    case "start": {
      if (errand.ended?.how === "abandon") return null;
      const minutes = minutesOf(errand, clocks());
      return errand.ended ? words.entry(minutes) : words.start(minutes);
    }
  }
}

/** What waits to be sent, why and since when, and a button that tries at once. */
export function OutboxState() {
  const { kept, pause, session, ended } = useFocus();
  const timeOfDay = useTimeOfDay();
  const isLocal = kept.some((errand) => isLocalStart(errand) && errand.ended === undefined);
  useServerNow(isLocal);
  // Ends and plants alone have a notice of their own where they were asked for.
  const isWanted = kept.some((errand) => !isOfSession(errand));
  const told = kept.map((errand) => [errand, nameOf(errand)] as const);
  const shown = told.filter(([, name]) => name !== null);
  // Beside a session stands what is to be said of it (Unverified.tsx, LocalDone.tsx).
  const isStaged = session != null || ended?.isLocal === true;
  const isBeside = useLocation()[0] === "/" && isStaged;
  if (!isWanted || isBeside || shown.length === 0) return null;
  const isSafe = kept.every(shelf.isSafe);
  return (
    <details className="outbox card" open={session === null}>
      <summary>{words.waits(shown.length)}</summary>
      <ul>
        {shown.map(([errand, name]) => (
          <li key={`${errand.what}:${errand.session}`}>
            {name} <small>{words.since(timeOfDay(errand.at))}</small>
          </li>
        ))}
      </ul>
      <p className="row">
        <span role="status">
          {pause ? <PauseReason pause={pause} /> : words.sending}{" "}
          {isSafe ? words.kept : words.keptHere}
        </span>
        <button
          type="button"
          className="button plain"
          disabled={pause === null || pause.why === "busy"}
          onClick={() => void sender.flush()}
        >
          {words.sendNow}
        </button>
      </p>
    </details>
  );
}
