import { useEffect, useState, useSyncExternalStore } from "react";

import { putAway, STAYS, toasts } from "./toasts";

/** The place of toasts, one a page; it waits while the toast is pointed at or has the focus. */
export function Toasts() {
  const toast = useSyncExternalStore(toasts.subscribe, toasts.now);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (toast === null || isHeld) return;
    const timer = setTimeout(putAway, STAYS);
    return () => clearTimeout(timer);
  }, [toast, isHeld]);
  const hold = () => setHeld(true);
  const letGo = () => setHeld(false);
  return (
    <div className="toasts" role="status">
      {toast && (
        <div
          className="toast"
          key={toast.id}
          onPointerEnter={hold}
          onPointerLeave={letGo}
          onFocus={hold}
          onBlur={letGo}
        >
          <span>{toast.words}</span>
          {toast.act && (
            <button
              type="button"
              onClick={() => {
                letGo();
                putAway();
                toast.act?.run();
              }}
            >
              {toast.act.label}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
