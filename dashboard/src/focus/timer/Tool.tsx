import type { ReactNode } from "react";

type Props = {
  label: string;
  pressed: boolean;
  /** Whether what it opens is open; left out where it opens nothing. */
  expanded?: boolean;
  onClick: () => void;
  children: ReactNode;
};

/** A round button beside a session; its picture is drawn in lines. */
export function Tool({ label, pressed, expanded, onClick, children }: Props) {
  return (
    <button
      type="button"
      className="tool"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      onClick={onClick}
    >
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        {children}
      </svg>
    </button>
  );
}
