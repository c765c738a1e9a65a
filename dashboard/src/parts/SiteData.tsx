import { text } from "../text";

/** What to allow in a browser that takes no cookie of ours, and what goes without. */
export function SiteData() {
  if (navigator.cookieEnabled) return null;
  return <p className="notice">{text.sign.cookies}</p>;
}
