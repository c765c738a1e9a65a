import { useState } from "react";

import { text } from "../../text";
import { useDraft } from "./useDraft";

type Props = {
  id: string;
  /** What is counted, for the names of the buttons. */
  name: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  unit?: string;
  onChange: (value: number) => void;
  disabled?: boolean;
};

/** A number with a button on each side, which may be typed too. */
export function Stepper({ id, name, value, min, max, step = 1, unit, ...rest }: Props) {
  const { onChange, disabled } = rest;
  const { shown, change, flush, drop } = useDraft(value, onChange);
  // What is typed, while it is no number that may be sent.
  const [typed, setTyped] = useState<string | null>(null);
  const isFit = (n: number) => Number.isInteger(n) && n >= min && n <= max;
  const type = (words: string) => {
    const n = Number(words);
    const fits = words.trim() !== "" && isFit(n);
    setTyped(fits ? null : words);
    if (fits) change(n);
    else drop();
  };
  const go = (by: number) => {
    setTyped(null);
    // From 7 by fives to 10 and to 5: what is counted in fives stays so.
    const next = by > 0 ? Math.floor(shown / step) + 1 : Math.ceil(shown / step) - 1;
    change(Math.min(max, Math.max(min, next * step)));
  };
  return (
    <div className="stepper" data-disabled={disabled}>
      <button
        type="button"
        aria-label={text.settings.less(name)}
        disabled={disabled || shown <= min}
        onClick={() => go(-step)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 8h8" />
        </svg>
      </button>
      <span className="stepper-value">
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          size={3}
          value={typed ?? shown}
          disabled={disabled}
          aria-invalid={typed !== null}
          onChange={({ target }) => type(target.value)}
          onFocus={({ target }) => target.select()}
          onBlur={() => {
            setTyped(null);
            flush();
          }}
          onKeyDown={({ key }) => {
            if (key === "ArrowUp") go(step);
            if (key === "ArrowDown") go(-step);
            if (key === "Enter") flush();
          }}
        />
        {unit && <span aria-hidden="true">{unit}</span>}
      </span>
      <button
        type="button"
        aria-label={text.settings.more(name)}
        disabled={disabled || shown >= max}
        onClick={() => go(step)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 8h8M8 4v8" />
        </svg>
      </button>
    </div>
  );
}
