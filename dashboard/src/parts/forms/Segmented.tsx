import { useId } from "react";

type Props<Value extends string | number> = {
  legend: string;
  /** The legend is for those who hear the page. */
  isLegendHidden?: boolean;
  choices: readonly (readonly [Value, string])[];
  chosen: Value | null;
  onChoose: (value: Value) => void;
};

/** One of a few short choices, side by side. */
export function Segmented<Value extends string | number>(props: Props<Value>) {
  const { legend, isLegendHidden, choices, chosen, onChoose } = props;
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend className={isLegendHidden ? "visually-hidden" : undefined}>{legend}</legend>
      <div className="segments">
        {choices.map(([value, label]) => (
          <label key={value}>
            <input
              type="radio"
              className="covering"
              name={name}
              checked={value === chosen}
              onChange={() => onChoose(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
