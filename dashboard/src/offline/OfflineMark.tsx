import { text } from "../text";
import { useHasNetwork } from "./network";
import "./offline.css";

const words = text.offline;

/** The mark of a device without a network, in the frame of every page. */
export function OfflineMark() {
  const hasNetwork = useHasNetwork();
  return (
    <div className="offline-mark" role="status">
      {!hasNetwork && (
        <>
          <svg width="16" height="16" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4 4l16 16M7 17.5h9.5M9 7.6A5.5 5.5 0 0 1 17 11a4 4 0 0 1 2.9 6M5.6 10.2A4.2 4.2 0 0 0 7 17.5" />
          </svg>
          <strong>{words.mark}</strong>
          <span className="hint">{words.markHint}</span>
        </>
      )}
    </div>
  );
}
