import { useEffect, useRef } from "react";

import { text } from "../../text";
import { Copy } from "../Copy";
import { Group } from "../rows/Group";

const words = text.ways.programs;

/** A new token, shown this once: in the page, which nothing closes. */
export function Made({ token, onDone }: { token: string; onDone: () => void }) {
  const shown = useRef<HTMLElement>(null);
  // The form that was sent is gone: a screen reader and Tab go on from here.
  useEffect(() => shown.current?.focus(), []);
  return (
    <Group title={words.made}>
      <div className="made">
        <p>{words.madeText}</p>
        <code dir="ltr" tabIndex={-1} ref={shown} aria-label={words.token}>
          {token}
        </code>
        <div className="row">
          <Copy value={token} label={words.copy} done={words.copied} />
          <button type="button" className="button small" onClick={onDone}>
            {words.done}
          </button>
        </div>
      </div>
    </Group>
  );
}
