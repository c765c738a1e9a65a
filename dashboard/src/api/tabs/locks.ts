import { TIMEOUT } from "../timeouts";

export type Locks = Pick<LockManager, "request">;

/**
 * The longest wait for a lock, in milliseconds: the request of the tab that holds it has
 * ended by then, with its answer or without, unless that tab hangs.
 */
export const LOCK_TIMEOUT = TIMEOUT.usual + 2_000;

/** The browser's Web Locks; an insecure origin has none, and some browsers throw at the name. */
export function ourLocks(): Locks | undefined {
  try {
    return navigator.locks;
  } catch {
    return undefined;
  }
}

/**
 * Run under the lock of this name, which one tab holds at a time; `waited` is true where
 * another tab held it before. After `LOCK_TIMEOUT`, or where the browser refuses locks, run
 * without it, since no tab may wait for another for ever.
 */
export function alone<T>(
  name: string,
  run: (waited: boolean) => Promise<T>,
  locks: Locks | undefined = ourLocks(),
): Promise<T> {
  if (locks === undefined) return run(false);
  return new Promise<T>((resolve) => {
    const line = new AbortController();
    let begun = false;
    const begin = (waited: boolean): Promise<unknown> => {
      // The lock came after the timeout: `run` was called without it.
      if (begun) return Promise.resolve();
      begun = true;
      clearTimeout(timer);
      const done = run(waited);
      resolve(done);
      return done.catch(() => undefined);
    };
    const withoutLock = () => {
      line.abort();
      void begin(false);
    };
    const timer = setTimeout(withoutLock, LOCK_TIMEOUT);
    const take = async () => {
      const isTaken = await locks.request(name, { ifAvailable: true }, async (lock) => {
        if (lock !== null) await begin(false);
        return lock === null;
      });
      if (isTaken && !begun) {
        await locks.request(name, { signal: line.signal }, () => begin(true));
      }
    };
    take().catch(withoutLock);
  });
}
