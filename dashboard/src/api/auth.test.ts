import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Auth } from "./auth";

const answer = (token: string, status = 200) =>
  new Response(JSON.stringify({ access_token: token, expires_in: 900 }), { status });

function setUp(fetched: typeof fetch) {
  const channel = { postMessage: vi.fn(), onmessage: null as BroadcastChannel["onmessage"] };
  let now = 0;
  const auth = new Auth({
    fetch: fetched,
    channel,
    locks: undefined,
    now: () => now,
  });
  const heard: boolean[] = [];
  auth.onChange((signedIn) => heard.push(signedIn));
  return {
    auth,
    heard,
    channel,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    tell: (news: string): unknown =>
      channel.onmessage?.call({} as BroadcastChannel, { data: news } as MessageEvent),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("many calls wait for one refresh", async () => {
  const fetched = vi.fn(async () => answer("new"));
  const { auth } = setUp(fetched);
  expect(await Promise.all([auth.refresh(), auth.refresh(), auth.refresh()])).toEqual([
    true,
    true,
    true,
  ]);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(await auth.bearer()).toBe("new");
});

test("a token that is about to end is refreshed before it is used", async () => {
  const { auth, pass } = setUp(async () => answer("second"));
  auth.accept({ access_token: "first", expires_in: 900 });
  expect(await auth.bearer()).toBe("first");
  pass(880);
  expect(await auth.bearer()).toBe("second");
});

test("a token is refreshed by itself before it ends", async () => {
  const fetched = vi.fn(async () => answer("second"));
  const { auth } = setUp(fetched);
  auth.accept({ access_token: "first", expires_in: 900 });
  await vi.advanceTimersByTimeAsync(839_000);
  expect(fetched).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(fetched).toHaveBeenCalledTimes(1);
});

test.each([401, 403])("a refusal (%d) signs out", async (status) => {
  const { auth, heard } = setUp(async () => answer("", status));
  auth.accept({ access_token: "first", expires_in: 900 });
  expect(await auth.refresh()).toBe(false);
  expect(auth.isSignedIn).toBe(false);
  expect(heard).toEqual([true, false]);
});

test.each([
  ["no answer", async () => Promise.reject(new TypeError("Failed to fetch"))],
  ["a service that is away", async () => answer("", 503)],
])("%s signs nobody out", async (_, fetched) => {
  const { auth } = setUp(fetched);
  auth.accept({ access_token: "first", expires_in: 900 });
  await expect(auth.refresh()).rejects.toThrow();
  expect(auth.isSignedIn).toBe(true);
});

test("signing out reaches the other tabs, and comes from them", async () => {
  const { auth, channel, tell } = setUp(async () => answer("new"));
  auth.accept({ access_token: "first", expires_in: 900 });
  auth.forget();
  expect(channel.postMessage).toHaveBeenLastCalledWith("signed-out");
  auth.accept({ access_token: "again", expires_in: 900 });
  tell("signed-out");
  expect(auth.isSignedIn).toBe(false);
});

test("a sign-in in another tab signs this one in", async () => {
  const { auth, tell } = setUp(async () => answer("by cookie"));
  tell("signed-in");
  await vi.waitFor(() => expect(auth.isSignedIn).toBe(true));
});

test("tabs refresh one after the other", async () => {
  const taken: string[] = [];
  const locks = {
    request: async (name: string, run: () => Promise<boolean>) => {
      taken.push(name);
      return run();
    },
  };
  const auth = new Auth({
    fetch: async () => answer("new"),
    channel: { postMessage: () => undefined, onmessage: null },
    locks: locks as unknown as LockManager,
  });
  await auth.refresh();
  expect(taken).toEqual(["focusguard-refresh"]);
});

test("nothing that is a token is ever stored", async () => {
  const { auth } = setUp(async () => answer("secret-token"));
  auth.accept({ access_token: "another-secret", expires_in: 900 });
  await auth.refresh();
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toMatch(/secret/);
  auth.forget();
  expect(auth.mayBeSignedIn).toBe(false);
});
