import { beforeEach, expect, test, vi } from "vitest";

import { Auth } from "./auth";
import { fakeChannels, fakeLocks } from "../tabs/fakeTabs";
import { type Locks, LOCK_TIMEOUT } from "../tabs/locks";

const REFUSED = { detail: { message: "No.", error_code: "TOKEN_INVALID" } };
const answer = (token: string, status = 200) => {
  const body = status === 200 ? { access_token: token, expires_in: 900 } : REFUSED;
  return new Response(JSON.stringify(body), { status });
};

/** A tab whose browser it shares with others that are given the same `open`. */
function setUp(fetched: typeof fetch, open = fakeChannels(), locks = fakeLocks()) {
  const channel = open();
  let now = 0;
  const auth = new Auth({ fetch: fetched, channel, locks, now: () => now });
  const heard: boolean[] = [];
  auth.onChange((signedIn) => heard.push(signedIn));
  return {
    auth,
    heard,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
  };
}

/** Let what is on its way arrive, and a question to other tabs end. */
async function settled<T>(asked: Promise<T>): Promise<T> {
  const [answer] = await Promise.all([asked, vi.advanceTimersByTimeAsync(1_000)]);
  return answer;
}

beforeEach(() => void vi.useFakeTimers());
test("many calls wait for one refresh", async () => {
  const fetched = vi.fn(async () => answer("new"));
  // Without turns nothing else keeps them to one.
  const refused = { request: () => Promise.reject(new Error("refused")) } as unknown as Locks;
  const { auth } = setUp(fetched, fakeChannels(), refused);
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

test.each([401, 403])("what another machine refuses (%d) signs nobody out", async (status) => {
  const { auth, heard } = setUp(async () => new Response("<html>Sign in first</html>", { status }));
  auth.accept({ access_token: "old", expires_in: 900 });
  const refused = settled(auth.refresh().catch((error: Error) => error.message));
  expect(await refused).toBe("The service does not answer as it should.");
  expect(auth.isSignedIn).toBe(true);
  expect(heard).not.toContain(false);
});

test.each([401, 403])("a refusal (%d) signs out", async (status) => {
  const { auth, heard } = setUp(async () => answer("", status));
  auth.accept({ access_token: "first", expires_in: 900 });
  expect(await settled(auth.refresh())).toBe(false);
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

test("signing out reaches the other tabs", async () => {
  const open = fakeChannels();
  const [one, other] = [
    setUp(async () => answer("new"), open),
    setUp(async () => answer(""), open),
  ];
  one.auth.accept({ access_token: "first", expires_in: 900 });
  await vi.advanceTimersByTimeAsync(0);
  expect(other.auth.isSignedIn).toBe(true);
  one.auth.forget();
  await vi.advanceTimersByTimeAsync(0);
  expect([one.auth.isSignedIn, other.auth.isSignedIn]).toEqual([false, false]);
});

test("tabs share one refresh", async () => {
  const [open, locks] = [fakeChannels(), fakeLocks()];
  const fetched = vi.fn(async () => answer("new"));
  const tabs = [1, 2, 3].map(() => setUp(fetched, open, locks).auth);
  expect(await settled(Promise.all(tabs.map((tab) => tab.refresh())))).toEqual([true, true, true]);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(await Promise.all(tabs.map((tab) => tab.bearer()))).toEqual(["new", "new", "new"]);
});

test("a refresh that is refused signs nobody out while another tab holds a token", async () => {
  const open = fakeChannels();
  const holder = setUp(async () => answer("", 401), open);
  holder.auth.accept({ access_token: "good", expires_in: 900 });
  const late = setUp(async () => answer("", 401), open);
  expect(await settled(late.auth.refresh())).toBe(true);
  expect(await late.auth.bearer()).toBe("good");
  // The same token a second time is worth nothing: else it would be asked for ever.
  expect(await settled(late.auth.refresh())).toBe(false);
});

test.each([200, 503])(
  "a refresh that is answered (%d) after a sign-out is over",
  async (status) => {
    let reply: (response: Response) => void = () => undefined;
    const { auth } = setUp(() => new Promise((resolve) => (reply = resolve)));
    auth.accept({ access_token: "first", expires_in: 900 });
    const asked = auth.refresh();
    await vi.advanceTimersByTimeAsync(0);
    auth.forget();
    reply(answer("late", status));
    expect(await settled(asked)).toBe(false);
    expect([auth.isSignedIn, auth.mayBeSignedIn]).toEqual([false, false]);
  },
);

test("a refresh whose answer is being read at a sign-out signs nobody in", async () => {
  let read: (body: unknown) => void = () => undefined;
  const slow = answer("");
  slow.json = () => new Promise((resolve) => (read = resolve));
  const { auth } = setUp(async () => slow);
  auth.accept({ access_token: "first", expires_in: 900 });
  const asked = auth.refresh();
  await vi.advanceTimersByTimeAsync(0);
  auth.forget();
  read({ access_token: "late", expires_in: 900 });
  expect(await settled(asked)).toBe(false);
  expect([auth.isSignedIn, auth.mayBeSignedIn]).toEqual([false, false]);
});

test("a refresh that stands in line at a sign-out asks for nothing", async () => {
  const locks = fakeLocks();
  let leave: () => void = () => undefined;
  void locks.request("focusguard-refresh", {}, () => new Promise<void>((go) => (leave = go)));
  const fetched = vi.fn(async () => answer("late"));
  const { auth } = setUp(fetched, fakeChannels(), locks);
  auth.accept({ access_token: "first", expires_in: 900 });
  const asked = auth.refresh();
  await vi.advanceTimersByTimeAsync(0);
  auth.forget();
  leave();
  expect(await settled(asked)).toBe(false);
  expect(fetched).not.toHaveBeenCalled();
});

test("another person who signs in leaves nothing of the one before", () => {
  const { auth, heard } = setUp(async () => answer(""));
  auth.accept({ access_token: "a", expires_in: 900, user: { id: "alice" } });
  auth.accept({ access_token: "b", expires_in: 900, user: { id: "bob" } });
  expect(heard).toEqual([true, false, true]);
  expect(auth.user).toBe("bob");
});

const issued = (second: number) => `head.${btoa(JSON.stringify({ iat: second }))}.sign`;

test("an answer that comes after a tab beside asked by itself leaves its newer token", async () => {
  let reply: (response: Response) => void = () => undefined;
  const [open, locks] = [fakeChannels(), fakeLocks()];
  const slow = setUp(() => new Promise((resolve) => (reply = resolve)), open, locks).auth;
  const other = setUp(async () => answer(issued(2_000)), open, locks).auth;
  const asked = slow.refresh();
  await vi.advanceTimersByTimeAsync(1_000);
  const byItself = other.refresh();
  await vi.advanceTimersByTimeAsync(LOCK_TIMEOUT);
  expect(await byItself).toBe(true);
  reply(answer(issued(1_000)));
  expect(await asked).toBe(true);
  expect([await slow.bearer(), await other.bearer()]).toEqual([issued(2_000), issued(2_000)]);
});
const refusedAt = (second: number) =>
  new Response(
    JSON.stringify({
      detail: { error_code: "TOKEN_INVALID", timestamp: new Date(second * 1000).toISOString() },
    }),
    { status: 401 },
  );

test("a machine whose clock is behind the issue of a token ends no sign-in", async () => {
  const { auth } = setUp(async () => refusedAt(1_000));
  auth.accept({ access_token: issued(1_015), expires_in: 900 });
  await expect(auth.refresh()).rejects.toMatchObject({ mayPass: true, retryAfter: 16 });
  expect([auth.isSignedIn, auth.mayBeSignedIn]).toEqual([true, true]);
  // The same after a reload, when only what is kept tells of the issue.
  const reloaded = setUp(async () => refusedAt(1_000));
  await expect(reloaded.auth.refresh()).rejects.toMatchObject({ mayPass: true });
  expect(reloaded.auth.mayBeSignedIn).toBe(true);
});

// 714: no machine of one service is so far behind.
test.each([714, 1_015, 1_016, 9_000_000])(
  "a refusal at second %d of a token of second 1015 is one",
  async (second) => {
    const { auth } = setUp(async () => refusedAt(second));
    auth.accept({ access_token: issued(1_015), expires_in: 900 });
    expect(await settled(auth.refresh())).toBe(false);
  },
);

test.each(["says so", "drops what is set"])(
  "a browser that takes no cookie, and %s, refreshes as long as the page is open",
  async (how) => {
    if (how === "says so") vi.spyOn(navigator, "cookieEnabled", "get").mockReturnValue(false);
    else vi.spyOn(document, "cookie", "get").mockReturnValue("");
    const fetched = vi.fn<typeof fetch>(async () => answer("second"));
    const { auth } = setUp(fetched);
    expect(auth.mayBeSignedIn).toBe(false);
    auth.accept({ access_token: "first", refresh_token: "spare", expires_in: 900 });
    expect(await auth.refresh()).toBe(true);
    expect(fetched.mock.calls[0]?.[1]?.body).toBe('{"refresh_token":"spare"}');
    auth.forget();
    await auth.refresh();
    expect(fetched.mock.calls[1]?.[1]?.body).toBeUndefined();
  },
);

test("a browser that keeps nothing may hold a cookie all the same", () => {
  const { auth } = setUp(async () => answer(""));
  expect(auth.mayBeSignedIn).toBe(false);
  vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
    throw new DOMException("no", "SecurityError");
  });
  expect(auth.mayBeSignedIn).toBe(true);
});

test("nothing that is a token is ever stored", async () => {
  const { auth } = setUp(async () => answer("secret-token"));
  auth.accept({ access_token: "another-secret", expires_in: 900 });
  await auth.refresh();
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toMatch(/secret/);
  auth.forget();
  expect(auth.mayBeSignedIn).toBe(false);
});
