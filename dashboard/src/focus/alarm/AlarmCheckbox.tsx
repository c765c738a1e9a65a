import { useEffect, useState } from "react";

import { text } from "../../text";
import { isWanted, want } from "./alarm";
import { askToNotify, mayNotify, onPermission } from "./notifications";

const words = text.focus;

/** The checkbox for the alarm at the end: a notification where allowed, and a sound. */
export function AlarmCheckbox() {
  const [on, setOn] = useState(isWanted);
  // Null while the browser asks.
  const [allowed, setAllowed] = useState<boolean | null>(mayNotify);
  useEffect(
    () => onPermission(() => setAllowed((before) => (before === null ? null : mayNotify()))),
    [],
  );
  const change = async (now: boolean) => {
    want(now);
    setOn(now);
    if (!now) return;
    setAllowed(null);
    setAllowed(await askToNotify());
  };
  return (
    <div>
      <label className="check">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => void change(event.target.checked)}
        />
        <span>
          {words.tellMe} <span className="soft">{words.tellMeHint}</span>
        </span>
      </label>
      {on && allowed === false && <p className="soft">{words.tellMeDenied}</p>}
    </div>
  );
}
