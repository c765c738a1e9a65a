import { useId, useState } from "react";

import { Form } from "../../parts/forms/Form";
import { LABEL_COLORS, type LabelColor, useCreateLabel } from "../../queries/labels";
import { text } from "../../text";
import { Group } from "../rows/Group";
import { refusal } from "./refusal";
import { Swatches } from "./Swatches";

const words = text.settings.labels;

/** The form of a new label, in a colour that is not used yet. */
export function NewLabel({ taken }: { taken: LabelColor[] }) {
  const id = useId();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<LabelColor | null>(null);
  const create = useCreateLabel();
  const color =
    chosen ?? LABEL_COLORS.find((one) => !taken.includes(one)) ?? LABEL_COLORS[0] ?? "green";
  const said = refusal(create.error);
  const send = async () => {
    await create.mutateAsync({ name: name.trim(), color });
    setName("");
    setChosen(null);
  };
  return (
    <Group title={words.add}>
      <div className="settings-form">
        <Form error={create.error} edited={() => create.reset()} send={send}>
          <div className="label-new">
            <label htmlFor={id} className="visually-hidden">
              {words.name}
            </label>
            <input
              id={id}
              value={name}
              placeholder={words.nameHint}
              maxLength={40}
              autoComplete="off"
              aria-invalid={said !== null}
              aria-describedby={said ? `${id}-error` : undefined}
              onChange={({ target }) => setName(target.value)}
            />
            <button
              type="submit"
              className="button"
              disabled={create.isPending || name.trim() === ""}
            >
              {words.addIt}
            </button>
          </div>
          {said && (
            <p className="field-error" id={`${id}-error`} role="alert">
              {said}
            </p>
          )}
          <Swatches chosen={color} onChoose={setChosen} />
        </Form>
      </div>
    </Group>
  );
}
