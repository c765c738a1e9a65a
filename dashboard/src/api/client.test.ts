import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { api, auth, data, isChanging, signOut } from "./client";

const fetched = vi.fn<typeof fetch>();

const answer = (body: object, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });
const issued = (second: number) => `head.${btoa(JSON.stringify({ iat: second }))}.sign`;
const me = () => data(api.GET("/api/users/me"));
const tokenOf = (call: number) =>
  (fetched.mock.calls[call]?.[0] as Request).headers.get("Authorization");

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  auth.accept({ access_token: issued(1_000), expires_in: 900, user: { id: "alice" } });
});
afterEach(() => {
  auth.forget();
  fetched.mockReset();
});

test("an answer that never comes is given up, and said to be", async () => {
  const limit = new AbortController();
  const limits = vi.spyOn(AbortSignal, "timeout").mockReturnValue(limit.signal);
  fetched.mockImplementation(
    (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error));
      }),
  );
  const asked = me();
  await vi.waitFor(() => expect(fetched).toHaveBeenCalled());
  limit.abort(new DOMException("too long", "TimeoutError"));
  await expect(asked).rejects.toMatchObject({ code: "NO_ANSWER", mayPass: true });
  expect(limits).toHaveBeenCalledWith(15_000);
});

test("a page that stands for the answer, as of a hotel's network, is no answer", async () => {
  fetched.mockResolvedValue(new Response("<html>Welcome to our hotel</html>"));
  await expect(me()).rejects.toMatchObject({ code: "OFFLINE", mayPass: true });
});

test("a token that was refused is renewed, and the same asked once more", async () => {
  fetched
    .mockResolvedValueOnce(answer({}, 401))
    .mockResolvedValueOnce(answer({ access_token: "new", expires_in: 900 }))
    .mockResolvedValueOnce(answer({ username: "alice" }));
  expect(await me()).toEqual({ username: "alice" });
  expect(tokenOf(2)).toBe("Bearer new");
});

test("a machine behind the issue of a token is asked again later, not refreshed", async () => {
  const detail = { error_code: "TOKEN_INVALID", timestamp: new Date(985_000).toISOString() };
  fetched.mockResolvedValue(answer({ detail }, 401));
  await expect(me()).rejects.toMatchObject({ mayPass: true, retryAfter: 16 });
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(auth.isSignedIn).toBe(true);
});

test("a refresh that the service is too busy for says when to come again", async () => {
  fetched
    .mockResolvedValueOnce(answer({}, 401))
    .mockResolvedValueOnce(answer({}, 503, { "Retry-After": "7" }));
  await expect(me()).rejects.toMatchObject({ status: 503, mayPass: true, retryAfter: 7 });
  expect(auth.isSignedIn).toBe(true);
});

test.each(["signed out", "switched"])(
  "what was asked by somebody who has %s meanwhile is thrown away",
  async (how) => {
    let reply: (response: Response) => void = () => undefined;
    fetched.mockReturnValue(new Promise((resolve) => (reply = resolve)));
    const asked = me();
    await vi.waitFor(() => expect(fetched).toHaveBeenCalled());
    if (how === "signed out") auth.forget();
    else auth.accept({ access_token: "b", expires_in: 900, user: { id: "bob" } });
    reply(answer({ username: "alice" }));
    await expect(asked).rejects.toMatchObject({ code: "SIGNED_OUT" });
  },
);

/** Answers of the service that a test gives when it likes; a signal calls off the waiting. */
function answersByHand() {
  const replies: ((response: Response) => void)[] = [];
  fetched.mockImplementation(
    (_, init) =>
      new Promise((resolve, reject) => {
        replies.push(resolve);
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error));
      }),
  );
  return replies;
}
const asked = () =>
  fetched.mock.calls.map(([request]) => new URL((request as Request).url).pathname);
const leave = () => signOut(() => data(api.POST("/api/auth/logout")));

test("a sign-out aborts reads and holds new ones back", async () => {
  const replies = answersByHand();
  const before = me();
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(1));
  const left = leave();
  const later = me();
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(2));
  expect(asked()).toEqual(["/api/users/me", "/api/auth/logout"]);
  expect(fetched.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
  replies[1]?.(new Response(null, { status: 204 }));
  await left;
  for (const one of [before, later]) {
    await expect(one).rejects.toMatchObject({ code: "SIGNED_OUT" });
  }
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("after a sign-out that failed, aborted reads are sent again", async () => {
  const replies = answersByHand();
  const looked = me();
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(1));
  const left = leave();
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(2));
  replies[1]?.(answer({}, 503));
  await expect(left).rejects.toMatchObject({ status: 503 });
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(3));
  replies[2]?.(answer({ username: "alice" }));
  expect(await looked).toEqual({ username: "alice" });
});

test("a sign-out aborts no change by the user", async () => {
  const replies = answersByHand();
  const change = data(api.POST("/api/sessions", { body: {} }));
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(1));
  const left = leave();
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(2));
  expect(fetched.mock.calls[0]?.[1]?.signal?.aborted).toBe(false);
  // Files of tests share this module: a change without an answer would be under way in others.
  replies[0]?.(answer({ id: "a" }, 201));
  expect(await change).toEqual({ id: "a" });
  replies[1]?.(new Response(null, { status: 204 }));
  await left;
  expect(isChanging()).toBe(false);
});

/** Caught: the page that a sign-out takes away asked once more, by nobody, and was refused. */
test("nothing is asked for where nobody is signed in, but what needs no sign-in", async () => {
  auth.forget();
  await expect(me()).rejects.toMatchObject({ code: "SIGNED_OUT" });
  expect(fetched).not.toHaveBeenCalled();
  fetched.mockResolvedValue(answer({ mail: false }));
  await data(api.GET("/api/auth/ways"));
  expect(fetched).toHaveBeenCalledOnce();
});
