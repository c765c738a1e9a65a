import { type ReactNode, useId } from "react";

import { text } from "../../text";
import { useModal } from "./useModal";

type Props = {
  title: string;
  open: boolean;
  onClose: () => void;
  /** Buttons that stay in sight below what is scrolled. */
  foot?: ReactNode;
  children: ReactNode;
};

/** A dialog: from the bottom of a phone, in the middle of a wide window. Escape closes it. */
export function Sheet({ title, open, onClose, foot, children }: Props) {
  const dialog = useModal(open);
  const id = useId();
  return (
    <dialog
      className="sheet"
      ref={dialog}
      onClose={onClose}
      // Its own box is filled by what is in it: what is left is the veil around.
      onClick={(event) => event.target === dialog.current && onClose()}
      aria-labelledby={id}
    >
      {open && (
        <div className="sheet-box">
          <header>
            <h2 id={id}>{title}</h2>
            <button type="button" className="icon-button" onClick={onClose}>
              <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
                <path d="M5 5l10 10M15 5L5 15" />
              </svg>
              <span className="visually-hidden">{text.close}</span>
            </button>
          </header>
          <div className="sheet-body">{children}</div>
          {foot && <footer className="row">{foot}</footer>}
        </div>
      )}
    </dialog>
  );
}
