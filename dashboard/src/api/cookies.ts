const PROBE = "focusguard-probe";

/**
 * Whether the browser takes cookies of ours: without them a reload signs out. It is tried,
 * since some that block them say of themselves that they don't.
 */
export function takesCookies(): boolean {
  if (!navigator.cookieEnabled) return false;
  try {
    document.cookie = `${PROBE}=1; path=/; SameSite=Lax`;
    const isKept = document.cookie.includes(PROBE);
    document.cookie = `${PROBE}=; path=/; SameSite=Lax; Max-Age=0`;
    return isKept;
  } catch {
    return false;
  }
}
