/** What has just been done, said for some seconds at the foot of every page. */

export type Toast = { id: number; words: string; act?: { label: string; run: () => void } };

/** The time that a toast stays: milliseconds. */
export const STAYS = 7_000;

let shown: Toast | null = null;
let last = 0;
const listeners = new Set<() => void>();

export const toasts = {
  now: () => shown,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

function show(toast: Toast | null) {
  shown = toast;
  for (const listener of listeners) listener();
}

/** Say that something was done; `act` may take it back. A newer one takes its place. */
export const say = (words: string, act?: Toast["act"]) => show({ id: ++last, words, act });
export const putAway = () => show(null);
