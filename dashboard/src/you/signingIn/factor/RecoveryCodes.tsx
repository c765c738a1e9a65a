import { useEffect, useRef } from "react";

import { text } from "../../../text";
import { Copy } from "../../Copy";
import { saveAs } from "../../saveAs";

const words = text.ways.factor;

type Props = { codes: string[]; name: string; onKept: () => void };

/** The codes for when the phone is gone, shown this once: in the page, which nothing closes. */
export function RecoveryCodes({ codes, name, onKept }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  // The form that was sent is gone: a screen reader and Tab go on from here.
  useEffect(() => heading.current?.focus(), []);
  const list = codes.join("\n");
  const save = () => {
    const file = new Blob([`${words.codesOf(name)}\n\n${list}\n`], { type: "text/plain" });
    saveAs(file, "focusguard-recovery-codes.txt");
  };
  return (
    <div className="codes">
      <h3 tabIndex={-1} ref={heading}>
        {words.codes}
      </h3>
      <p className="soft">{words.codesLead}</p>
      <ol dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="row">
        <Copy value={list} label={words.copy} done={words.copied} />
        <button type="button" className="button plain small" onClick={save}>
          {words.download}
        </button>
        <button type="button" className="button small" onClick={onKept}>
          {words.kept}
        </button>
      </div>
    </div>
  );
}
