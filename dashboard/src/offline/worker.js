/**
 * The service worker: it keeps the shell of the dashboard, so that each page opens without a
 * network. Hashed files come from the cache first, pages from the network and else from the
 * cache; the API, the staff's site and the documents are never touched.
 *
 * Two constants are written before this text: BUILD by workerPlugin.ts, and PAGES, the
 * addresses that the service answers with the page, by pages/dashboard.py.
 */
const SHELL = `focusguard-shell-${BUILD.id}`;
/** The time after which a page that has not come is taken from the cache: milliseconds. */
const SLOW = 5_000;

async function keepShell() {
  const page = await fetch("/", { cache: "reload" });
  const html = await page.clone().text();
  // A machine that has another build, or a network that wants a sign-in first, answered.
  if (!BUILD.named.every((file) => html.includes(file))) throw new Error("another page");
  const shell = await caches.open(SHELL);
  await shell.addAll(BUILD.files);
  await shell.put("/", page);
}

/** Forget former builds, unless a window that was loaded from one may be open. */
async function tidy(mostWindows) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const { installing, waiting } = self.registration;
  if (windows.length > mostWindows || installing || waiting) return;
  const names = (await caches.keys()).filter((name) => name.startsWith("focusguard-shell-"));
  await Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)));
}

async function file(request) {
  // In the shells of all builds: a tab of a former one still asks for its own.
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function page(request) {
  const late = new Promise((_, reject) => setTimeout(reject, SLOW));
  const answer = await Promise.race([fetch(request), late]).catch(() => null);
  if (answer !== null && answer.status < 500) return answer;
  const kept = await caches.match("/", { cacheName: SHELL, ignoreVary: true });
  return kept ?? answer ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keepShell()));
self.addEventListener("activate", (event) =>
  // The one window that is open asked for this build, or has it already.
  event.waitUntil(Promise.all([self.clients.claim(), tidy(1)])),
);
// Never by itself: it would answer for pages that were loaded from the build before.
self.addEventListener("message", ({ data }) => {
  if (data === "take over") void self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname.startsWith(BUILD.folder)) {
    event.respondWith(file(request));
  } else if (request.mode === "navigate" && PAGES.includes(pathname)) {
    event.respondWith(page(request));
    event.waitUntil(tidy(0));
  }
});
