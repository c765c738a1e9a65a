/**
 * Request sharing between tabs: one tab asks, the other tabs of the user are told.
 *
 * A tab takes the lock of the question's name, so that tabs ask one after the other, and
 * first looks for an answer that came meanwhile. Each answer belongs to one user and to one
 * round: a start or an end begins a new round, after which no answer to an earlier request
 * is taken, however late it comes.
 */
import { openChannel, type Channel } from "./channel";
import type { ClockReading, ServerClock } from "../clock";
import { storage } from "./storage";
import { alone, type Locks } from "./locks";

/** An answer, with the moments of its request and of its arrival. */
type SharedAnswer = { round: number; at: number; knownAt: number; data: unknown };
/** The asking tab's reading of the server's clock: a tab that is only told has no other. */
type Clocked = { server: ClockReading | null };
type News =
  | { kind: "hello" }
  | { kind: "here" }
  | { kind: "want"; user: string; key: string; round: number; after: number }
  | ({ kind: "answer"; user: string; key: string; answer: SharedAnswer } & Clocked)
  | ({ kind: "changed"; user: string; round: number; at: number; change: Change } & Clocked);
/** A change: its kind, the answers that it spares, and other news for the tabs. */
export type Change = { what: string; told: Record<string, unknown>; news?: unknown };

const ROUND = "focusguard-round";
/** The time in which another tab answers from memory: milliseconds. */
const TABS = 100;
/** The time for a tab that was answered a moment ago, its message on the way: milliseconds. */
const ON_ITS_WAY = 400;
/** The age up to which an answer that a tab has is as good as a new one: milliseconds. */
const RECENT = 500;
/** The most by which an answer is overtaken; more means a clock was set: milliseconds. */
const OVERTAKEN = 60_000;

type Options = {
  user: () => string | null;
  clock: Pick<ServerClock, "reading" | "take">;
  channel?: Channel;
  locks?: Locks;
  now?: () => number;
};

export class Sharing {
  /** The listener to answers that come from another tab. */
  onAnswer: (key: string, data: unknown) => void = () => undefined;
  /** The listener to changes by another tab, made at this server's time or later. */
  onChange: (change: Change, since: number) => void = () => undefined;
  private readonly user: () => string | null;
  private readonly clock: Options["clock"];
  private readonly channel: Channel;
  private readonly locks: Locks | undefined;
  private readonly now: () => number;
  private answers = new Map<string, SharedAnswer>();
  private waiting = new Map<string, () => void>();
  private hasOthers = false;
  private lastRound = 0;

  constructor({ user, clock, channel, locks, now }: Options) {
    this.user = user;
    this.clock = clock;
    this.channel = channel ?? openChannel("focusguard-answers");
    this.locks = locks;
    this.now = now ?? Date.now;
    this.channel.onmessage = ({ data }: MessageEvent<News>) => this.heard(data);
    this.channel.postMessage({ kind: "hello" } satisfies News);
  }

  /** Number of the last change that any tab made. */
  get round(): number {
    this.lastRound = Math.max(this.lastRound, Number(storage.get(ROUND)) || 0);
    return this.lastRound;
  }

  /** Begin a new round, in every tab, with what the change itself told. */
  changed(change: Change): void {
    const at = this.now();
    this.lastRound = Math.max(at, this.round + 1);
    storage.set(ROUND, String(this.lastRound));
    this.learn(change, this.lastRound, at);
    const user = this.user();
    if (user === null) return;
    const server = this.clock.reading();
    this.tell({ kind: "changed", user, round: this.lastRound, at, change, server });
  }

  /** Forget all answers: they were for another user. */
  clear(): void {
    this.answers.clear();
  }

  /**
   * Return the answer of this name, fetched by this tab or by another one: an answer no older
   * than `oldest` milliseconds, or any that comes from now on, however long ago its request
   * was sent, so that a slow service is not asked by each tab. An answer of this round that
   * this tab has been told is taken up to the age of `recent`.
   */
  async ask<T>(
    key: string,
    oldest: number,
    fetchIt: () => Promise<T>,
    recent = RECENT,
  ): Promise<T> {
    const user = this.user();
    if (user === null) return fetchIt();
    const begun = this.now();
    const round = this.round;
    return alone(
      `focusguard ${user} ${key}`,
      async (waited) => {
        const told =
          this.known(key, round, begun - recent) ??
          (waited || oldest > 0
            ? await this.told(user, key, round, begun - oldest, waited)
            : undefined);
        if (told !== undefined) return told.data as T;
        const asked = { round: this.round, at: this.now() };
        const data = await fetchIt();
        if (this.user() === user) {
          const answer = { ...asked, knownAt: this.now(), data };
          // A change that came meanwhile brought a newer answer.
          if ((this.answers.get(key)?.round ?? 0) <= asked.round) this.answers.set(key, answer);
          this.tellAnswer(user, key, answer);
        }
        return data;
      },
      this.locks,
    );
  }

  private known(key: string, round: number, after: number): SharedAnswer | undefined {
    const answer = this.answers.get(key);
    const now = this.now();
    return answer && answer.round >= round && answer.knownAt >= after && answer.knownAt <= now
      ? answer
      : undefined;
  }

  private learn({ told }: Change, round: number, at: number): void {
    for (const [key, data] of Object.entries(told)) {
      this.answers.set(key, { round, at, knownAt: at, data });
    }
  }

  private async told(user: string, key: string, round: number, after: number, waited: boolean) {
    const known = this.known(key, round, after);
    if (known !== undefined || !(waited || this.hasOthers)) return known;
    this.tell({ kind: "want", user, key, round, after });
    await new Promise<void>((resolve) => {
      this.waiting.set(key, resolve);
      setTimeout(resolve, waited ? ON_ITS_WAY : TABS);
    });
    this.waiting.delete(key);
    const told = this.known(key, round, after);
    // No other tab has an answer: the next query must not wait for one.
    if (told === undefined) this.hasOthers = false;
    return told;
  }

  private tell(news: News): void {
    this.channel.postMessage(news);
  }

  private tellAnswer(user: string, key: string, answer: SharedAnswer): void {
    this.tell({ kind: "answer", user, key, answer, server: this.clock.reading() });
  }

  private heard(news: News): void {
    this.hasOthers = true;
    if (news.kind === "hello") this.tell({ kind: "here" });
    if (news.kind === "hello" || news.kind === "here") return;
    const user = this.user();
    if (news.user !== user) return;
    if (news.kind === "want") {
      const answer = this.known(news.key, news.round, news.after);
      if (answer !== undefined) this.tellAnswer(user, news.key, answer);
      return;
    }
    // First, since the answer is shown by this clock. A tab of an older version sends none.
    if (news.server) this.clock.take(news.server);
    if (news.kind === "changed") {
      this.lastRound = Math.max(this.round, news.round);
      this.learn(news.change, news.round, news.at);
      this.onChange(news.change, news.server?.earliest ?? -Infinity);
    } else {
      this.take(news.key, news.answer);
    }
  }

  private take(key: string, answer: SharedAnswer): void {
    // Asked before the last change, or overtaken; a clock that was set back is neither.
    const ahead = (this.answers.get(key)?.at ?? -Infinity) - answer.at;
    if (answer.round < this.round || (ahead >= 0 && ahead < OVERTAKEN)) return;
    this.answers.set(key, answer);
    this.waiting.get(key)?.();
    this.onAnswer(key, answer.data);
  }
}
