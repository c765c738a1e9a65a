import { useId } from "react";

import { LABEL_COLORS, type LabelColor } from "../../queries/labels";
import { text } from "../../text";

const words = text.settings.labels;

type Props = { chosen: LabelColor; onChoose: (color: LabelColor) => void };

/** The twelve colours of labels, each with its name. */
export function Swatches({ chosen, onChoose }: Props) {
  const name = useId();
  return (
    <fieldset className="swatches">
      <legend className="visually-hidden">{words.color}</legend>
      {LABEL_COLORS.map((color) => (
        <label key={color} title={words.colors[color]} data-color={color}>
          <input
            type="radio"
            className="covering"
            name={name}
            aria-label={words.colors[color]}
            checked={color === chosen}
            onChange={() => onChoose(color)}
          />
          <span>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="m3.5 8.5 3 3 6-7" />
            </svg>
          </span>
        </label>
      ))}
      <span className="swatch-name" aria-hidden="true">
        {words.colors[chosen]}
      </span>
    </fieldset>
  );
}
