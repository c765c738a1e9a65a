/**
 * Who is signed in. The access token is in this tab's memory alone; the refresh token is
 * a cookie that no script can read.
 *
 * Many calls may wait for one refresh, and tabs refresh one after the other, since each
 * rotation spends the cookie of the one before.
 */
import { clock, steadily } from "./clock";
import { storage } from "./storage";

export type TokenAnswer = { access_token: string; expires_in: number };
type News = "signed-in" | "signed-out";

const LOCK = "focusguard-refresh";
/** Kept while somebody is signed in, so that a stranger's first page asks for nothing. */
const KNOWN = "focusguard-known";
/** A token that ends within this is as good as ended: milliseconds. */
const EARLY = 30_000;

type Options = {
  fetch?: typeof fetch;
  channel?: Pick<BroadcastChannel, "postMessage" | "onmessage">;
  locks?: Pick<LockManager, "request">;
  now?: () => number;
};

export class Auth {
  private token: string | null = null;
  private endsAt = 0;
  private refreshing: Promise<boolean> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private listeners = new Set<(signedIn: boolean) => void>();
  private readonly fetch: typeof fetch;
  private readonly channel: Options["channel"];
  private readonly locks: Options["locks"];
  private readonly now: () => number;

  constructor(options: Options = {}) {
    this.fetch = options.fetch ?? ((...args) => fetch(...args));
    this.channel = options.channel ?? new BroadcastChannel("focusguard");
    this.locks = options.locks ?? navigator.locks;
    this.now = options.now ?? Date.now;
    this.channel.onmessage = ({ data }: MessageEvent<News>) => this.heard(data);
  }

  /** Hear whether somebody is signed in, whenever that changes. */
  onChange(listener: (signedIn: boolean) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether a cookie may be there to refresh by. */
  get mayBeSignedIn(): boolean {
    return storage.get(KNOWN) !== null;
  }

  get isSignedIn(): boolean {
    return this.token !== null;
  }

  /** Take the answer of a sign-in. */
  accept(answer: TokenAnswer): void {
    this.keep(answer);
    this.channel?.postMessage("signed-in" satisfies News);
  }

  /** Forget who was signed in, in every tab. */
  forget(): void {
    this.drop();
    this.channel?.postMessage("signed-out" satisfies News);
  }

  /** A token that will do for a request, refreshed first if need be; null without one. */
  async bearer(): Promise<string | null> {
    if (this.token !== null && this.now() > this.endsAt - EARLY) await this.refresh();
    return this.token;
  }

  /**
   * Refresh by the cookie; false where it is worth nothing any more. Throws where no
   * answer came: somebody who is offline is still signed in.
   */
  refresh(): Promise<boolean> {
    this.refreshing ??= this.rotate().finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  private async rotate(): Promise<boolean> {
    const ask = async (): Promise<boolean> => {
      const askedAt = steadily();
      const response = await this.fetch("/api/auth/refresh", { method: "POST" });
      clock.note(response.headers.get("Date"), askedAt, steadily());
      if (response.ok) {
        this.keep((await response.json()) as TokenAnswer);
        return true;
      }
      if (response.status === 401 || response.status === 403) {
        this.drop();
        return false;
      }
      throw new Error(`refresh answered ${response.status}`);
    };
    // Without locks (an insecure origin) the server's grace lets two tabs be.
    return this.locks ? this.locks.request(LOCK, ask) : ask();
  }

  private keep({ access_token, expires_in }: TokenAnswer): void {
    const before = this.token;
    this.token = access_token;
    storage.set(KNOWN, "yes");
    this.endsAt = this.now() + expires_in * 1000;
    clearTimeout(this.timer);
    const early = Math.max(1000, expires_in * 1000 - 2 * EARLY);
    this.timer = setTimeout(() => void this.refresh().catch(() => undefined), early);
    if (before === null) this.tell(true);
  }

  private drop(): void {
    clearTimeout(this.timer);
    const before = this.token;
    this.token = null;
    storage.remove(KNOWN);
    if (before !== null) this.tell(false);
  }

  private heard(news: News): void {
    if (news === "signed-out") this.drop();
    else if (this.token === null) void this.refresh().catch(() => undefined);
  }

  private tell(signedIn: boolean): void {
    for (const listener of this.listeners) listener(signedIn);
  }
}
