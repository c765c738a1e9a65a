/**
 * The connection to the realtime process: one socket that proves who it is by its first message,
 * proves it again before its token ends, and comes back after whatever closed it.
 */
import type { Why } from "./liveness";
import { type Message, messageOf } from "./messages";
import { pauseAfter } from "./pauses";

/** The time for the handshake, the sign-in and the first answer: milliseconds. */
const OPENING = 15_000;
/** The interval of asking for a sign of life, and the time for its answer: milliseconds. */
const PING_INTERVAL = 25_000;
const ANSWER = 8_000;
/** The least time between two of them, for the sake of the limit on messages: milliseconds. */
const BETWEEN_PINGS = 3_000;
/** A connection that held for this long has forgotten the failures before it: milliseconds. */
const STEADY = 30_000;
/** The least time between an attempt and one because somebody looks: milliseconds. */
const IMPATIENT = 5_000;
/** Devices of one network come back together: milliseconds. */
const AFTER_OFFLINE = 1_000;

export type ConnectionOptions = {
  address: string;
  /** The access token; null where nobody is signed in. Rejects where no answer came. */
  token: () => Promise<string | null>;
  /** Get another access token; false where it was refused. */
  refresh: () => Promise<boolean>;
  onSignedOut: () => void;
  /** A message that says something, and the moment of the last `auth` by `performance.now()`. */
  onMessage: (message: Message, askedAt: number) => void;
  onState: (why: Why | null) => void;
  open?: (address: string) => WebSocket;
  random?: () => number;
};

const WHY: Record<number, Why> = { 1012: "restarting", 1013: "busy", 4429: "busy" };

export class Connection {
  private socket: WebSocket | null = null;
  private sent: string | null = null;
  private why: Why | null = "connecting";
  private failures = 0;
  /** True after a refresh, until the connection has held: a second one would help no more. */
  private isRefreshed = false;
  private attempt = 0;
  private triedAt = -Infinity;
  private askedAt = 0;
  private pingedAt = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pulse: ReturnType<typeof setTimeout> | undefined;
  private steady: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ConnectionOptions) {}

  start(): void {
    void this.open();
  }

  stop(): void {
    this.attempt += 1;
    this.letGo();
  }

  /** Somebody looks at a page: find out at once whether what it shows is live. */
  look(): void {
    const isWaiting = this.why === "unreachable" || this.why === "busy";
    if (this.why === "replaced") void this.open();
    else if (this.why === null) this.ping();
    else if (isWaiting && performance.now() - this.triedAt > IMPATIENT) void this.open();
  }

  online(): void {
    if (this.socket !== null) return this.look();
    if (this.why === "replaced" || this.why === "restarting") return;
    this.later(this.random() * AFTER_OFFLINE);
  }

  /** A socket without a network does not close by itself for minutes. */
  offline(): void {
    this.stop();
    this.show("offline");
  }

  private async open(): Promise<void> {
    this.letGo();
    const attempt = ++this.attempt;
    if (!navigator.onLine) return this.show("offline");
    this.triedAt = performance.now();
    // The service may not answer for long: a network that was there by its own word is gone.
    const token = await this.options.token().catch(() => undefined);
    if (attempt !== this.attempt || token === null) return;
    if (token === undefined) return this.retry();
    try {
      this.listen(this.options.open?.(this.options.address) ?? new WebSocket(this.options.address));
    } catch {
      return this.retry();
    }
    this.sent = token;
    this.timer = setTimeout(() => this.lost(), OPENING);
  }

  private listen(socket: WebSocket): void {
    this.socket = socket;
    // What a socket says that was let go is about nothing any more.
    const unlessGone =
      <E>(act: (event: E) => void) =>
      (event: E) => {
        if (this.socket === socket) act(event);
      };
    socket.onopen = unlessGone(() => this.prove(this.sent));
    socket.onmessage = unlessGone(({ data }: MessageEvent) => this.hear(messageOf(data)));
    socket.onclose = unlessGone(({ code }: CloseEvent) => this.closed(code));
  }

  private prove(token: string | null): void {
    this.sent = token;
    this.askedAt = performance.now();
    this.say({ type: "auth", token });
  }

  private say(message: object): void {
    // Between its end and the event of it a socket throws.
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private hear(message: Message | null): void {
    if (message === null) return;
    this.beat();
    if (message.type === "auth_soon") void this.renew();
    else if (message.type === "stale") this.show("unreachable");
    else if (message.type !== "pong") this.options.onMessage(message, this.askedAt);
    if (message.type !== "session") return;
    // The first one is the whole truth; after `stale` it is known again.
    clearTimeout(this.timer);
    if (this.why === null) return;
    this.show(null);
    this.steady ??= setTimeout(() => {
      this.failures = 0;
      this.isRefreshed = false;
    }, STEADY);
  }

  /** Whatever came is a sign of life; ask for another one in a while. */
  private beat(): void {
    clearTimeout(this.pulse);
    this.pulse = setTimeout(() => this.ping(), PING_INTERVAL);
  }

  private ping(): void {
    if (performance.now() - this.pingedAt < BETWEEN_PINGS) return;
    this.pingedAt = performance.now();
    clearTimeout(this.pulse);
    this.say({ type: "ping" });
    this.pulse = setTimeout(() => this.lost(), ANSWER);
  }

  private async renew(): Promise<void> {
    const { socket } = this;
    try {
      if ((await this.options.token()) === this.sent) await this.options.refresh();
      const token = await this.options.token();
      if (token !== null && socket === this.socket) this.prove(token);
    } catch {
      // Without an answer the token ends, and the socket is closed for that.
    }
  }

  private lost(): void {
    this.letGo();
    this.retry();
  }

  private closed(code: number): void {
    this.letGo();
    if (code === 4409) this.show("replaced");
    else if (code === 4401 || code === 4403) void this.signInAgain(code);
    else this.retry(code);
  }

  /** The token was refused: another one is asked for once, which a revoked device is refused. */
  private async signInAgain(code: number): Promise<void> {
    if (this.isRefreshed) return this.retry(code);
    this.isRefreshed = true;
    this.show("connecting");
    const attempt = this.attempt;
    const isRenewed = await this.options.refresh().catch(() => undefined);
    if (attempt !== this.attempt) return;
    if (isRenewed === true) void this.open();
    else if (isRenewed === false) this.options.onSignedOut();
    else this.retry(code);
  }

  private retry(code = 1006): void {
    this.show(WHY[code] ?? "unreachable");
    this.later(pauseAfter(code, this.failures, this.random()));
    if (code !== 1012) this.failures += 1;
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.open(), pause);
  }

  private letGo(): void {
    clearTimeout(this.timer);
    clearTimeout(this.pulse);
    clearTimeout(this.steady);
    this.steady = undefined;
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }

  private random(): number {
    return (this.options.random ?? Math.random)();
  }

  private show(why: Why | null): void {
    this.why = why;
    this.options.onState(why);
  }
}
