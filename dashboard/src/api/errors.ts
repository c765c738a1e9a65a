import { text } from "../text";
import { clock, steadily } from "./clock";

/**
 * The code of an answer that is not the service's: a proxy or the sign-in page of a network
 * answered in its place, so nothing has been refused.
 */
const NOT_OURS = "NOT_OURS";

/** The error of a refused or unanswered request. */
export class ApiError extends Error {
  private readonly heardAt = steadily();

  constructor(
    /** The HTTP status; 0 where no answer came. */
    readonly status: number,
    readonly code: string,
    message: string,
    /** Messages by field, out of a 422 or a 409. */
    readonly fields: Record<string, string[]> = {},
    /** Seconds after which to try again. */
    readonly retryAfter: number | null = null,
    /** The refusal's `timestamp`, by the clock of the machine that refused, in milliseconds. */
    readonly at: number | null = null,
  ) {
    super(message);
  }

  /** Seconds of `retryAfter` that are left by now, one at least: null where none were told. */
  get secondsLeft(): number | null {
    if (this.retryAfter === null) return null;
    return Math.max(1, Math.ceil(this.retryAfter - (steadily() - this.heardAt) / 1000));
  }

  get isOffline(): boolean {
    return this.status === 0;
  }

  /** True where the service itself has not answered: it may have done what was asked. */
  get isUnanswered(): boolean {
    return this.isOffline || this.code === NOT_OURS;
  }

  /** True for a fault: the service is not well, or another machine answered in its place. */
  get isFault(): boolean {
    // A proxy that answers by these two is as busy as the service would be.
    if (this.status === 429 || this.status === 503) return false;
    return this.code === NOT_OURS || this.status >= 500;
  }

  /** True for a transient error: the same request may be answered in a while. */
  get mayPass(): boolean {
    const isBusy = this.status === 429 || this.status >= 502;
    // The first attempt is still at work: the next one gets its answer.
    const isAtWork = this.code === "IDEMPOTENCY_KEY_IN_FLIGHT";
    return this.isUnanswered || isBusy || isAtWork;
  }
}

/** The form field of an error code whose answer names no field. */
const FIELD_OF: Record<string, string> = {
  USERNAME_TAKEN: "username",
  EMAIL_TAKEN: "email",
  WRONG_PASSWORD: "current_password",
  SECOND_FACTOR_WRONG: "code",
};

type Envelope = {
  detail?: {
    message?: string;
    error_code?: string;
    timestamp?: string;
    errors?: Record<string, string[]>;
  };
};

/** The longest `Retry-After` that is obeyed: seconds. */
const MOST = 3600;

/** Read `Retry-After`, seconds or a date (RFC 9110, section 10.2.3), as seconds. */
function waitOf(header: string | null): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds)
    ? Math.ceil((Date.parse(header) - clock.now()) / 1000)
    : Math.ceil(seconds);
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), MOST);
}

function inLanguage(fields: Record<string, string[]>): Record<string, string[]> {
  const said = (words: string) => text.refusals[words] ?? words;
  return Object.fromEntries(Object.entries(fields).map(([name, all]) => [name, all.map(said)]));
}

/** Read the API's error envelope. */
export function errorOf(response: Response, body: unknown): ApiError {
  const detail = (body as Envelope | undefined)?.detail;
  const seconds = waitOf(response.headers.get("Retry-After"));
  // The service's own English is the last resort.
  const known = text.refusals[detail?.error_code ?? ""];
  const said = known ?? detail?.message ?? text.errors.away;
  const at = Date.parse(detail?.timestamp ?? "");
  const field = FIELD_OF[detail?.error_code ?? ""];
  return new ApiError(
    response.status,
    detail?.error_code ?? NOT_OURS,
    response.status === 429 && seconds !== null
      ? `${said} ${text.errors.tryAgainIn(seconds)}`
      : said,
    detail?.errors ? inLanguage(detail.errors) : field === undefined ? {} : { [field]: [said] },
    seconds,
    Number.isNaN(at) ? null : at,
  );
}

/** The error for a request without an answer: offline, or timed out. */
export function unanswered(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  // Some engines report a timeout as an abort; nothing else here aborts.
  const { name } = (error ?? {}) as { name?: string };
  const isLate = name === "TimeoutError" || name === "AbortError";
  return isLate
    ? new ApiError(0, "NO_ANSWER", text.errors.noAnswer)
    : new ApiError(0, "OFFLINE", text.errors.offline);
}

/** The greatest clock skew between two machines of one service: seconds. */
const APART = 300;

/**
 * The 503 for clock skew: a token was refused by a machine whose clock has not reached the
 * second of its issue. Null for every other refusal. It ends no sign-in.
 */
export function tooEarly(refusal: ApiError, issued: number | null): ApiError | null {
  if (refusal.status !== 401 || refusal.at === null || issued === null) return null;
  const seconds = issued - Math.floor(refusal.at / 1000);
  if (seconds <= 0 || seconds > APART) return null;
  return new ApiError(503, "CLOCK_BEHIND", text.errors.unknown, {}, Math.min(seconds + 1, 30));
}
