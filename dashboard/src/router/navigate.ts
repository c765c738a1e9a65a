/** What the router does at each step, beyond what it does by itself. */
import type { AroundNavHandler } from "wouter";
import { useLocationProperty } from "wouter/use-browser-location";

import { newKey } from "../api/idempotencyKey";

/** What an entry of the tab's history holds of ours; a page adds its own. */
type Entry = { entry?: string } | null;

/**
 * Open an address. The one that is open already makes no second entry of the tab's history,
 * which Back would have to be pressed for twice; each other has a name of its own.
 */
export const open: AroundNavHandler = (navigate, to, options) => {
  const isHere = new URL(to, window.location.href).href === window.location.href;
  const state = { ...(options?.state as object | null | undefined), entry: newKey() };
  navigate(to, { replace: options?.replace ?? isHere, state });
};

/** The name of the open entry of the tab's history: a reload, Back and Forward keep it. */
export const useEntry = (): string =>
  useLocationProperty(() => (window.history.state as Entry)?.entry ?? "");
