/**
 * Sign-out of all tabs without refused requests: the tabs are told first, abort their reads,
 * and hold other requests back until the sign-out succeeded or failed.
 */
import { type Channel, openChannel } from "../tabs/channel";
import { LOCK_TIMEOUT } from "../tabs/locks";

type News = "leaves" | "stays";

/** The time in which other tabs get the message: milliseconds. */
const TABS = 200;
/** The reason of a request that a sign-out aborted. */
export const CALLED_OFF = new DOMException("Somebody signs out.", "AbortError");

export class SigningOut {
  private over: Promise<void> | null = null;
  private end: () => void = () => undefined;
  private readonly quits = new Set<() => void>();

  constructor(private readonly channel: Channel = openChannel("focusguard-leaving")) {
    channel.onmessage = ({ data }: MessageEvent<News>) => {
      if (data === "leaves") this.begin();
      else this.end();
    };
  }

  /** Resolve once no sign-out is under way. */
  settled(): Promise<void> {
    return this.over ?? Promise.resolve();
  }

  /** Call `quit` when a sign-out begins, until the returned function is called. */
  onBegin(quit: () => void): () => void {
    this.quits.add(quit);
    return () => this.quits.delete(quit);
  }

  /** Tell all tabs, then sign out; after a failure they send what they held back. */
  async run(go: () => Promise<unknown>): Promise<void> {
    this.begin();
    this.channel.postMessage("leaves" satisfies News);
    await new Promise((resolve) => setTimeout(resolve, TABS));
    try {
      await go();
    } catch (error) {
      this.channel.postMessage("stays" satisfies News);
      this.end();
      throw error;
    }
  }

  /** End the sign-out: it succeeded. */
  succeeded(): void {
    this.end();
  }

  private begin(): void {
    for (const quit of this.quits) quit();
    // Two tabs sign out at once.
    if (this.over !== null) return;
    this.over = new Promise((resolve) => {
      // A tab that is closed during its sign-out never reports its end.
      const timer = setTimeout(() => this.end(), LOCK_TIMEOUT);
      this.end = () => {
        clearTimeout(timer);
        this.over = null;
        this.end = () => undefined;
        resolve();
      };
    });
  }
}
