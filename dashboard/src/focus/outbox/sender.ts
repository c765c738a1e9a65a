/**
 * The sender of the outbox: errands are sent until each is settled, by one tab at a time and
 * the oldest first.
 *
 * An errand is kept before it is sent and dropped after its answer, so a tab that closes in
 * between loses nothing; a request that is sent twice changes nothing twice. Any tab may
 * send, so each outcome and each pause is told to all of them.
 */
import { type Channel, openChannel } from "../../api/tabs/channel";
import { steadily } from "../../api/clock";
import { ApiError } from "../../api/errors";
import { alone, type Locks } from "../../api/tabs/locks";
import { type Errand, errands, nameOf, type Wanted } from "./errands";
import { type Pause, pauseAfter, willPass } from "./retry";

export type State = { waiting: Errand[]; pause: Pause | null };

type Options<Answer> = {
  /** Send one errand; throws where it is refused or not answered. */
  send: (errand: Errand) => Promise<Answer>;
  /** The signed-in user, with a token that holds; null without a sign-in. */
  sender: () => Promise<string | null>;
  locks?: Locks;
  channel?: Channel;
};

export type Outcome<Answer> = { answer: Answer } | { refused: Error };
/** The origin of an outcome: an errand of this tab's user, a request of this tab. */
type Origin = { isMine: boolean; isHere: boolean };
type Listener<Answer> = (errand: Errand, outcome: Outcome<Answer>, origin: Origin) => void;
/** The pause of all tabs, in milliseconds from now: their clocks began apart. */
type Paused = { why: Pause["why"]; left: number; failures: number } | null;

const LOCK = "focusguard-errands";
/** The time in which another tab's message arrives: milliseconds. */
const ON_ITS_WAY = 200;
/** The head start of the tab that put an errand: milliseconds. */
const HEAD_START = 1_000;

export class Sender<Answer> {
  private state: State = { waiting: errands.all(), pause: null };
  private listeners = new Set<() => void>();
  private settled = new Set<Listener<Answer>>();
  /** Names of the errands that this page put, or found waiting when it was opened. */
  private readonly mine = new Set<string>(errands.all().map(nameOf));
  private readonly channel: Channel;
  private going: Promise<void> | null = null;
  private again = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: Options<Answer>) {
    this.channel = options.channel ?? openChannel("focusguard-errands");
    this.channel.onmessage = ({ data }: MessageEvent<Paused>) => {
      this.failures = data?.failures ?? 0;
      this.rest(data && { why: data.why, until: steadily() + data.left });
    };
  }

  readonly snapshot = (): State => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Call the listener with each errand's outcome, whichever tab sent it. */
  onSettled(listener: Listener<Answer>): () => void {
    this.settled.add(listener);
    return () => this.settled.delete(listener);
  }

  /** Settle an errand by its outcome, from here or told by another tab. */
  settle(errand: Errand, outcome: Outcome<Answer>, isHere = false): void {
    const isMine = this.mine.delete(nameOf(errand));
    errands.drop(errand);
    this.tell();
    for (const listener of this.settled) listener(errand, outcome, { isMine, isHere });
  }

  /** Send whenever that may work, until the returned function is called. */
  start(): () => void {
    const back = () => {
      if (this.state.pause?.why !== "busy") void this.flush();
    };
    const seen = () => document.visibilityState === "visible" && back();
    let follow: ReturnType<typeof setTimeout> | undefined;
    const elsewhere = ({ key }: StorageEvent) => {
      if (key === null || key.startsWith(errands.prefix)) {
        this.tell();
        // The tab that put the errand goes first.
        clearTimeout(follow);
        follow = setTimeout(back, HEAD_START);
      }
    };
    window.addEventListener("online", back);
    window.addEventListener("storage", elsewhere);
    document.addEventListener("visibilitychange", seen);
    void this.flush();
    return () => {
      clearTimeout(this.timer);
      clearTimeout(follow);
      window.removeEventListener("online", back);
      window.removeEventListener("storage", elsewhere);
      document.removeEventListener("visibilitychange", seen);
    };
  }

  /** Keep an errand and send it; ends when it is settled, or has to wait. */
  put(errand: Wanted): Promise<void> {
    this.mine.add(nameOf(errand));
    errands.keep(errand);
    this.tell();
    return this.flush();
  }

  /** Take an errand back that has not been answered. */
  cancel(errand: Errand): void {
    this.mine.delete(nameOf(errand));
    errands.drop(errand);
    this.tell();
  }

  flush(): Promise<void> {
    if (this.going) {
      this.again = true;
      return this.going;
    }
    const done = this.round().finally(() => {
      this.going = null;
    });
    // Errands that were put meanwhile have their own round, unless all have to wait.
    this.going = done.then(() =>
      this.again && this.state.pause === null ? this.flush() : undefined,
    );
    return this.going;
  }

  private async round(): Promise<void> {
    this.again = false;
    clearTimeout(this.timer);
    while (errands.all().length > 0) {
      const { locks } = this.options;
      const wasFirst = await alone(LOCK, (waited) => this.sendUnless(waited), locks);
      if (wasFirst) return;
      await new Promise((resolve) => setTimeout(resolve, ON_ITS_WAY));
      if (this.state.pause !== null) return;
    }
    this.tell();
  }

  /** Send, unless another tab has just sent and its message is on the way here. */
  private async sendUnless(waited: boolean): Promise<boolean> {
    if (!waited) await this.sendAll();
    return !waited;
  }

  private async sendAll(): Promise<void> {
    try {
      const user = await this.options.sender();
      for (const errand of errands.all()) {
        // Another tab was faster, or another user is signed in by now.
        if (errand.user !== user || !errands.isKept(errand)) continue;
        await this.sendOne(errand);
      }
      this.failures = 0;
      this.pauseAll(null);
    } catch (error) {
      const pause = pauseAfter(error, this.failures);
      this.failures += 1;
      // Without a pause the errand waits for the next sign-in, which flushes.
      this.pauseAll(pause);
    }
  }

  /** Pause in all tabs, so that another one goes on if this one is closed. */
  private pauseAll(pause: Pause | null): void {
    const left = pause && pause.until - steadily();
    const { failures } = this;
    const told: Paused = pause && left !== null ? { why: pause.why, left, failures } : null;
    this.channel.postMessage(told);
    this.rest(pause);
  }

  private rest(pause: Pause | null): void {
    clearTimeout(this.timer);
    this.tell(pause);
    if (pause === null) return;
    this.timer = setTimeout(() => void this.flush(), pause.until - steadily());
  }

  private async sendOne(errand: Errand): Promise<void> {
    let outcome: Outcome<Answer>;
    try {
      outcome = { answer: await this.options.send(errand) };
    } catch (error) {
      const isRefused = error instanceof ApiError && error.status !== 401 && !willPass(error);
      if (!isRefused) throw error;
      outcome = { refused: error };
    }
    this.settle(errand, outcome, true);
  }

  private tell(pause: Pause | null = this.state.pause): void {
    const waiting = errands.all();
    this.state = { waiting, pause: waiting.length > 0 ? pause : null };
    for (const listener of this.listeners) listener();
  }
}
