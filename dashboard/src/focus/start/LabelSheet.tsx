import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Sheet } from "../../parts/floating/Sheet";
import { Field } from "../../parts/forms/Field";
import { ErrorNotice, fieldErrors, QueryFallback } from "../../parts/notices/Feedback";
import { LABEL_COLORS, labels, useCreateLabel } from "../../queries/labels";
import { text } from "../../text";

const words = text.today.start;

type Props = {
  chosen: string | null;
  onChoose: (id: string | null) => void;
  onClose: () => void;
};

/** The labels to choose from, and a new one. */
export default function LabelSheet({ chosen, onChoose, onClose }: Props) {
  const told = useQuery(labels);
  const create = useCreateLabel();
  const offered = told.data?.labels.filter(({ archived }) => !archived);
  // The next colour that no label has yet, so that nobody has to choose one.
  const used = new Set(told.data?.labels.map(({ color }) => color));
  const fresh = LABEL_COLORS.find((color) => !used.has(color)) ?? "green";
  const [name, setName] = useState("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name, color: fresh }, { onSuccess: ({ id }) => onChoose(id) });
  };
  return (
    <Sheet title={words.labelTitle} open onClose={onClose}>
      {!offered && <QueryFallback of={[told]} height={88} />}
      {offered?.length === 0 && <p className="soft">{words.labelsEmpty}</p>}
      {offered && offered.length > 0 && (
        <ul className="label-list">
          {[null, ...offered].map((label) => (
            <li key={label?.id ?? ""}>
              <button
                type="button"
                aria-pressed={chosen === (label?.id ?? null)}
                onClick={() => onChoose(label?.id ?? null)}
              >
                <i
                  className="dot"
                  style={label ? { background: `var(--label-${label.color})` } : undefined}
                />
                <bdi>{label?.name ?? words.noLabel}</bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
      <form className="new-label" onSubmit={add}>
        <Field
          label={words.newLabel}
          required
          maxLength={40}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          errors={fieldErrors(create.error, "name")}
        />
        <button type="submit" className="button" disabled={create.isPending}>
          {words.makeLabel}
        </button>
      </form>
      <ErrorNotice error={create.error} at={["name"]} />
    </Sheet>
  );
}
