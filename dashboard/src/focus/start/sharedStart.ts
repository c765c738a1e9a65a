/** A start that waits in one tab, shown in the other tabs of the browser. */
import { type Channel, openChannel } from "../../api/tabs/channel";
import { steadily } from "../../api/clock";
import type { FocusState } from "../context";
import type { Pause } from "../outbox/retry";
import type { Wish } from "../outbox/sessionRequests";

type Starting = FocusState["starting"];
/** `left` is the rest of its pause in milliseconds: the tabs' clocks began apart. */
type WaitingStart = { wish: Wish; why: Pause["why"] | null; left: number };
type News =
  | { kind: "hello" }
  | { kind: "stop"; user: string }
  | { kind: "starting"; user: string; told: WaitingStart | null };

/** The time after which a tab that reports no attempt was closed or hangs: milliseconds. */
const SILENCE = 40_000;

export class SharedStart {
  /** The listener to another tab's pending start; null once that has ended. */
  onStarting: (starting: Starting) => void = () => undefined;
  /** The listener to another tab that calls off this tab's start. */
  onStop: () => void = () => undefined;
  private own: Starting = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly user: () => string | null,
    private readonly channel: Channel = openChannel("focusguard-starting"),
  ) {
    channel.onmessage = ({ data }: MessageEvent<News>) => this.heard(data);
  }

  /** Ask whether another tab starts something. */
  hello(): void {
    this.channel.postMessage({ kind: "hello" } satisfies News);
  }

  /** Tell the other tabs of this tab's pending start, or of its end by null. */
  tell(starting: Starting): void {
    if (starting === null && this.own === null) return;
    this.own = starting;
    const user = this.user();
    if (user === null) return;
    const told = starting && {
      wish: starting.wish,
      why: starting.pause?.why ?? null,
      left: starting.pause ? starting.pause.until - steadily() : 0,
    };
    this.channel.postMessage({ kind: "starting", user, told } satisfies News);
  }

  /** Call off another tab's start. */
  stop(): void {
    const user = this.user();
    if (user !== null) this.channel.postMessage({ kind: "stop", user } satisfies News);
    this.show(null);
  }

  private heard(news: News): void {
    if (news.kind === "hello") {
      if (this.own !== null) this.tell(this.own);
    } else if (news.user === this.user()) {
      if (news.kind === "stop") this.onStop();
      else this.show(news.told);
    }
  }

  private show(told: WaitingStart | null): void {
    clearTimeout(this.timer);
    if (told === null) {
      this.onStarting(null);
      return;
    }
    const { wish, why, left } = told;
    this.timer = setTimeout(() => this.onStarting(null), left + SILENCE);
    this.onStarting({ wish, pause: why && { why, until: steadily() + left } });
  }
}
