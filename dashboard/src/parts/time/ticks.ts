/**
 * The timer of every countdown: four times a second, and each second also from a worker,
 * whose timer goes on where browsers slow a hidden page down to once a minute.
 */
const listeners = new Set<() => void>();
let stop: (() => void) | null = null;

const beat = () => {
  for (const listener of listeners) listener();
};

function beating(): () => void {
  const timer = setInterval(beat, 250);
  // A laptop that wakes up, or a tab that comes back, is right at once.
  document.addEventListener("visibilitychange", beat);
  let worker: Worker | null = null;
  try {
    worker = new Worker(new URL("./tickWorker.ts", import.meta.url));
    worker.onmessage = beat;
  } catch {
    // The page's own timer is all there is.
  }
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", beat);
    worker?.terminate();
  };
}

export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  stop ??= beating();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = null;
  };
}
