/** The dashboard's version: of this page, and of the service by now. */
import { TIMEOUT } from "../api/timeouts";

const RELOADED = "focusguard-reloaded";
/** The time between two automatic reloads, against a reload loop: milliseconds. */
const ONCE_IN = 5 * 60_000;

/**
 * Compare this page's version with the service's; null where the service does not answer.
 * The script of a build is named by its hash.
 */
export async function isOutdated(): Promise<boolean | null> {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  if (script === null) return false;
  try {
    const page = await fetch("/", {
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT.usual),
    });
    if (!page.ok) return null;
    const html = await page.text();
    // A network that wants a sign-in first answers everything with its own page.
    if (!html.includes(`${import.meta.env.BASE_URL}assets/`)) return null;
    return !html.includes(new URL(script.src).pathname);
  } catch {
    return null;
  }
}

/** Reload for the newest version; false where that was done already and helped nothing. */
export function reloadOnce(now = Date.now()): boolean {
  try {
    const last = Number(sessionStorage.getItem(RELOADED));
    if (Math.abs(now - last) < ONCE_IN) return false;
    sessionStorage.setItem(RELOADED, String(now));
    // A reload that could not be noted would be repeated without an end.
    if (sessionStorage.getItem(RELOADED) !== String(now)) return false;
  } catch {
    return false;
  }
  window.location.reload();
  return true;
}
