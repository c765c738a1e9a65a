import { useState } from "react";

import { Form } from "../../parts/forms/Form";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { type HistoryRecord, useRecordChange } from "../../queries/history";
import type { Label } from "../../queries/labels";
import { text } from "../../text";
import { LabelPicker } from "./LabelPicker";
import { NoteField } from "./NoteField";
import { useRefusal } from "../entry/refusal";
import type { Reading } from "../entry/times";

const words = text.history.edit;

type Props = {
  record: HistoryRecord;
  labels: Label[];
  reading: Reading;
  onSaved: () => void;
  children?: React.ReactNode;
};

/** The label and the note of a session, which move no figure and may change at any time. */
export function SessionForm({ record, labels, reading, onSaved, children }: Props) {
  const [labelId, setLabelId] = useState(record.label_id);
  const [note, setNote] = useState(record.note);
  const change = useRecordChange(record.id);
  const { wrong, rest } = useRefusal(change.error, true, reading);
  const send = async () => {
    await change.mutateAsync({ label_id: labelId, note: note.trim() });
    onSaved();
  };
  return (
    <Form error={change.error} send={send} edited={change.reset}>
      <LabelPicker labels={labels} chosen={labelId} onChoose={setLabelId} error={wrong.label_id} />
      <NoteField value={note} onChange={setNote} error={wrong.note} />
      <ErrorNotice error={rest} />
      <div className="row">
        <button type="submit" className="button" disabled={change.isPending}>
          {change.isPending ? words.saving : words.save}
        </button>
        {children}
      </div>
    </Form>
  );
}
