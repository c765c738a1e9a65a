/**
 * The secret of a mail's link, which stands behind the # of its address: there no server and
 * no proxy sees it. It is moved into the entry of the browser's history, where a reload finds
 * it, and no address bar, copied address or screen that is shared shows it.
 */
const LINKED = /^\/(reset|verify|unsubscribe)$/;

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment).trim();
  } catch {
    return fragment;
  }
}

/** Move the secret out of the address; true where there was one. */
function take(): boolean {
  const { pathname, search, hash } = window.location;
  if (!LINKED.test(pathname) || hash.length < 2) return false;
  const state = { link: decoded(hash.slice(1)) };
  window.history.replaceState(state, "", pathname + search);
  return true;
}

/** Take what no `popstate` told of, and tell it to the router, which hears nothing else. */
function takeUnheard(): void {
  if (!take()) return;
  const state: unknown = window.history.state;
  window.dispatchEvent(new PopStateEvent("popstate", { state }));
}

/**
 * Take the secret out of the address, now and whenever another link is opened in this page.
 * Called before the router listens, so that it too sees the address without the secret.
 */
export function takeLinks(): void {
  take();
  window.addEventListener("popstate", take);
  window.addEventListener("hashchange", takeUnheard);
}
