import { type ReactNode, useId } from "react";

import { Row } from "./Row";
import type { Saving } from "./saving";

type Props = {
  title: string;
  hint?: ReactNode;
  on: boolean;
  onChange: (on: boolean) => void;
  saving: Saving;
  disabled?: boolean;
};

/** A setting that is on or off, and saved as it is switched. */
export function SwitchRow({ title, hint, on, onChange, saving, disabled }: Props) {
  const id = useId();
  return (
    <Row title={<label htmlFor={id}>{title}</label>} hint={hint} saving={saving}>
      <span className="switch">
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={on}
          disabled={disabled}
          onChange={({ target }) => onChange(target.checked)}
        />
      </span>
    </Row>
  );
}
