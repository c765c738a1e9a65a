import { text } from "../text";

/** What the API, or the way to it, said no with. */
export class ApiError extends Error {
  constructor(
    /** The HTTP status; 0 where no answer came. */
    readonly status: number,
    readonly code: string,
    message: string,
    /** Messages by field, out of a 422. */
    readonly fields: Record<string, string[]> = {},
    /** Seconds after which to try again. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  get isOffline(): boolean {
    return this.status === 0;
  }

  /** Whether the same may be answered in a while. */
  get mayPass(): boolean {
    return this.isOffline || this.status === 429 || this.status >= 502;
  }
}

type Envelope = {
  detail?: { message?: string; error_code?: string; errors?: Record<string, string[]> };
};

/** Read the one error shape of the API. */
export function errorOf(response: Response, body: unknown): ApiError {
  const detail = (body as Envelope | undefined)?.detail;
  const retryAfter = Number(response.headers.get("Retry-After") ?? NaN);
  const seconds = Number.isFinite(retryAfter) ? retryAfter : null;
  const said = detail?.message ?? text.errors.unknown;
  return new ApiError(
    response.status,
    detail?.error_code ?? "UNKNOWN",
    response.status === 429 && seconds !== null
      ? `${said} ${text.errors.tryAgainIn(seconds)}`
      : said,
    detail?.errors,
    seconds,
  );
}
