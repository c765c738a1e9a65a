import { text } from "../../text";
import { useFocus } from "../context";
import { PauseReason } from "../outbox/PendingEnd";
import type { Session } from "../outbox/sessionRequests";
import { Scene } from "../scene/Scene";
import { shareOf, titleOf } from "./outcome";
import "../../styles/session.css";
import "../../styles/done.css";
import "../../offline/offline.css";

const words = text.done;

/**
 * What a session came to that no service saw: its minutes, and what becomes of them. There
 * are no rewards yet, and there will be none: an entry earns nothing.
 */
export function LocalDone({ session }: { session: Session }) {
  const { again, skipBreak, kept, pause } = useFocus();
  const waits = kept.some(({ what }) => what === "start" || what === "entry");
  const share = shareOf(session);
  return (
    <section className="stage done local">
      <Scene share={share} ring={share} />
      <div className="result">
        <div className="reading" aria-live="polite">
          <h2>{titleOf(session)}</h2>
          <p>{words.local}</p>
          <p className="unverified">
            <strong>{waits ? words.localWaits : words.localTold}</strong>{" "}
            {waits && pause && <PauseReason pause={pause} />}
          </p>
        </div>
        <div className="row nexts">
          <button
            type="button"
            className="button big first"
            onClick={() => again(session.duration_min)}
          >
            {session.duration_min === null
              ? words.anotherOpen
              : words.another(session.duration_min)}
          </button>
          <button type="button" className="button plain big" onClick={skipBreak}>
            {words.close}
          </button>
        </div>
      </div>
    </section>
  );
}
