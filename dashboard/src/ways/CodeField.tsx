import type { ComponentProps } from "react";

import { Field } from "../parts/forms/Field";
import { isWhole } from "./digits";

type Props = Pick<ComponentProps<typeof Field>, "label" | "hint" | "errors" | "autoFocus">;

/** A field for the six digits of an app: with the sixth its form is sent. */
export function CodeField(props: Props) {
  return (
    <Field
      {...props}
      name="code"
      className="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      required
      onChange={({ target }) => isWhole(target.value) && target.form?.requestSubmit()}
    />
  );
}
