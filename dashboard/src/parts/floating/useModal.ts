import { useEffect, useRef } from "react";

/** The element of a dialog that is modal while `open`; the browser gives the focus back. */
export function useModal(open: boolean) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (open && !shown?.open) shown?.showModal();
    if (!open && shown?.open) shown.close();
  }, [open]);
  return dialog;
}
