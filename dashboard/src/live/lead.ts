/**
 * The lead among the tabs of a browser: one of them holds the socket, and tells the others
 * whether they are live. The next in line follows when it is closed. A tab that a phone has
 * frozen keeps its lock and says nothing: who looks at another one waits for no answer, and
 * takes the lead from it.
 */
import { type Channel, openChannel } from "../api/tabs/channel";
import { type Locks, ourLocks } from "../api/tabs/locks";
import type { Why } from "./liveness";

/** The interval of asking for the leader, and the time for its answer: milliseconds. */
const ASK_INTERVAL = 30_000;
const ANSWER = 2_000;

type News = { user: string } & (
  { kind: "who" } | { kind: "look" } | { kind: "state"; why: Why | null }
);

type Options = {
  user: string;
  /** Take the lead, until the returned function is called. */
  lead: () => () => void;
  /** Somebody looks at another tab. */
  onLook: () => void;
  /** The state that the leader tells. */
  onState: (why: Why | null) => void;
  channel?: Channel;
  locks?: Locks;
  isSeen?: () => boolean;
};

export class Lead {
  private readonly channel: Channel;
  private readonly locks: Locks | undefined;
  private stopLeading: (() => void) | null = null;
  private state: Why | null = "connecting";
  private isOver = false;
  /** Leave the line for the lock, or let it go. */
  private leave: () => void = () => undefined;
  private asking: ReturnType<typeof setTimeout> | undefined;
  private interval: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: Options) {
    this.channel = options.channel ?? openChannel("focusguard-live");
    this.locks = options.locks ?? ourLocks();
  }

  start(): void {
    this.channel.onmessage = ({ data }: MessageEvent<News>) => this.heard(data);
    // Without locks each tab has a socket of its own, as many as a device may.
    if (this.locks === undefined) return this.begin();
    this.queue();
    this.interval = setInterval(() => this.ask(), ASK_INTERVAL);
    this.ask();
  }

  stop(): void {
    this.isOver = true;
    this.channel.onmessage = null;
    clearInterval(this.interval);
    clearTimeout(this.asking);
    this.end();
    this.leave();
  }

  /** Tell the state of the socket; it is the leader's to tell. */
  tell(why: Why | null): void {
    this.state = why;
    this.say({ kind: "state", why });
  }

  /** Somebody looks at this tab: true where it is the leader's own. */
  look(): void {
    if (this.stopLeading !== null) return this.options.onLook();
    this.say({ kind: "look" });
    this.ask();
  }

  private get lock(): string {
    return `focusguard live ${this.options.user}`;
  }

  private queue(): void {
    const line = new AbortController();
    this.leave = () => line.abort();
    this.hold({ signal: line.signal });
  }

  private hold(options: LockOptions): void {
    let isHeld = false;
    const held = this.locks?.request(this.lock, options, () => {
      if (this.isOver) return undefined;
      isHeld = true;
      this.begin();
      return new Promise<void>((resolve) => {
        this.leave = resolve;
      });
    });
    held?.catch((error: unknown) => {
      if (this.isOver) return;
      if (isHeld) {
        // Taken by another tab, which had no answer.
        this.end();
        this.queue();
      } else if ((error as Error).name !== "AbortError") {
        // A browser that refuses locks.
        this.begin();
      }
    });
  }

  private begin(): void {
    clearTimeout(this.asking);
    this.stopLeading ??= this.options.lead();
  }

  private end(): void {
    this.stopLeading?.();
    this.stopLeading = null;
  }

  private ask(): void {
    const isSeen = this.options.isSeen ?? (() => document.visibilityState === "visible");
    if (this.stopLeading !== null || !isSeen()) return;
    this.say({ kind: "who" });
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.take(), ANSWER);
  }

  private take(): void {
    if (this.isOver || this.stopLeading !== null) return;
    this.leave();
    this.hold({ steal: true });
  }

  private heard(news: News): void {
    if (news.user !== this.options.user) return;
    if (news.kind === "state") {
      if (this.stopLeading !== null) return;
      clearTimeout(this.asking);
      this.options.onState(news.why);
    } else if (this.stopLeading !== null) {
      if (news.kind === "look") this.options.onLook();
      else this.say({ kind: "state", why: this.state });
    }
  }

  private say(news: { kind: "who" } | { kind: "look" } | { kind: "state"; why: Why | null }): void {
    this.channel.postMessage({ ...news, user: this.options.user } satisfies News);
  }
}
