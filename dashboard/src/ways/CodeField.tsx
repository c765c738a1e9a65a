import { type ComponentProps, useState } from "react";

import { Field } from "../parts/forms/Field";
import { isWhole } from "./digits";

type Props = Pick<ComponentProps<typeof Field>, "label" | "hint" | "errors" | "autoFocus">;

/** A field for the six digits of an app: with the sixth its form is sent. */
export function CodeField(props: Props) {
  // A code that was kept has sixteen signs: in those large ones it would be cut.
  const [isLong, setLong] = useState(false);
  return (
    <Field
      {...props}
      name="code"
      className={isLong ? undefined : "code"}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      required
      onChange={({ target }) => {
        setLong(target.value.trim().length > DIGITS_AND_BLANKS);
        if (isWhole(target.value)) target.form?.requestSubmit();
      }}
    />
  );
}

/** As many signs as six digits have with a blank between each two. */
const DIGITS_AND_BLANKS = 11;
