import { useId } from "react";

import { Segmented } from "../../parts/forms/Segmented";
import { Row } from "./Row";
import type { Saving } from "./saving";

type Props<Value extends string> = {
  title: string;
  hint?: string;
  /** The words of each value that is offered, in their order. */
  choices: Partial<Record<Value, string>>;
  chosen: Value;
  onChoose: (value: Value) => void;
  saving: Saving;
};

const pairs = <Value extends string>(choices: Partial<Record<Value, string>>) =>
  Object.entries(choices) as [Value, string][];

/** A setting of a few values that are all in sight. */
export function SegmentsRow<Value extends string>(props: Props<Value>) {
  const { title, hint, choices, chosen, onChoose, saving } = props;
  return (
    <Row title={<span aria-hidden="true">{title}</span>} hint={hint} saving={saving}>
      <Segmented
        legend={title}
        isLegendHidden
        choices={pairs(choices)}
        chosen={chosen}
        onChoose={onChoose}
      />
    </Row>
  );
}

/** A setting of values that are in sight once it is opened. */
export function SelectRow<Value extends string>(props: Props<Value>) {
  const { title, hint, choices, chosen, onChoose, saving } = props;
  const id = useId();
  return (
    <Row title={<label htmlFor={id}>{title}</label>} hint={hint} saving={saving}>
      <select
        id={id}
        className="settings-select"
        value={chosen}
        onChange={({ target }) => onChoose(target.value as Value)}
      >
        {pairs(choices).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </Row>
  );
}
