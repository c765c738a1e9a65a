import { useRef } from "react";

/**
 * Guard against a double click, whose second click comes before the button can be disabled:
 * its refusal would be shown instead of the success of the first.
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
