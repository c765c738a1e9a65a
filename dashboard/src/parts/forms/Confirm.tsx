import { type ReactNode, useEffect, useRef } from "react";

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
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (open && !shown?.open) shown?.showModal();
    if (!open && shown?.open) shown.close();
  }, [open]);
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="confirm-title">
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onYes();
        }}
      >
        <h2 id="confirm-title">{title}</h2>
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
