import { useState } from "react";

import { clock } from "../../api/clock";
import { duration } from "../../format";
import { Field } from "../../parts/forms/Field";
import { Form } from "../../parts/forms/Form";
import { Segmented } from "../../parts/forms/Segmented";
import { ErrorNotice } from "../../parts/notices/Feedback";
import type { Label } from "../../queries/labels";
import { text } from "../../text";
import { type Draft, spanOfDraft, timeOf, type Wrong, wrongIn } from "./entry";
import { LabelPicker } from "../record/LabelPicker";
import { NoteField } from "../record/NoteField";
import { useRefusal } from "./refusal";
import type { Reading } from "./times";
import { dayAfter, wallOf } from "./zoned";

const words = text.history.edit;
const HOWS = [
  ["timed", words.timed],
  ["untimed", words.untimed],
] as const;

export type Sent = ReturnType<typeof timeOf> & { label_id: string | null; note: string };

type Props = {
  initial: Draft;
  labels: Label[];
  reading: Reading;
  submit: string;
  send: (sent: Sent, draft: Draft) => Promise<unknown>;
  error: Error | null;
  children?: React.ReactNode;
};

/** What a person tells of focus that no session saw; verdicts stand at their fields, in words. */
export function EntryForm({ initial, labels, reading, submit, send, error, children }: Props) {
  const [draft, setDraft] = useState(initial);
  const [wrong, setWrong] = useState<Wrong>({});
  const [isEdited, setIsEdited] = useState(true);
  const refusal = useRefusal(isEdited ? null : error, draft.isTimed, reading);
  const at = (field: keyof Wrong) =>
    [wrong[field] ?? refusal.wrong[field]].filter((said) => said !== undefined);
  const change = (changed: Partial<Draft>) => {
    setDraft({ ...draft, ...changed });
    setWrong({});
    setIsEdited(true);
  };
  const submitDraft = async () => {
    const found = wrongIn(draft, reading.zone, clock.now());
    setWrong(found);
    setIsEdited(false);
    if (Object.keys(found).length > 0) return;
    const note = draft.note.trim();
    await send({ ...timeOf(draft, reading.zone), label_id: draft.labelId, note }, draft);
  };
  const today = wallOf(clock.now(), reading.zone).date;
  const tellsWrong = Object.keys(wrong).length > 0;
  return (
    <Form error={tellsWrong ? WRONG : isEdited ? null : error} send={submitDraft}>
      <Segmented
        legend={words.how}
        isLegendHidden
        choices={HOWS}
        chosen={draft.isTimed ? "timed" : "untimed"}
        onChoose={(how) => change({ isTimed: how === "timed" })}
      />
      <Field
        label={words.date}
        type="date"
        value={draft.date}
        max={today}
        min={dayAfter(today, -3652)}
        errors={at("date")}
        onChange={(event) => change({ date: event.target.value })}
      />
      {draft.isTimed ? (
        <div className="entry-times">
          <Field
            label={words.from}
            type="time"
            value={draft.from}
            errors={at("from")}
            onChange={(event) => change({ from: event.target.value })}
          />
          <Field
            label={words.to}
            type="time"
            value={draft.to}
            hint={lengthOf(draft, reading.zone)}
            errors={at("to")}
            onChange={(event) => change({ to: event.target.value })}
          />
        </div>
      ) : (
        <Field
          label={words.minutes}
          inputMode="numeric"
          autoComplete="off"
          value={draft.minutes}
          errors={at("minutes")}
          onChange={(event) => change({ minutes: event.target.value.trim() })}
        />
      )}
      <LabelPicker
        labels={labels}
        chosen={draft.labelId}
        onChoose={(labelId) => change({ labelId })}
        error={at("label_id")[0]}
      />
      <NoteField value={draft.note} onChange={(note) => change({ note })} error={at("note")[0]} />
      {refusal.rest !== null && <ErrorNotice error={refusal.rest} />}
      <div className="row">
        <button type="submit" className="button">
          {submit}
        </button>
        {children}
      </div>
    </Form>
  );
}

/** What leads the focus to the first field that is wrong, as a refusal of the service does. */
const WRONG = new Error();

function lengthOf(draft: Draft, zone: string): string | undefined {
  const span = spanOfDraft(draft, zone);
  if (span === null || span.minutes === null || draft.from === draft.to) return undefined;
  const length = duration(span.minutes);
  return span.isNextDay ? words.nextDay(length) : words.length(length);
}
