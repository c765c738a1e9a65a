/**
 * One tab signs out, and nobody asks meanwhile for what would be refused: all tabs are told
 * first, call off what they are only looking at, and hold the rest back until it is known
 * whether somebody is still there.
 */
import { type Channel, openChannel } from "./channel";
import { LOCK_TIMEOUT } from "./locks";

type News = "leaves" | "stays";

/** How long it takes until other tabs have heard of it: milliseconds. */
const TABS = 200;
/** Why a request was called off. */
export const CALLED_OFF = new DOMException("Somebody signs out.", "AbortError");

export class Leaving {
  private over: Promise<void> | null = null;
  private end: () => void = () => undefined;
  private readonly quits = new Set<() => void>();

  constructor(private readonly channel: Channel = openChannel("focusguard-leaving")) {
    channel.onmessage = ({ data }: MessageEvent<News>) => {
      if (data === "leaves") this.begin();
      else this.end();
    };
  }

  /** Go on once it is known whether somebody is still there. */
  settled(): Promise<void> {
    return this.over ?? Promise.resolve();
  }

  /** Hear when to call off a request, until the returned function is called. */
  onBegin(quit: () => void): () => void {
    this.quits.add(quit);
    return () => this.quits.delete(quit);
  }

  /** Tell all tabs, then leave; without success, they go on where they were. */
  async leave(go: () => Promise<unknown>): Promise<void> {
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

  /** Nobody is there any more. */
  left(): void {
    this.end();
  }

  private begin(): void {
    for (const quit of this.quits) quit();
    // Two tabs leave at once.
    if (this.over !== null) return;
    this.over = new Promise((resolve) => {
      // A tab that was closed while it left tells nothing any more.
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
