/** The icon of the browser's tab: the ring of the session that runs. */
import { useEffect } from "react";

/** The steps of the ring: each one is seen at 16 pixels, and the icon is not drawn anew for less. */
const STEPS = 48;
const AROUND = 2 * Math.PI * 13;

/** The icon as a picture in an address, which the page's policy lets in. */
export function iconOf(step: number): string {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">' +
    '<circle cx="16" cy="16" r="16" fill="#173a29"/>' +
    '<g fill="none" stroke-width="4.5" transform="rotate(-90 16 16)">' +
    '<circle cx="16" cy="16" r="13" stroke="#3f6a53"/>' +
    '<circle cx="16" cy="16" r="13" stroke="#8be0ae" stroke-linecap="round" ' +
    `stroke-dasharray="${((step / STEPS) * AROUND).toFixed(2)} ${AROUND.toFixed(2)}"/></g>` +
    '<path d="M16 23v-7m0 1.500c-3.300 0-4.700-2-4.700-4.700 3.300 0 4.700 2 4.700 4.700Zm0-1.300c2.700 0 4-2 4-4-2.700 0-4 1.400-4 4Z" ' +
    'fill="#dff2e4" stroke="#dff2e4" stroke-width="1.400" stroke-linejoin="round"/></svg>';
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Show the progress of a session in the tab's icon, and the page's own again after it. */
export function useProgressIcon(share: number): void {
  const step = Math.round(share * STEPS);
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const before = link?.getAttribute("href");
    return () => {
      if (link && before) link.setAttribute("href", before);
    };
  }, []);
  useEffect(() => {
    // The same element with another address: one that is taken out and put in flickers.
    document.querySelector('link[rel="icon"]')?.setAttribute("href", iconOf(step));
  }, [step]);
}
