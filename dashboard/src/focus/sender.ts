/**
 * Sends errands until each is settled, one tab at a time and the oldest first.
 *
 * An errand is kept before it is sent and dropped after its answer, so a tab that closes
 * in between loses nothing; what is sent twice for that reason changes nothing twice.
 */
import { steadily } from "../api/clock";
import { ApiError } from "../api/errors";
import { alone, type Locks } from "../api/locks";
import { type Errand, errands, type Wanted } from "./errands";
import { type Pause, pauseAfter, willPass } from "./patience";

export type State = { waiting: Errand[]; pause: Pause | null };

type Options<Answer> = {
  /** Throws what was refused, or did not arrive. */
  send: (errand: Errand) => Promise<Answer>;
  /** Who would send, with a token at hand that holds; null for nobody. */
  sender: () => Promise<string | null>;
  locks?: Locks;
};

type Outcome<Answer> = { answer: Answer } | { refused: Error };

const LOCK = "focusguard-errands";

export class Sender<Answer> {
  private state: State = { waiting: errands.all(), pause: null };
  private listeners = new Set<() => void>();
  private settled = new Set<(errand: Errand, outcome: Outcome<Answer>) => void>();
  private going: Promise<void> | null = null;
  private again = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: Options<Answer>) {}

  readonly snapshot = (): State => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Hear what became of each errand that this tab sent. */
  onSettled(listener: (errand: Errand, outcome: Outcome<Answer>) => void): () => void {
    this.settled.add(listener);
    return () => this.settled.delete(listener);
  }

  /** Send whenever that may work, until the returned function is called. */
  start(): () => void {
    const back = () => {
      if (this.state.pause?.why !== "busy") void this.flush();
    };
    const seen = () => document.visibilityState === "visible" && back();
    const elsewhere = ({ key }: StorageEvent) => {
      if (key === null || key.startsWith(errands.prefix)) {
        this.tell();
        back();
      }
    };
    window.addEventListener("online", back);
    window.addEventListener("storage", elsewhere);
    document.addEventListener("visibilitychange", seen);
    void this.flush();
    return () => {
      clearTimeout(this.timer);
      window.removeEventListener("online", back);
      window.removeEventListener("storage", elsewhere);
      document.removeEventListener("visibilitychange", seen);
    };
  }

  /** Keep an errand and send it; ends when it is settled, or has to wait. */
  put(errand: Wanted): Promise<void> {
    errands.keep(errand);
    this.tell();
    return this.flush();
  }

  /** Take back what has not been answered. */
  cancel(errand: Errand): void {
    errands.drop(errand);
    this.tell(null);
  }

  flush(): Promise<void> {
    if (this.going) {
      this.again = true;
      return this.going;
    }
    const done = this.round().finally(() => {
      this.going = null;
    });
    // What was put meanwhile has its own round, unless all has to wait.
    this.going = done.then(() =>
      this.again && this.state.pause === null ? this.flush() : undefined,
    );
    return this.going;
  }

  private async round(): Promise<void> {
    this.again = false;
    clearTimeout(this.timer);
    if (errands.all().length > 0) await alone(LOCK, () => this.sendAll(), this.options.locks);
  }

  private async sendAll(): Promise<void> {
    try {
      const user = await this.options.sender();
      for (const errand of errands.all()) {
        // Another tab was faster, or somebody else is signed in by now.
        if (errand.user !== user || !errands.isKept(errand)) continue;
        await this.sendOne(errand);
      }
      this.failures = 0;
      this.tell(null);
    } catch (error) {
      const pause = pauseAfter(error, this.failures);
      this.failures += 1;
      this.tell(pause);
      // Without a pause it waits for a sign-in, which flushes.
      if (pause) {
        this.timer = setTimeout(() => void this.flush(), pause.until - steadily());
      }
    }
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
    errands.drop(errand);
    this.tell();
    for (const listener of this.settled) listener(errand, outcome);
  }

  private tell(pause: Pause | null = this.state.pause): void {
    this.state = { waiting: errands.all(), pause };
    for (const listener of this.listeners) listener();
  }
}
