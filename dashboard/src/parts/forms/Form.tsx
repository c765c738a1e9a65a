import { type FormEvent, type ReactNode, useEffect, useRef } from "react";

import { useOnce } from "./useOnce";

type Props = {
  /** The refusal of the last try. */
  error: Error | null;
  send: (answers: FormData, form: HTMLFormElement) => Promise<unknown>;
  /** Something was typed or chosen. */
  edited?: () => void;
  children: ReactNode;
};

/**
 * A form validated by the server: a browser would show one invalid field at a time, in its
 * own words. All errors are shown at once, and the first invalid field gets the focus.
 */
export function Form({ error, send, edited, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const sendOnce = useOnce(send);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    sendOnce(new FormData(event.currentTarget), event.currentTarget);
  };
  return (
    <form className="form" noValidate onSubmit={submit} onInput={edited} ref={form}>
      {children}
    </form>
  );
}
