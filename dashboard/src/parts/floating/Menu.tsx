import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";

export type MenuItem = { label: string; act: () => void; warns?: boolean };

/** A button with three dots, and the list of acts that it opens. */
export function Menu({ label, items }: { label: string; items: MenuItem[] }) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const buttons = () => [...(box.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  const close = (isFocusBack: boolean) => {
    setOpen(false);
    if (isFocusBack) box.current?.querySelector("button")?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    buttons()[0]?.focus();
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [isOpen]);
  const move = (event: KeyboardEvent) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      all.at(next % all.length)?.focus();
    }
    if (event.key === "Escape") {
      // Of this menu alone, not of the sheet around it.
      event.preventDefault();
      event.stopPropagation();
      close(true);
    }
    if (event.key === "Tab") close(true);
  };
  return (
    <div className="menu" ref={box}>
      <button
        type="button"
        className="icon-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <path d="M10 4.5v.01M10 10v.01M10 15.5v.01" strokeWidth="3" />
        </svg>
        <span className="visually-hidden">{label}</span>
      </button>
      {isOpen && (
        <div role="menu" id={id} aria-label={label} onKeyDown={move}>
          {items.map(({ label: words, act, warns }) => (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              key={words}
              className={warns ? "warns" : undefined}
              onClick={() => {
                close(true);
                act();
              }}
            >
              {words}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
