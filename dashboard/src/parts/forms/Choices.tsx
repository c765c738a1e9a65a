import type { ReactNode } from "react";

type Props<Value> = {
  /** The group's name; `unseen`, for screen readers alone. */
  legend: string;
  unseen?: boolean;
  /** The radio group's name in its form. */
  name: string;
  choices: readonly (readonly [Value, string])[];
  chosen: Value;
  onChoose: (value: Value) => void;
  /** The rest of the fieldset, below the chips. */
  children?: ReactNode;
};

/** A radio group shown as chips: one of a few values. */
export function Choices<Value extends string | number>({
  legend,
  unseen = false,
  name,
  choices,
  chosen,
  onChoose,
  children,
}: Props<Value>) {
  return (
    <fieldset className="choices">
      <legend className={unseen ? "visually-hidden" : undefined}>{legend}</legend>
      <div className="chips">
        {choices.map(([value, label]) => (
          <label className="chip" key={value}>
            <input
              type="radio"
              name={name}
              checked={value === chosen}
              onChange={() => onChoose(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
