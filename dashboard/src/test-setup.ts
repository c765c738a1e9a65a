import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

import { addText, addWays, setText } from "./text";
import { en } from "./text/en";
import { pages } from "./text/en/pages";
import { ways } from "./text/en/ways";

// These only end a hang: a second is too short beside browsers on two cores.
configure({ asyncUtilTimeout: 30_000 });

setText(en);
addText(pages);
addWays(ways);

// What the file before wrote after its last test, such as an outbox that waited.
localStorage.clear();
sessionStorage.clear();

// jsdom lays nothing out.
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

// jsdom loads no page, and so has no entry of a load.
if (!("getEntriesByType" in performance))
  Object.assign(performance, { getEntriesByType: () => [] });

// The files that a worker runs share one jsdom: a navigator that one of them left behind
// made another's cookies fail.
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
