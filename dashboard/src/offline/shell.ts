/** The registration of the service worker, and the newer build that it has fetched. */
import { isOutdated } from "../frame/version";

/** The interval of asking for a newer build, of a page that stays open: milliseconds. */
const CHECK_INTERVAL = 60 * 60_000;

let isNewer = false;
let registration: ServiceWorkerRegistration | null = null;
const listeners = new Set<() => void>();

/** Say whether a newer build waits for this page. */
function tell(newer: boolean): void {
  isNewer = newer;
  for (const listener of listeners) listener();
}

export const newerBuild = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  snapshot: (): boolean => isNewer,

  /** Load the newer build: its worker takes over, and this page comes anew. */
  take: (): void => {
    const reload = () => window.location.reload();
    const waiting = registration?.waiting;
    // Another tab asked for it already.
    if (!waiting) return reload();
    navigator.serviceWorker.addEventListener("controllerchange", reload, { once: true });
    waiting.postMessage("take over");
  },
};

/** Look whether the worker that waits brings another build than this page is of. */
async function look(): Promise<void> {
  const waiting = registration?.waiting;
  if (!waiting) return;
  const outdated = await isOutdated();
  // The page came from the network, so it is of the new build: a notice would be untrue, and
  // tabs of the former build keep their files.
  if (outdated === false) waiting.postMessage("take over");
  if (outdated === true) tell(true);
}

function follow(worker: ServiceWorker | null): void {
  worker?.addEventListener("statechange", () => {
    if (worker.state === "installed") void look();
  });
}

async function register(): Promise<void> {
  const found = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  registration = found;
  follow(found.installing);
  found.addEventListener("updatefound", () => follow(found.installing));
  await look();
  const ask = () => void found.update().catch(() => undefined);
  setInterval(ask, CHECK_INTERVAL);
}

/**
 * Register the service worker once the page is there: its files must not compete with those
 * that are waited for. A browser without workers, or that refuses them, goes without.
 */
export function keepShell(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const begin = () => void register().catch(() => undefined);
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin, { once: true });
}
