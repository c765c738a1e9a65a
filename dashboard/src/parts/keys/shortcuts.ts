/** Single keys: which there are on this page, and when a press of one counts. */
import { useEffect, useRef } from "react";

type Shortcut = { key: string; label: string; run: () => void };

const known = new Map<string, Shortcut>();
/** The keys that hold at this moment, in the order in which they came. */
export const shortcutsNow = (): readonly Shortcut[] => [...known.values()];

/**
 * Let a key do something while this is shown; null where it does nothing now. The list of
 * all keys has the label.
 */
export function useShortcut(key: string, label: string, run: (() => void) | null): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const isOn = run !== null;
  useEffect(() => {
    if (!isOn) return;
    const shortcut = { key, label, run: () => latest.current?.() };
    known.set(key, shortcut);
    return () => {
      // A page that came meanwhile may have taken the key over.
      if (known.get(key) === shortcut) known.delete(key);
    };
  }, [key, label, isOn]);
}

const PRESSED = new Set(["button", "checkbox", "radio", "range", "submit", "reset"]);

/** True where somebody writes, or chooses by letters. */
function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !PRESSED.has(target.type);
  return target.isContentEditable || target.matches("textarea, select, [contenteditable]");
}

/** The key of a press as the list names it; by its place where the letters are not Latin. */
function keyOf({ key, code }: KeyboardEvent): string {
  if (/^[\x20-\x7e]$/.test(key)) return key.toLowerCase();
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

/** Do what a press stands for, unless it is meant for something else. */
export function press(event: KeyboardEvent): void {
  const isHeld = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
  if (event.defaultPrevented || isHeld || event.isComposing) return;
  // What is open has the keyboard to itself.
  const isOpen = document.querySelector("dialog[open], [role=menu], :popover-open") !== null;
  if (isOpen || isField(event.target)) return;
  const shortcut = known.get(keyOf(event));
  if (shortcut === undefined) return;
  event.preventDefault();
  shortcut.run();
}
