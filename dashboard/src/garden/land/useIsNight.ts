import { useSyncExternalStore } from "react";

const DARK = "(prefers-color-scheme: dark)";

/** True where the page is dark, whoever made it so: the preference, or else the device. */
function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? window.matchMedia(DARK).matches : theme === "dark";
}

function subscribe(changed: () => void): () => void {
  const device = window.matchMedia(DARK);
  device.addEventListener("change", changed);
  const page = new MutationObserver(changed);
  page.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    device.removeEventListener("change", changed);
    page.disconnect();
  };
}

/** A garden at night in a dark page, and by day in a light one. */
export const useIsNight = () => useSyncExternalStore(subscribe, isDark);
