import { useLayoutEffect } from "react";

import { useEntry } from "../../router/navigate";

/** How far each entry of the tab's history was scrolled; a reload begins at the top. */
const places = new Map<string, number>();

/**
 * Keep the place in a long list: whoever comes back finds it scrolled as it was left, once
 * it is there again. Another page of the frame begins at its top, as the browser says.
 */
export function usePlace(isThere: boolean): void {
  const entry = useEntry();
  useLayoutEffect(() => {
    if (!isThere) return;
    // An entry that is opened anew has a new name: whoever finds a place here came back.
    const place = places.get(entry);
    if (place !== undefined) window.scrollTo(0, place);
    const note = () => places.set(entry, window.scrollY);
    window.addEventListener("scroll", note, { passive: true });
    return () => window.removeEventListener("scroll", note);
  }, [entry, isThere]);
}
