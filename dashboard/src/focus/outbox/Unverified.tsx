import { text } from "../../text";
import { useFocus } from "../context";
import "../../offline/offline.css";

/** The mark of a running session that only this device knows. */
export function Unverified() {
  const { isUnverified } = useFocus();
  if (!isUnverified) return null;
  return (
    <p className="unverified">
      <strong>{text.offline.unverified}</strong> {text.offline.unverifiedHint}
    </p>
  );
}
