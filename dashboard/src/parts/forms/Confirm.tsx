import { type ReactNode, useId } from "react";

import { useModal } from "../floating/useModal";

type Props = {
  title: string;
  open: boolean;
  onClose: () => void;
  onYes: () => void;
  yes: string;
  no: string;
  disabled?: boolean;
  children: ReactNode;
};

/** The confirmation dialog before a change that cannot be undone; Escape says no. */
export function Confirm({ title, open, onClose, onYes, yes, no, disabled, children }: Props) {
  const dialog = useModal(open);
  const id = useId();
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby={id}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onYes();
        }}
      >
        <h2 id={id}>{title}</h2>
        {children}
        <div className="row">
          <button type="button" className="button plain" onClick={onClose}>
            {no}
          </button>
          <button type="submit" className="button warn" disabled={disabled}>
            {yes}
          </button>
        </div>
      </form>
    </dialog>
  );
}
