import { useEffect } from "react";

/** Milliseconds without any input after which the frame fades. */
const REST_AFTER = 8_000;
const INPUTS = ["pointermove", "pointerdown", "keydown", "wheel", "scroll", "focusin", "input"];

/**
 * Fade what is not the session (`data-resting` of the root) after some seconds without
 * input; any input and any focus brings it back.
 */
export function useResting(mayRest: boolean): void {
  useEffect(() => {
    if (!mayRest) return;
    const root = document.documentElement;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = () => {
      // Somebody who goes by keys must see where they are.
      if (document.querySelector(":focus-visible, dialog[open]")) return later();
      root.dataset.resting = "";
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(rest, REST_AFTER);
    };
    const wake = (event: Event) => {
      const wasResting = "resting" in root.dataset;
      delete root.dataset.resting;
      later();
      if (wasResting && event instanceof PointerEvent && event.type === "pointerdown") {
        if (event.pointerType !== "mouse") swallowClick();
      }
    };
    const options = { capture: true, passive: true };
    for (const kind of INPUTS) window.addEventListener(kind, wake, options);
    document.addEventListener("visibilitychange", wake);
    later();
    return () => {
      clearTimeout(timer);
      delete root.dataset.resting;
      for (const kind of INPUTS) window.removeEventListener(kind, wake, options);
      document.removeEventListener("visibilitychange", wake);
    };
  }, [mayRest]);
}

/** Stop the click of a touch that woke the page: nobody meant the button that was not seen. */
function swallowClick(): void {
  const stop = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", stop, { capture: true }), 800);
}
