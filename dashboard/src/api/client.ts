import createClient from "openapi-fetch";

import { text } from "../text";
import { Auth } from "./auth";
import { clock, steadily } from "./clock";
import { ApiError, errorOf } from "./errors";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];
export const auth = new Auth();

/** Send with a token that holds, and once more with a new one where it did not. */
async function send(request: Request): Promise<Response> {
  // A refused password is no reason to refresh.
  const isAuth = /\/api\/auth\/(login|register|refresh)$/.test(new URL(request.url).pathname);
  const again = request.clone();
  const bearer = isAuth ? null : await auth.bearer();
  const response = await fetchOnce(request, bearer);
  if (response.status !== 401 || bearer === null || !(await auth.refresh())) return response;
  return fetchOnce(again, await auth.bearer());
}

async function fetchOnce(request: Request, bearer: string | null): Promise<Response> {
  if (bearer !== null) request.headers.set("Authorization", `Bearer ${bearer}`);
  const askedAt = steadily();
  const response = await fetch(request);
  clock.note(response.headers.get("Date"), askedAt, steadily());
  return response;
}

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: send });

/** Return what was answered, or throw what was refused. */
export async function data<T>(
  asked: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  let answered: Awaited<typeof asked>;
  try {
    answered = await asked;
  } catch {
    throw new ApiError(0, "OFFLINE", text.errors.offline);
  }
  if (!answered.response.ok) throw errorOf(answered.response, answered.error);
  return answered.data as T;
}
