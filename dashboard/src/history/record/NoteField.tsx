import { useId } from "react";

import { text } from "../../text";

const words = text.history.edit;
export const LONGEST_NOTE = 500;
/** How many characters are left when that begins to be said. */
const NEAR = 100;

type Props = { value: string; onChange: (note: string) => void; error?: string };

export function NoteField({ value, onChange, error }: Props) {
  const id = useId();
  // Of an emoji the service counts one, and JavaScript two.
  const left = LONGEST_NOTE - [...value].length;
  return (
    <div className="field note-field">
      <label htmlFor={id}>{words.note}</label>
      <textarea
        id={id}
        rows={3}
        value={value}
        maxLength={LONGEST_NOTE * 2}
        aria-invalid={error !== undefined || left < 0}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p className={error !== undefined || left < 0 ? "error" : "hint"} id={`${id}-hint`}>
        {error ?? (left <= NEAR ? words.noteHint(left) : words.notePrivate)}
      </p>
    </div>
  );
}
