import { ApiError } from "../api/errors";

/**
 * How a change waits for the network: paused while the browser is offline, tried again
 * where no answer came or the service was busy, given up where it was refused.
 */
export const patiently = {
  retry: (count: number, error: Error) => count < 100 && error instanceof ApiError && error.mayPass,
  retryDelay: (count: number, error: Error) =>
    error instanceof ApiError && error.retryAfter !== null
      ? error.retryAfter * 1000
      : Math.min(1000 * 2 ** count, 15_000),
};
