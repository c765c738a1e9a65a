/**
 * The rate limit's budget: the requests that are left of a user's minute, by the service's
 * `RateLimit` headers. Pages leave the last of them to the user's own acts: a
 * start or an end is not refused because tabs looked at figures.
 */
import { type Channel, openChannel } from "./tabs/channel";
import { text } from "../text";
import { ApiError } from "./errors";

/** Shares of each minute's requests that reads of figures, and of the timer, may not use. */
const LEFT_BY = { figures: 1 / 4, timer: 1 / 12 };
export type Weight = keyof typeof LEFT_BY;

/** The requests that are left, and the window's end by the device's clock, which tabs share. */
type State = { most: number; left: number; endsAt: number };

const NAME = "focusguard-budget";

/** The state that the page before left in this tab; null where there was none. */
function left(): State | null {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? "null") as State | null;
  } catch {
    return null;
  }
}

function leave(state: State): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(state));
  } catch {
    // Refused or full: the next page learns it by its first answer.
  }
}

export class Budget {
  private most = Infinity;
  private left = Infinity;
  private endsAt = 0;

  private readonly channel: Channel;

  constructor(
    private readonly now: () => number = Date.now,
    channel?: Channel,
  ) {
    this.channel = channel ?? openChannel("focusguard-budget");
    // A tab that takes the answers of other tabs sees no headers of its own.
    this.channel.onmessage = ({ data }: MessageEvent<State>) => this.learn(data);
    // A page that was reloaded would send all its questions before it learned the limit.
    const before = left();
    if (before !== null) this.learn(before);
  }

  /** Learn from the `RateLimit` headers of an answer to a signed-in user. */
  note(headers: Headers): void {
    const most = /;\s*q=(\d+)/.exec(headers.get("RateLimit-Policy") ?? "")?.[1];
    const now = headers.get("RateLimit") ?? "";
    const left = /;\s*r=(\d+)/.exec(now)?.[1];
    const ends = /;\s*t=(\d+)/.exec(now)?.[1];
    if (most === undefined || left === undefined || ends === undefined) return;
    const endsAt = this.now() + Number(ends) * 1000;
    const state = { most: Number(most), left: Number(left), endsAt };
    this.learn(state);
    this.channel.postMessage(state);
  }

  private learn({ most, left, endsAt }: State): void {
    // Answers overtake each other: in one window the least is the newest.
    const isSameWindow = this.now() < this.endsAt && endsAt < this.endsAt + 1500;
    this.left = isSameWindow ? Math.min(this.left, left) : left;
    if (!isSameWindow) this.endsAt = endsAt;
    this.most = most;
    leave({ most, left: this.left, endsAt: this.endsAt });
  }

  /** Seconds to wait before a read of this weight; 0 where there is room. */
  wait(weight: Weight): number {
    const seconds = Math.ceil((this.endsAt - this.now()) / 1000);
    // A window lasts a minute: more was counted by a clock that has been set since.
    if (seconds <= 0 || seconds > 60) return 0;
    return this.left > Math.floor(this.most * LEFT_BY[weight]) ? 0 : seconds;
  }

  /** Take one request for a read, or throw a 429 of our own with the seconds to wait. */
  take(weight: Weight): void {
    const seconds = this.wait(weight);
    if (seconds > 0) {
      const said = `${text.errors.busy} ${text.errors.tryAgainIn(seconds)}`;
      throw new ApiError(429, "HELD_BACK", said, {}, seconds);
    }
    this.left -= 1;
  }
}

export const budget = new Budget();
