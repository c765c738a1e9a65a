import { useSyncExternalStore } from "react";

import { deviceZone } from "../../format";

/** The interval of looking for another zone, of which no event tells: milliseconds. */
const CHECK_INTERVAL = 5_000;

function subscribe(look: () => void): () => void {
  const timer = setInterval(look, CHECK_INTERVAL);
  document.addEventListener("visibilitychange", look);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  };
}

/** The zone that the device is set to, also when it travels while the page is open. */
export const useDeviceZone = (): string => useSyncExternalStore(subscribe, deviceZone);
