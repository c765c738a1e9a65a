// Shows the notices of the dashboard where a page may not, and leads back to it. It hears
// no request of any page: its scope is the folder of our own files.
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const show = async () => {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const ours = pages.find(({ url }) => !/^\/(admin|docs|redoc|api)/.test(new URL(url).pathname));
    return ours ? ours.focus() : self.clients.openWindow("/");
  };
  event.waitUntil(show());
});
