import { useRef } from "react";

/**
 * Guard against a double click: the second click of a double one comes before its button can be
 * disabled, and its refusal would be shown in the place of what the first one did.
 */
export function useOnce<Args extends unknown[]>(
  act: (...args: Args) => Promise<unknown>,
): (...args: Args) => void {
  const isGoing = useRef(false);
  return (...args) => {
    if (isGoing.current) return;
    isGoing.current = true;
    // The mutation shows its own refusal; unhandled, it would be logged as an error.
    void act(...args)
      .catch(() => undefined)
      .finally(() => {
        isGoing.current = false;
      });
  };
}
