import { type InputHTMLAttributes, type ReactNode, useId, useState } from "react";

import { Form } from "../../parts/forms/Form";
import { ErrorNotice, fieldErrors } from "../../parts/notices/Feedback";
import { text } from "../../text";
import { Saved } from "../rows/Row";

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange"> & {
  title: string;
  hint?: ReactNode;
  name: string;
  value: string;
  save: {
    isSuccess: boolean;
    isPending: boolean;
    submittedAt: number;
    error: Error | null;
    reset: () => void;
  };
  send: (value: string) => Promise<unknown>;
  children?: ReactNode;
};

/** A setting that is a line of text: sent by Enter or its button, which comes with a change. */
export function TextRow({ title, hint, name, value, save, send, children, ...input }: Props) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const errors = fieldErrors(save.error, name);
  const isChanged = typed !== null && typed.trim() !== value;
  const submit = async () => {
    if (!isChanged) return;
    await send(typed.trim());
    setTyped(null);
  };
  return (
    <div className="setting" data-field>
      <div className="setting-name">
        <div className="setting-title">
          <label htmlFor={id}>{title}</label>
          <Saved at={save.isSuccess && !isChanged ? save.submittedAt : null} />
        </div>
        {hint && <p className="setting-hint">{hint}</p>}
      </div>
      <div className="setting-control">
        <Form error={save.error} send={submit} edited={() => save.reset()}>
          <input
            {...input}
            id={id}
            name={name}
            value={typed ?? value}
            aria-invalid={errors.length > 0}
            aria-describedby={errors.length > 0 ? `${id}-error` : undefined}
            onChange={({ target }) => setTyped(target.value)}
          />
          {isChanged && (
            <button type="submit" className="button small" disabled={save.isPending}>
              {text.you.save}
            </button>
          )}
        </Form>
      </div>
      {errors.length > 0 && (
        <p className="setting-error field-error" id={`${id}-error`}>
          {errors.join(" ")}
        </p>
      )}
      {save.error && errors.length === 0 && (
        <div className="setting-error">
          <ErrorNotice error={save.error} />
        </div>
      )}
      {children}
    </div>
  );
}
