import { steadily } from "../../api/clock";
import { RetryIn } from "../../parts/notices/RetryIn";
import { useInSight } from "../../parts/notices/useInSight";
import { useServerNow } from "../../parts/time/useServerNow";
import { text } from "../../text";
import { useFocus } from "../context";
import type { SessionErrand } from "./errands";
import type { Pause } from "./retry";
import { shelf } from "./shelf";

const words = text.focus;

/** The reason of a pause, in a sentence. */
export function PauseReason({ pause }: { pause: Pause }) {
  useServerNow(true);
  if (pause.why !== "busy") return words.waits[pause.why];
  const seconds = Math.max(1, Math.ceil((pause.until - steadily()) / 1000));
  return (
    <>
      {words.waits.busy}
      <RetryIn seconds={seconds} />
    </>
  );
}

/** The notice of an end that is not answered yet, with the button that takes it back. */
export function PendingEnd({ errand }: { errand: SessionErrand }) {
  const { pause, takeBack } = useFocus();
  const place = useInSight(pause !== null);
  if (!pause) {
    return (
      <p className="soft" role="status">
        {words.ending}
      </p>
    );
  }
  const canGoOn = !(errand.what === "complete" && errand.due);
  return (
    <div className="row waits" ref={place}>
      <p role="status">
        <PauseReason pause={pause} /> {shelf.isSafe(errand) ? words.endKept : words.endKeptHere}
      </p>
      {canGoOn && (
        <button type="button" className="button plain" onClick={() => takeBack(errand)}>
          {words.takeBack}
        </button>
      )}
    </div>
  );
}
