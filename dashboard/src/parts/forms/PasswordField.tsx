import { type ComponentProps, useState } from "react";

import { text } from "../../text";
import { Field } from "./Field";

const words = text.sign;

/** A field for a password, with a button that shows what is typed. */
export function PasswordField(props: Omit<ComponentProps<typeof Field>, "type" | "beside">) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...props}
      type={shown ? "text" : "password"}
      autoCapitalize="none"
      spellCheck={false}
      required
      beside={
        <button
          type="button"
          className="button plain"
          aria-pressed={shown}
          aria-label={`${shown ? words.hide : words.show} ${props.label.toLowerCase()}`}
          onClick={() => setShown(!shown)}
        >
          {shown ? words.hide : words.show}
        </button>
      }
    />
  );
}
