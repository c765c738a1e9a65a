/** The secret of a mail's link, where src/links/takeLinks.ts has put it. */
import { useEffect, useState } from "react";

type Entry = { link?: unknown } | null;

function linkHere(): string {
  const link = (window.history.state as Entry)?.link;
  return typeof link === "string" ? link : "";
}

/**
 * The secret of the link by which this page was opened; "" where there is none. It is read
 * when the page opens and when another link is opened in it: the page that has used it stays.
 */
export function useLink(): string {
  const [link, setLink] = useState(linkHere);
  useEffect(() => {
    const read = () => setLink(linkHere());
    window.addEventListener("popstate", read);
    return () => window.removeEventListener("popstate", read);
  }, []);
  return link;
}

/** Forget the secret once it is used: the page shown stays, and "Back" offers it no more. */
export function forgetLink(): void {
  const state = window.history.state as object | null;
  window.history.replaceState({ ...state, link: undefined }, "");
}
