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
import { byAge, type Errand, nameOf, type Wanted } from "./errands";
import { PREFIX } from "./plainShelf";
import { type Pause, pauseAfter, willPass } from "./retry";
import { shelf } from "./shelf";

export type State = { waiting: Errand[]; pause: Pause | null };

type Options<Answer> = {
  /** Send one errand; throws where it is refused or not answered. */
  send: (errand: Errand) => Promise<Answer>;
  /** Divide an errand that by now is others; null where it is sent as it stands. */
  divide?: (errand: Errand) => Promise<Errand[] | null>;
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
type News = { paused: Paused } | "changed";

const LOCK = "focusguard-errands";
/** The time in which another tab's message arrives: milliseconds. */
const ON_ITS_WAY = 200;
/** The head start of the tab that put an errand: milliseconds. */
const HEAD_START = 1_000;

export class Sender<Answer> {
  private state: State = { waiting: [], pause: null };
  private listeners = new Set<() => void>();
  private settled = new Set<Listener<Answer>>();
  /** Names of the errands that this page put, or found waiting when it was opened. */
  private readonly mine = new Set<string>();
  /** What is about to be kept, or to be dropped (null), by its name. */
  private readonly unwritten = new Map<string, Errand | null>();
  /** The end of the last look at what is kept, or change of it: one after the other. */
  private tail: Promise<unknown> = Promise.resolve();
  private readonly channel: Channel;
  private going: Promise<void> | null = null;
  private again = false;
  private failures = 0;
  /** The next attempt of a pause; undefined where none is to come. */
  private timer: ReturnType<typeof setTimeout> | undefined;
  private follow: ReturnType<typeof setTimeout> | undefined;
  private flushing: Promise<void> = Promise.resolve();
  /** Resolves once it is known what an earlier page has left. */
  readonly loaded: Promise<void>;

  constructor(private readonly options: Options<Answer>) {
    this.channel = options.channel ?? openChannel("focusguard-outbox");
    this.channel.onmessage = ({ data }: MessageEvent<News>) => {
      if (data === "changed") return this.changedElsewhere();
      this.failures = data.paused?.failures ?? 0;
      this.rest(data.paused && { why: data.paused.why, until: steadily() + data.paused.left });
    };
    this.loaded = this.load().then((kept) => {
      for (const errand of kept) this.mine.add(nameOf(errand));
    });
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
    this.forget(errand);
    for (const listener of this.settled) listener(errand, outcome, { isMine, isHere });
  }

  /** Send whenever that may work, until the returned function is called. */
  start(): () => void {
    const seen = () => document.visibilityState === "visible" && this.back();
    const elsewhere = ({ key }: StorageEvent) => {
      if (key === null || key.startsWith(PREFIX)) this.changedElsewhere();
    };
    window.addEventListener("online", this.back);
    window.addEventListener("storage", elsewhere);
    document.addEventListener("visibilitychange", seen);
    void this.flush();
    return () => {
      clearTimeout(this.timer);
      clearTimeout(this.follow);
      window.removeEventListener("online", this.back);
      window.removeEventListener("storage", elsewhere);
      document.removeEventListener("visibilitychange", seen);
    };
  }

  private readonly back = (): void => {
    if (this.state.pause?.why !== "busy") void this.flush();
  };

  private changedElsewhere(): void {
    void this.load();
    // The tab that put the errand goes first.
    clearTimeout(this.follow);
    this.follow = setTimeout(this.back, HEAD_START);
  }

  /** Keep an errand and send it; ends when it is settled, or has to wait. */
  async put(wanted: Wanted): Promise<void> {
    await this.keep(wanted);
    await this.flushing;
  }

  /** Keep an errand, and begin to send it; ends when it is kept. */
  async keep(wanted: Wanted): Promise<void> {
    const errand: Errand = { ...wanted, at: Date.now() };
    this.mine.add(nameOf(errand));
    this.show([...this.others(errand), errand]);
    await this.write(errand, errand, () => shelf.keep(errand));
    this.flushing = this.flush();
  }

  /** Take an errand back that has not been answered. */
  cancel(errand: Errand): void {
    this.mine.delete(nameOf(errand));
    this.forget(errand);
  }

  /** Forget all that a user's account would have been told, in every tab: it is gone. */
  async forgetAllOf(user: string): Promise<void> {
    for (const [name, errand] of this.unwritten) {
      if (errand?.user === user) this.unwritten.set(name, null);
    }
    await this.inTurn(() => shelf.dropAllOf(user));
    await this.load();
    this.channel.postMessage("changed" satisfies News);
  }

  /** Put others in an errand's place; false where another tab has settled or changed it. */
  async swap(errand: Errand, others: Errand[]): Promise<boolean> {
    const swap = this.inTurn(() => shelf.swap(errand, others));
    if (!(await swap)) {
      await this.load();
      return false;
    }
    for (const other of others) this.mine.add(nameOf(other));
    await this.load();
    this.channel.postMessage("changed" satisfies News);
    return true;
  }

  private others(errand: Errand): Errand[] {
    return this.state.waiting.filter((one) => nameOf(one) !== nameOf(errand));
  }

  private forget(errand: Errand): void {
    this.show(this.others(errand));
    void this.write(errand, null, () => shelf.drop(errand));
  }

  private inTurn<T>(run: () => Promise<T>): Promise<T> {
    const done = this.tail.then(run);
    this.tail = done.catch(() => undefined);
    return done;
  }

  private async write(errand: Errand, to: Errand | null, run: () => Promise<void>): Promise<void> {
    this.unwritten.set(nameOf(errand), to);
    await this.inTurn(run);
    if (this.unwritten.get(nameOf(errand)) === to) this.unwritten.delete(nameOf(errand));
    this.channel.postMessage("changed" satisfies News);
    // By now it is known whether it is safe.
    this.show([...this.state.waiting]);
  }

  /** Look at what is kept, with what this page is about to change of it. */
  private async load(): Promise<Errand[]> {
    const kept = (await this.inTurn(() => shelf.all())).filter(
      (one) => !this.unwritten.has(nameOf(one)),
    );
    const unwritten = [...this.unwritten.values()].filter((one) => one !== null);
    const now = [...kept, ...unwritten].sort(byAge);
    this.show(now);
    return now;
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
    this.stopWaiting();
    while ((await this.load()).length > 0) {
      const { locks } = this.options;
      const wasFirst = await alone(LOCK, (waited) => this.sendUnless(waited), locks);
      if (wasFirst) return;
      await new Promise((resolve) => setTimeout(resolve, ON_ITS_WAY));
      // The other tab told when to go on. One that was killed told nothing, or long ago.
      if (this.timer !== undefined) return;
    }
  }

  /** Send, unless another tab has just sent and its message is on the way here. */
  private async sendUnless(waited: boolean): Promise<boolean> {
    if (!waited) await this.sendAll();
    return !waited;
  }

  private async sendAll(): Promise<void> {
    try {
      const user = await this.options.sender();
      const rest = [...(await this.load())];
      for (let errand = rest.shift(); errand !== undefined; errand = rest.shift()) {
        // Another tab was faster, or another user is signed in by now.
        if (errand.user !== user || !this.isWaiting(errand)) continue;
        const parts = (await this.options.divide?.(errand)) ?? null;
        // Kept before anything of it is sent: a page that is closed here divides nothing twice.
        if (parts === null) await this.sendOne(errand);
        else if (await this.swap(errand, parts)) rest.unshift(...parts);
      }
      await this.tail;
      this.failures = 0;
      this.pauseAll(null);
    } catch (error) {
      const pause = pauseAfter(error, this.failures);
      this.failures += 1;
      // Without a pause the errand waits for the next sign-in, which flushes.
      this.pauseAll(pause);
    }
  }

  private isWaiting(errand: Errand): boolean {
    return this.state.waiting.some((one) => nameOf(one) === nameOf(errand));
  }

  /** Pause in all tabs, so that another one goes on if this one is closed. */
  private pauseAll(pause: Pause | null): void {
    const left = pause && pause.until - steadily();
    const { failures } = this;
    const paused: Paused = pause && left !== null ? { why: pause.why, left, failures } : null;
    this.channel.postMessage({ paused } satisfies News);
    this.rest(pause);
  }

  private rest(pause: Pause | null): void {
    this.stopWaiting();
    this.show(this.state.waiting, pause);
    if (pause === null) return;
    const goOn = () => {
      this.timer = undefined;
      void this.flush();
    };
    this.timer = setTimeout(goOn, pause.until - steadily());
  }

  private stopWaiting(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
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

  private show(waiting: Errand[], pause: Pause | null = this.state.pause): void {
    this.state = { waiting, pause: waiting.length > 0 ? pause : null };
    for (const listener of this.listeners) listener();
  }
}
