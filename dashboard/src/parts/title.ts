/** The title of the browser tab: a page's own, or that of the session that runs. */
import { useEffect } from "react";

let ofPage = "";
let above: string | null = null;
const showTitle = () => {
  document.title = above ?? ofPage;
};

/** The title of a page, shown unless a session's stands above it. */
export function useTitle(title: string): void {
  useEffect(() => {
    ofPage = title;
    showTitle();
  }, [title]);
}

/** A title shown instead of the page's, on every page, until it is null. */
export function useTitleAbove(title: string | null): void {
  useEffect(() => {
    above = title;
    showTitle();
    return () => {
      above = null;
      showTitle();
    };
  }, [title]);
}
