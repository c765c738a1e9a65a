import { useId } from "react";

import { text } from "../../text";

const words = text.ways.programs;

/** What a token may do, in sentences: nothing of it is chosen beforehand. */
export function Scopes({ errors }: { errors: string[] }) {
  const id = useId();
  const isWrong = errors.length > 0;
  return (
    <fieldset className="choices" aria-describedby={isWrong ? id : undefined}>
      <legend>{words.may}</legend>
      <div className="scopes">
        {Object.entries(words.scopes).map(([scope, sentence], n) => (
          <label className="check" key={scope}>
            <input
              type="checkbox"
              name="scopes"
              value={scope}
              aria-invalid={isWrong && n === 0 ? true : undefined}
            />
            <span>{sentence}</span>
          </label>
        ))}
      </div>
      {isWrong && (
        <p className="field-error" id={id}>
          {errors.join(" ")}
        </p>
      )}
    </fieldset>
  );
}
