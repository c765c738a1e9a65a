/**
 * The address of the socket for live updates, which the page names: a path of its own origin or
 * a URL. Null where it names none, and the page asks by itself.
 */
export function socketAddress(): string | null {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="focusguard-realtime"]');
  const told = meta?.content.trim();
  if (!told) return null;
  try {
    const { href } = new URL(told, window.location.href);
    return /^(http|ws)s?:/.test(href) ? href.replace(/^http/, "ws") : null;
  } catch {
    return null;
  }
}
