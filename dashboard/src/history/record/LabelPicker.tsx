import type { Label } from "../../queries/labels";
import { text } from "../../text";
import { LabelDot } from "./LabelName";

const words = text.history;

type Props = {
  labels: Label[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
  error?: string;
};

/** One label or none; an archived one is offered where it is chosen already. */
export function LabelPicker({ labels, chosen, onChoose, error }: Props) {
  const offered = labels.filter(({ id, archived }) => !archived || id === chosen);
  if (offered.length === 0) return null;
  const choices = [null, ...offered];
  return (
    <fieldset className="choices label-picker" aria-invalid={error !== undefined}>
      <legend>{words.edit.label}</legend>
      <div className="chips">
        {choices.map((label) => (
          <label className="chip" key={label?.id ?? "none"}>
            <input
              type="radio"
              name="label"
              checked={(label?.id ?? null) === chosen}
              onChange={() => onChoose(label?.id ?? null)}
            />
            <span>
              <LabelDot color={label?.color ?? null} />
              <bdi>{label?.name ?? words.record.noLabel}</bdi>
            </span>
          </label>
        ))}
      </div>
      {error !== undefined && <p className="error">{error}</p>}
    </fieldset>
  );
}
