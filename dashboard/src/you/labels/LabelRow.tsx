import { useId, useState } from "react";

import { Form } from "../../parts/forms/Form";
import { type Label, useChangeLabel } from "../../queries/labels";
import { text } from "../../text";
import { Saved } from "../rows/Row";
import { DeleteLabel } from "./DeleteLabel";
import { refusal } from "./refusal";
import { Swatches } from "./Swatches";

const words = text.settings.labels;

type Props = { label: Label; isOpen: boolean; onTurn: () => void };

/** A label, and below it what can be changed of it. */
export function LabelRow({ label, isOpen, onTurn }: Props) {
  const id = useId();
  const change = useChangeLabel();
  const coming = change.isPending ? change.variables : undefined;
  return (
    <div className="label-row" data-open={isOpen || undefined}>
      <button
        type="button"
        className="label-head"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={onTurn}
      >
        <span
          className="label-dot"
          data-color={coming?.color ?? label.color}
          data-archived={label.archived || undefined}
        />
        <bdi>{coming?.name ?? label.name}</bdi>
        <span className="visually-hidden">{words.colors[label.color]}</span>
        <Saved at={change.isSuccess ? change.submittedAt : null} />
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />
        </svg>
      </button>
      {isOpen && (
        <div className="label-changes" id={id}>
          <Rename label={label} change={change} />
          <Swatches
            chosen={coming?.color ?? label.color}
            onChoose={(color) => change.mutate({ id: label.id, color })}
          />
          <div className="row">
            <button
              type="button"
              className="button plain small"
              disabled={change.isPending}
              onClick={() => change.mutate({ id: label.id, archived: !label.archived })}
            >
              {label.archived ? words.unarchive : words.archive}
            </button>
            <DeleteLabel label={label} />
          </div>
        </div>
      )}
    </div>
  );
}

type RenameProps = { label: Label; change: ReturnType<typeof useChangeLabel> };

/** The name of a label: saved by Enter, or when the field is left. */
function Rename({ label, change }: RenameProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const said = refusal(change.error);
  const send = async () => {
    const name = typed?.trim() ?? "";
    if (name === "" || name === label.name) {
      setTyped(null);
      return;
    }
    await change.mutateAsync({ id: label.id, name });
    setTyped(null);
  };
  return (
    <Form error={change.error} edited={() => change.reset()} send={send}>
      <label htmlFor={id} className="visually-hidden">
        {words.name}
      </label>
      <input
        id={id}
        value={typed ?? label.name}
        maxLength={40}
        autoComplete="off"
        aria-invalid={said !== null}
        aria-describedby={said ? `${id}-error` : undefined}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={({ target }) => target.form?.requestSubmit()}
      />
      {said && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {said}
        </p>
      )}
    </Form>
  );
}
