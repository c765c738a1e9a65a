import { type DragEvent, useId, useState } from "react";

import { text } from "../text";

const words = text.importing.choose;

type Props = { onFile: (file: File) => void; error: string | null };

/** The place for a file: chosen by a button, or dropped. */
export function FileDrop({ onFile, error }: Props) {
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <div
      className={isOver ? "drop-file over" : "drop-file"}
      onDragOver={over}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <path d="M14 6h14l8 8v28H14V6Zm14 0v8h8M24 36V22m-6 6 6-6 6 6" />
      </svg>
      <p className="big">{words.drop}</p>
      <p className="soft">{words.or}</p>
      <div className="pick-file">
        <input
          type="file"
          id={id}
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          aria-describedby={`${id}-about`}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) onFile(file);
            // The same file may be chosen again after it was changed.
            event.target.value = "";
          }}
        />
        <label htmlFor={id} className="button">
          {words.pick}
        </label>
      </div>
      <p className="soft" id={`${id}-about`}>
        {words.limits}
      </p>
      {error !== null && (
        <p className="notice error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
