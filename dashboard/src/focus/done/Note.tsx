import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";

import { ErrorNotice } from "../../parts/notices/Feedback";
import { recordOf, useRecordChange } from "../../queries/history";
import { useLabels } from "../../queries/labels";
import { text } from "../../text";

const words = text.done;

/** The field for what was done: a note and a label, kept in the history. */
export function Note({ session }: { session: string }) {
  const record = useQuery(recordOf(session)).data;
  const known = useLabels()?.filter(({ archived, id }) => !archived || id === record?.label_id);
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  const { mutate, isPending, isSuccess, error, reset } = useRecordChange(session);
  const note = typed ?? record?.note ?? "";
  const isChanged = typed !== null && typed !== (record?.note ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && !isPending) mutate({ note });
  };
  return (
    <form className="done-note" onSubmit={submit}>
      <label htmlFor={id}>{words.note}</label>
      <div className="note-line">
        <input
          id={id}
          value={note}
          maxLength={500}
          placeholder={words.notePlaceholder}
          disabled={record === undefined}
          enterKeyHint="done"
          onChange={(event) => {
            setTyped(event.target.value);
            reset();
          }}
        />
        {isChanged && (
          <button type="submit" className="button plain" disabled={isPending}>
            {words.save}
          </button>
        )}
      </div>
      {known && known.length > 0 && record && (
        <label className="note-label">
          <span>{words.label}</span>
          <select
            value={record.label_id ?? ""}
            disabled={isPending}
            onChange={(event) => mutate({ label_id: event.target.value || null })}
          >
            <option value="">{words.noLabel}</option>
            {known.map(({ id: label, name }) => (
              <option key={label} value={label}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <p className="lesser" role="status">
        {isSuccess && !isChanged && words.saved}
      </p>
      <ErrorNotice error={error} />
    </form>
  );
}
