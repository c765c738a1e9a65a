export type Locks = Pick<LockManager, "request">;

/** How long to stand in line, in milliseconds: a request ends long before that. */
const PATIENCE = 40_000;
const TAKEN = Symbol();

/** The browser's locks; an insecure origin has none, and some refuse the mention of them. */
export function ourLocks(): Locks | undefined {
  try {
    return navigator.locks;
  } catch {
    return undefined;
  }
}

/**
 * Run while no other tab runs under this name, where the browser can tell; `waited` says
 * whether another one did before.
 */
export async function alone<T>(
  name: string,
  run: (waited: boolean) => Promise<T>,
  locks: Locks | undefined = ourLocks(),
): Promise<T> {
  if (locks === undefined) return run(false);
  let begun = false;
  const begin = (waited: boolean) => {
    begun = true;
    return run(waited);
  };
  try {
    const first = await locks.request(name, { ifAvailable: true }, (lock) =>
      lock === null ? TAKEN : begin(false),
    );
    if (first !== TAKEN) return first;
    return await locks.request(name, { signal: AbortSignal.timeout(PATIENCE) }, () => begin(true));
  } catch (error) {
    if (begun) throw error;
    // Refused, as where site data is blocked, or held for ever by a tab that hangs.
    return run(false);
  }
}
