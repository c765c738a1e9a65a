import type { ReactNode } from "react";

import { ErrorNotice } from "../../parts/notices/Feedback";
import { text } from "../../text";
import type { Saving } from "./saving";
import "../../styles/you/rows.css";

type Props = {
  /** The name of the setting: its label, where the control can have one. */
  title: ReactNode;
  hint?: ReactNode;
  saving?: Saving;
  /** The control stands below the name, and has the whole width. */
  tall?: boolean;
  children?: ReactNode;
};

/** A setting: its name and what it does, the control, and how its last change went. */
export function Row({ title, hint, saving, tall, children }: Props) {
  return (
    <div className="setting" data-tall={tall}>
      <div className="setting-name">
        <div className="setting-title">
          {title}
          <Saved at={saving?.saved ?? null} />
        </div>
        {hint && <p className="setting-hint">{hint}</p>}
      </div>
      {children && <div className="setting-control">{children}</div>}
      {saving?.error && (
        <div className="setting-error">
          <ErrorNotice error={saving.error} again={saving.again} />
        </div>
      )}
    </div>
  );
}

/** The word that a change was saved: said to a screen reader, and gone again by itself. */
export function Saved({ at }: { at: number | null }) {
  return (
    <span className="saved" role="status">
      {at !== null && (
        <span key={at}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="m3.5 8.5 3 3 6-7" />
          </svg>
          {text.settings.saved}
        </span>
      )}
    </span>
  );
}
