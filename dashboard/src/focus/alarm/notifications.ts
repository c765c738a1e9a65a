/** Notifications of the system, where the browser and the user allow them. */

export function mayNotify(): boolean {
  try {
    return Notification.permission === "granted";
  } catch {
    return false;
  }
}

/** Call back when the permission may have changed: in the browser's settings, or in another tab. */
export function onPermission(changed: () => void): () => void {
  let isLeft = false;
  let status: PermissionStatus | null = null;
  const follow = async () => {
    status = await navigator.permissions.query({ name: "notifications" });
    if (!isLeft) status.addEventListener("change", changed);
  };
  // A browser without that permission tells no change: coming back from its settings does.
  follow().catch(() => undefined);
  document.addEventListener("visibilitychange", changed);
  return () => {
    isLeft = true;
    status?.removeEventListener("change", changed);
    document.removeEventListener("visibilitychange", changed);
  };
}

/** Ask for the permission to notify, and register the service worker; true where granted. */
export async function askToNotify(): Promise<boolean> {
  try {
    if ((await Notification.requestPermission()) !== "granted") return false;
    await serviceWorker();
    return true;
  } catch {
    return false;
  }
}

/** Register the service worker: on Android, Chrome lets no page show a notification itself. */
export async function serviceWorker(): Promise<ServiceWorkerRegistration | null> {
  try {
    const registration = await navigator.serviceWorker.register(
      `${import.meta.env.BASE_URL}notices.js`,
    );
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    return worker && (await isActive(worker)) ? registration : null;
  } catch {
    return null;
  }
}

function isActive(worker: ServiceWorker): Promise<boolean> {
  if (worker.state === "activated") return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), 3000);
    worker.addEventListener("statechange", () => {
      if (worker.state !== "activated") return;
      clearTimeout(timer);
      resolve(true);
    });
  });
}

/** Show a notification; true where it was shown. Never throws. */
export async function notify(title: string, body: string): Promise<boolean> {
  if (!mayNotify()) return false;
  const options = { body, tag: "focusguard" };
  try {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), 4000));
    const registration = await Promise.race([serviceWorker(), late]);
    if (registration) {
      await registration.showNotification(title, options);
      return true;
    }
  } catch {
    // The page's own notification is tried next.
  }
  try {
    const notice = new Notification(title, options);
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
    return true;
  } catch {
    return false;
  }
}
