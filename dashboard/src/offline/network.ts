import { useSyncExternalStore } from "react";

function subscribe(changed: () => void): () => void {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}

/** True where the device says that it has a network, which is less than a service. */
export const useHasNetwork = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);
