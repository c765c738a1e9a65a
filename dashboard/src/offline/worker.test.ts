import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";

import source from "./worker.js?raw";

type Event = { data?: unknown; waitUntil: (done: Promise<unknown>) => void };

/** The worker as it is served, in a browser whose network has the page of its build. */
function setUp() {
  const handlers = new Map<string, (event: Event) => void>();
  const skipWaiting = vi.fn(async () => undefined);
  const addAll = vi.fn(async () => undefined);
  const self = {
    addEventListener: (kind: string, handler: (event: Event) => void) =>
      handlers.set(kind, handler),
    skipWaiting,
    clients: { claim: async () => undefined, matchAll: async () => [] },
    registration: { installing: null, waiting: null },
  };
  const caches = {
    open: async () => ({ addAll, put: async () => undefined }),
    keys: async () => [],
  };
  const page = { text: async () => "<script src=one.js>", clone: () => page };
  const BUILD = { id: "newer", folder: "/assets/", named: ["one.js"], files: ["/assets/one.js"] };
  const globals = { self, caches, fetch: async () => page, BUILD, PAGES: ["/"] };
  runInNewContext(source, globals);
  const happens = async (kind: string, data?: unknown) => {
    const waited: Promise<unknown>[] = [];
    handlers.get(kind)?.({ data, waitUntil: (done) => waited.push(done) });
    await Promise.all(waited);
  };
  return { happens, skipWaiting, addAll };
}

/** Else it answers for pages that were loaded from the build before, in the middle of a session. */
test("a newer build takes over when a page asks it to, and never by itself", async () => {
  const { happens, skipWaiting, addAll } = setUp();
  await happens("install");
  expect(addAll).toHaveBeenCalledWith(["/assets/one.js"]);
  await happens("message", "anything else");
  expect(skipWaiting).not.toHaveBeenCalled();
  await happens("message", "take over");
  expect(skipWaiting).toHaveBeenCalledOnce();
});
