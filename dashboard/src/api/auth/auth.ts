/**
 * Sign-in state: the access token in the memory of the tabs alone, the refresh token in a
 * cookie that no script can read.
 *
 * Many calls may wait for one refresh. Tabs refresh one after the other, since each rotation
 * spends the cookie of the one before, and share the token that one of them got.
 */
import { openChannel, type Channel } from "../tabs/channel";
import { clock, steadily } from "../clock";
import { errorOf, tooEarly } from "../errors";
import { alone, type Locks } from "../tabs/locks";
import { TIMEOUT } from "../timeouts";
import { takesCookies } from "./cookies";
import { storage } from "../tabs/storage";
import { issuedAt } from "./issuedAt";

export type TokenAnswer = {
  access_token: string;
  expires_in: number;
  refresh_token?: string | null;
  user?: { id: string };
};
/** An access token, its user, and its end by this computer's clock. */
type Held = { token: string; user: string; endsAt: number };
type News = "signed-out" | "who" | { has: Held; fresh: boolean };

const LOCK = "focusguard-refresh";
/** The storage key of a sign-in: without it a stranger's first page asks for no refresh. */
const KNOWN = "focusguard-known";
/** The storage key of the id of who is signed in: without a network no answer says it. */
const USER = "focusguard-user";
/** The storage key of a browser in which somebody was signed in once. */
const BEFORE = "focusguard-before";
/** A token that ends within this is as good as ended: milliseconds. */
const EARLY = 30_000;
/** The time in which another tab answers: milliseconds. */
const TABS = 150;

type Options = {
  fetch?: typeof fetch;
  channel?: Channel;
  locks?: Locks;
  now?: () => number;
};

export class Auth {
  private held: Held | null = null;
  /** The user as whom this browser was signed in, while no answer says who is. */
  private assumed: string | null = null;
  /** The refresh token where the browser takes no cookie, for as long as the page is open. */
  private spare: string | null = null;
  private refreshing: Promise<boolean> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The count of sign-outs: the answer to a request from before one is dropped. */
  private times = 0;
  private listeners = new Set<(signedIn: boolean) => void>();
  private waiting = new Set<() => void>();
  private readonly fetch: typeof fetch;
  private readonly channel: Channel;
  private readonly locks: Locks | undefined;
  private readonly now: () => number;

  constructor(options: Options = {}) {
    this.fetch = options.fetch ?? ((...args) => fetch(...args));
    this.channel = options.channel ?? openChannel("focusguard");
    this.locks = options.locks;
    this.now = options.now ?? Date.now;
    this.channel.onmessage = ({ data }: MessageEvent<News>) => this.heard(data);
  }

  /** Call the listener at each sign-in and sign-out. */
  onChange(listener: (signedIn: boolean) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** True where a refresh cookie may be there. */
  get mayBeSignedIn(): boolean {
    if (!takesCookies()) return this.spare !== null;
    // A browser that keeps nothing may hold a cookie all the same.
    return storage.get(KNOWN) !== null || !storage.lasts;
  }

  /** True where somebody was signed in here once, so that this is no stranger's first visit. */
  get hasBeenHere(): boolean {
    return storage.get(BEFORE) !== null;
  }

  get isSignedIn(): boolean {
    return this.user !== null;
  }

  /** True where the service has said who is signed in, since this page was opened. */
  get isProven(): boolean {
    return this.held !== null;
  }

  /** The id of the signed-in user. */
  get user(): string | null {
    return this.held?.user ?? this.assumed;
  }

  /**
   * Go on as who was signed in here last, until an answer says who is: without a network
   * there is nothing to be seen but what this device keeps for that user.
   */
  assume(): void {
    if (this.isSignedIn) return;
    this.assumed = storage.get(USER);
    if (this.assumed !== null) this.tell(true);
  }

  /** Expect a refresh cookie at the next load: another service's sign-in ends in that alone. */
  expectCookie(): void {
    storage.set(KNOWN, "");
  }

  /** Take the answer of a sign-in. */
  accept(answer: TokenAnswer): void {
    this.take(answer);
  }

  /** Forget the signed-in user, in every tab. */
  forget(): void {
    this.drop();
    this.channel.postMessage("signed-out" satisfies News);
  }

  /** The access token for a request, refreshed first if need be; null without a sign-in. */
  async bearer(): Promise<string | null> {
    const isOld = this.held !== null && this.now() > this.held.endsAt - EARLY;
    if (isOld || (this.held === null && this.assumed !== null)) await this.refresh();
    return this.held?.token ?? null;
  }

  /**
   * Refresh by the cookie; false where it was refused. Throws where no
   * answer came: a user who is offline is still signed in.
   */
  refresh(): Promise<boolean> {
    this.refreshing ??= this.rotate().finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  private async rotate(): Promise<boolean> {
    const [before, times] = [this.held?.token, this.times];
    return alone(
      LOCK,
      async () => {
        // Another tab refreshed while this one waited for the lock.
        if (this.held !== null && this.held.token !== before) return true;
        if (times !== this.times) return false;
        const response = await this.ask();
        // Signed out while the request was on its way: the answer has no user any more.
        if (times !== this.times) return this.held !== null;
        if (response.ok) {
          const answer = (await response.json()) as TokenAnswer;
          if (times !== this.times) return this.held !== null;
          if (!this.hasNewer(answer, before)) this.take(answer);
          return true;
        }
        const refusal = errorOf(response, await response.json().catch(() => undefined));
        if (refusal.mayPass || ![401, 403].includes(refusal.status)) throw refusal;
        const issued = storage.get(KNOWN);
        const early = issued === null ? null : tooEarly(refusal, Number(issued));
        if (early !== null) throw early;
        if (await this.othersHave(before)) return true;
        this.drop();
        return false;
      },
      this.locks,
    );
  }

  private async ask(): Promise<Response> {
    const askedAt = steadily();
    const response = await this.fetch("/api/auth/refresh", {
      method: "POST",
      signal: AbortSignal.timeout(TIMEOUT.usual),
      ...(this.spare !== null && {
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ refresh_token: this.spare }),
      }),
    });
    clock.note(response.headers.get("Date"), askedAt, steadily());
    return response;
  }

  /** Compare with the token of a tab that waited for this one in vain and refreshed later. */
  private hasNewer({ access_token }: TokenAnswer, before: string | undefined): boolean {
    if (this.held === null || this.held.token === before) return false;
    return (issuedAt(this.held.token) ?? 0) > (issuedAt(access_token) ?? 0);
  }

  /** Ask the other tabs for a token other than the spent one. */
  private async othersHave(spent: string | undefined): Promise<boolean> {
    this.channel.postMessage("who" satisfies News);
    await new Promise<void>((resolve) => {
      this.waiting.add(resolve);
      setTimeout(resolve, TABS);
    });
    this.waiting.clear();
    return this.held !== null && this.held.token !== spent;
  }

  private take({ access_token, expires_in, refresh_token, user }: TokenAnswer): void {
    if (refresh_token && !takesCookies()) this.spare = refresh_token;
    const held = {
      token: access_token,
      user: user?.id ?? this.user ?? "",
      endsAt: this.now() + expires_in * 1000,
    };
    this.keep(held);
    this.channel.postMessage({ has: held, fresh: true } satisfies News);
  }

  private keep(held: Held): void {
    const before = this.user;
    // Another user: no data of the one before may be left.
    if (before !== null && before !== held.user) this.drop();
    this.held = held;
    this.assumed = null;
    storage.set(KNOWN, String(issuedAt(held.token) ?? ""));
    storage.set(USER, held.user);
    storage.set(BEFORE, "1");
    clearTimeout(this.timer);
    const early = Math.max(1000, held.endsAt - this.now() - 2 * EARLY);
    this.timer = setTimeout(() => void this.refresh().catch(() => undefined), early);
    if (before !== held.user) this.tell(true);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.held = null;
    this.assumed = null;
    this.spare = null;
    this.times += 1;
    storage.remove(KNOWN);
    storage.remove(USER);
    // Also without a sign-in before: a page that waits for its refresh can stop.
    this.tell(false);
  }

  private heard(news: News): void {
    if (news === "signed-out") this.drop();
    else if (news === "who") {
      if (this.held !== null && this.held.endsAt - EARLY > this.now())
        this.channel.postMessage({ has: this.held, fresh: false } satisfies News);
    } else if (news.fresh || this.waiting.size > 0) {
      this.keep(news.has);
      for (const resolve of this.waiting) resolve();
    }
  }

  private tell(signedIn: boolean): void {
    for (const listener of this.listeners) listener(signedIn);
  }
}
