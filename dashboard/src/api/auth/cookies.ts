import { newKey } from "../idempotencyKey";

/**
 * Probe for blocked cookies: without them a reload signs out. A cookie is set and read,
 * since some browsers that block them report them as enabled; under a name of its own each
 * time, since another tab that probes would delete the cookie.
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
