import { newKey } from "./keys";

/**
 * Whether the browser takes cookies of ours: without them a reload signs out. It is tried,
 * since some that block them say of themselves that they don't; under a name of its own
 * each time, since a tab beside that tries it too would take the cookie away.
 */
export function takesCookies(): boolean {
  if (!navigator.cookieEnabled) return false;
  const probe = `focusguard-probe-${newKey()}`;
  try {
    document.cookie = `${probe}=1; path=/; SameSite=Lax`;
    const isKept = document.cookie.includes(probe);
    document.cookie = `${probe}=; path=/; SameSite=Lax; Max-Age=0`;
    return isKept;
  } catch {
    return false;
  }
}
