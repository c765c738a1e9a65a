import { type InputHTMLAttributes, type ReactNode, useId } from "react";

type Props = InputHTMLAttributes<HTMLInputElement> & {
  label: string;
  hint?: string;
  /** The error messages of the server, or of the form. */
  errors?: string[];
  /** A button beside the input. */
  beside?: ReactNode;
};

export function Field({ label, hint, errors = [], beside, ...input }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, errors.length > 0 && `${id}-error`].filter(Boolean);
  const box = (
    <input
      id={id}
      aria-invalid={errors.length > 0}
      aria-describedby={described.join(" ") || undefined}
      {...input}
    />
  );
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {beside ? (
        <div className="with-button">
          {box}
          {beside}
        </div>
      ) : (
        box
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {errors.length > 0 && (
        <p className="error" id={`${id}-error`}>
          {errors.join(" ")}
        </p>
      )}
    </div>
  );
}
