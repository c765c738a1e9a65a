import createClient from "openapi-fetch";

import { text } from "../text";
import { Auth } from "./auth/auth";
import { budget } from "./budget";
import { clock, steadily } from "./clock";
import { ApiError, errorOf, tooEarly, unanswered } from "./errors";
import { CALLED_OFF, SigningOut } from "./auth/signingOut";
import { TIMEOUT } from "./timeouts";
import { Sharing } from "./tabs/sharing";
import type { components, paths } from "./schema";
import { issuedAt } from "./auth/issuedAt";

export type Schemas = components["schemas"];
export const auth = new Auth();
export const sharing = new Sharing({ user: () => auth.user, clock });

const signingOut = new SigningOut();
auth.onChange((isSignedIn) => {
  if (!isSignedIn) signingOut.succeeded();
});

/** Sign out by the request of `go`; no tab sends another request meanwhile. */
export async function signOut(go: () => Promise<unknown>): Promise<void> {
  await signingOut.run(go);
  auth.forget();
}

/** Resolve once no tab of this browser is signing out. */
export const signOutSettled = (): Promise<void> => signingOut.settled();

/** Requests that need no sign-in: whose page or mail it is, another person may be signed in. */
const isOpen = ({ url }: Request) => {
  const { pathname } = new URL(url);
  // A link of accounts is begun and finished by who is signed in, a sign-in by nobody.
  if (pathname.startsWith("/api/auth/oauth/")) return auth.user === null;
  return /\/api\/(auth\/(login|register|refresh|ways|(second-factor|passkey)(\/options)?|email\/confirm|password\/(forgot|reset))|mail\/unsubscribe\/[^/]+)$/.test(
    pathname,
  );
};
const isSignOut = ({ method, url }: Request) =>
  /\/api\/auth\/logout(-all)?$/.test(url) || (method === "DELETE" && url.endsWith("/api/users/me"));

/** Send a request; during a sign-out it waits, and is sent if the sign-out fails. */
async function send(request: Request): Promise<Response> {
  if (isOpen(request) || isSignOut(request)) return sendNow(request);
  const user = auth.user;
  for (;;) {
    await signingOut.settled();
    if (user !== null && auth.user !== user) throw signedOut();
    try {
      return await sendNow(request.clone());
    } catch (error) {
      if (error !== CALLED_OFF) throw error;
    }
  }
}

/** Send with the access token, and once more with a refreshed one after a 401. */
async function sendNow(request: Request): Promise<Response> {
  const again = request.clone();
  // A refused password is no reason to refresh.
  const bearer = isOpen(request) ? null : await auth.bearer();
  // What a page still asks for as it is signed out: it would be refused, and is logged as such.
  if (bearer === null && !isOpen(request) && !isSignOut(request)) throw signedOut();
  const user = auth.user;
  const response = await fetchOnce(request, bearer);
  if (response.status !== 401 || bearer === null) return ofSameUser(user, response);
  if (await isOfProof(response)) return ofSameUser(user, response);
  await throwTooEarly(response, bearer);
  if (!(await auth.refresh())) return response;
  const renewed = await auth.bearer();
  const second = await fetchOnce(again, renewed);
  if (renewed !== null) await throwTooEarly(second, renewed);
  return ofSameUser(user, second);
}

/** Refuse an answer whose user is signed out by now: the next person must not see it. */
function ofSameUser(user: string | null, response: Response): Response {
  if (user !== null && auth.user !== user) throw signedOut();
  return response;
}

const signedOut = () => new ApiError(401, "SIGNED_OUT", text.errors.signedOut);

const refusalOf = async (response: Response) =>
  errorOf(
    response,
    await response
      .clone()
      .json()
      .catch(() => undefined),
  );

/** Tell a proof that was refused from a token: asked once more, it would count as a second try. */
async function isOfProof(response: Response): Promise<boolean> {
  const { code } = await refusalOf(response);
  return /^(SECOND_FACTOR_WRONG|CREDENTIAL_REFUSED|FLOW_INVALID)$/.test(code);
}

async function throwTooEarly(response: Response, token: string): Promise<void> {
  if (response.status !== 401) return;
  const early = tooEarly(await refusalOf(response), issuedAt(token));
  if (early !== null) throw early;
}

function timeoutOf({ url }: Request): number {
  const { pathname } = new URL(url);
  if (/\/(export|imports)$/.test(pathname)) return TIMEOUT.file;
  return /\/(login|register|password|reset|proof)$/.test(pathname)
    ? TIMEOUT.password
    : TIMEOUT.usual;
}

let changing = 0;
/** True while a change by this tab is not answered yet. */
export const isChanging = (): boolean => changing > 0;

async function fetchOnce(request: Request, bearer: string | null): Promise<Response> {
  if (bearer !== null) request.headers.set("Authorization", `Bearer ${bearer}`);
  const askedAt = steadily();
  const response = await fetchUnlessSigningOut(request, AbortSignal.timeout(timeoutOf(request)));
  clock.note(response.headers.get("Date"), askedAt, steadily());
  if (bearer !== null) budget.note(response.headers);
  // The API never answers with a page: the sign-in page of a network does.
  if (response.ok && /^text\/html/i.test(response.headers.get("Content-Type") ?? "")) {
    throw errorOf(response, undefined);
  }
  return response;
}

/** Fetch; a sign-out aborts a GET, but no change by the user. */
async function fetchUnlessSigningOut(request: Request, limit: AbortSignal): Promise<Response> {
  // A refresh of the token is a POST too, and changes nothing that a page shows.
  if (request.method !== "GET" && isOpen(request)) return fetch(request, { signal: limit });
  if (request.method !== "GET") {
    changing += 1;
    return fetch(request, { signal: limit }).finally(() => (changing -= 1));
  }
  const quit = new AbortController();
  limit.addEventListener("abort", () => quit.abort(limit.reason));
  const stop = signingOut.onBegin(() => quit.abort(CALLED_OFF));
  try {
    return await fetch(request, { signal: quit.signal });
  } finally {
    stop();
  }
}

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: send });

/** Return an answer's data, or throw its refusal as an `ApiError`. */
export async function data<T>(
  asked: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  let answered: Awaited<typeof asked>;
  try {
    answered = await asked;
  } catch (error) {
    throw unanswered(error);
  }
  if (!answered.response.ok) throw errorOf(answered.response, answered.error);
  return answered.data as T;
}
