/**
 * The mini window, which stays above all other windows: one of this page, wherever its router
 * goes. A browser without `documentPictureInPicture` has none, and no button for it.
 */
type Opener = { requestWindow: (size: { width: number; height: number }) => Promise<Window> };

const opener = (): Opener | undefined =>
  (window as { documentPictureInPicture?: Opener }).documentPictureInPicture;

const SIZE = { width: 280, height: 320 };

let opened: Window | null = null;
const listeners = new Set<() => void>();

function say(now: Window | null): void {
  opened = now;
  for (const listener of listeners) listener();
}

export const miniWindow = {
  get isThere(): boolean {
    return opener() !== undefined;
  },
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  snapshot: (): Window | null => opened,

  /** Open it; called inside of a click, whose permission an `await` before this would lose. */
  open(): void {
    const asked = opener()?.requestWindow(SIZE);
    if (asked === undefined) return;
    void asked.then(
      (mini) => {
        dress(mini);
        mini.addEventListener("pagehide", () => {
          if (opened === mini) say(null);
        });
        say(mini);
      },
      // Refused, or asked without a click: the page goes on without it.
      () => undefined,
    );
  },

  close(): void {
    const mini = opened;
    if (mini === null) return;
    say(null);
    mini.close();
  },
};

/** Give it the page's language, colours and style sheets, which it does not inherit. */
function dress(mini: Window): void {
  const [from, to] = [document.documentElement, mini.document.documentElement];
  for (const { name, value } of from.attributes) {
    if (name !== "data-resting") to.setAttribute(name, value);
  }
  mini.document.title = document.title;
  mini.document.body.className = "mini-window";
  // Linked anew, not copied: the policy of the page lets no inline style in.
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"], head > style')) {
    mini.document.head.append(mini.document.importNode(sheet, true));
  }
}
