import { type FormEvent, type ReactNode, useEffect, useRef } from "react";

import { useOnce } from "./once";

type Props = {
  /** What the last try was refused with. */
  error: Error | null;
  send: (answers: FormData, form: HTMLFormElement) => Promise<unknown>;
  /** Something was typed or chosen. */
  edited?: () => void;
  children: ReactNode;
};

/**
 * A form whose rules are the server's: a browser would tell one wrong field at a time, and
 * in its own words. All are told at once, and the first of them is where one types on.
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
