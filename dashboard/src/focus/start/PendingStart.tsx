import { useEffect, useState } from "react";

import { useInSight } from "../../parts/notices/useInSight";
import { text } from "../../text";
import { useFocus } from "../context";
import { PauseReason } from "../outbox/PendingEnd";

const words = text.focus;
/** The time after which a start without an answer gets a notice: milliseconds. */
const SLOW = 1500;

/** The notice of a start that is not answered yet, with the button that calls it off. */
export function PendingStart() {
  const { starting, doNotStart } = useFocus();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW);
    return () => clearTimeout(timer);
  }, []);
  const isTold = starting !== null && (slow || starting.pause !== null);
  const place = useInSight(isTold);
  if (!isTold) return null;
  return (
    <div className="notice row" ref={place}>
      <p role="status">
        {starting.pause && <PauseReason pause={starting.pause} />} {words.startWaits}
      </p>
      <button type="button" className="button plain" onClick={doNotStart}>
        {words.doNotStart}
      </button>
    </div>
  );
}
