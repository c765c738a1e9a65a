import { beforeEach, expect, test, vi } from "vitest";

import { ApiError } from "../../api/errors";
import { fakeChannels, fakeLocks } from "../../api/tabs/fakeTabs";
import type { Errand } from "./errands";
import { plainShelf, PREFIX } from "./plainShelf";
import { Sender } from "./sender";

const END = { what: "abandon", user: "alice", session: "s1" } as const;
const OFFLINE = new ApiError(0, "OFFLINE", "No connection.");
const BUSY = new ApiError(429, "RATE_LIMITED", "Slowly.", {}, 37);

function setUp(answers: (Error | string)[], who: { is: string | null } = { is: "alice" }) {
  const sent: string[] = [];
  const settled: unknown[] = [];
  const sender = new Sender<string>({
    send: async (errand: Errand) => {
      sent.push(errand.session);
      const answer = answers.shift() ?? "done";
      if (answer instanceof Error) throw answer;
      return answer;
    },
    sender: async () => who.is,
    channel: fakeChannels()(),
  });
  sender.onSettled((errand, outcome) => settled.push([errand.session, outcome]));
  return { sender, sent, settled };
}

const waiting = (sender: Sender<string>) => sender.snapshot().waiting.map((one) => one.session);
const back = () => window.dispatchEvent(new Event("online"));

beforeEach(() => void vi.useFakeTimers());
test("an end is kept before it is sent, and dropped once it is answered", async () => {
  const { sender, settled } = setUp(["gone"]);
  const sending = sender.put(END);
  expect(waiting(sender)).toEqual(["s1"]);
  await sending;
  expect(waiting(sender)).toEqual([]);
  expect(settled).toEqual([["s1", { answer: "gone" }]]);
  expect(localStorage.length).toBe(0);
});

test("an end that no answer came to is sent by the next page, once", async () => {
  await setUp([OFFLINE]).sender.put(END);
  const { sender, sent } = setUp([]);
  await sender.loaded;
  expect(waiting(sender)).toEqual(["s1"]);
  const stop = sender.start();
  await vi.waitFor(() => expect(sent).toEqual(["s1"]));
  back();
  await vi.runAllTimersAsync();
  expect(sent).toEqual(["s1"]);
  stop();
});

test("two tabs that come back at once send it once", async () => {
  const locks = fakeLocks();
  plainShelf.keep({ ...END, at: Date.now() });
  const sent: string[] = [];
  const tab = () =>
    new Sender<string>({
      send: async ({ session }) => {
        sent.push(session);
        return "done";
      },
      sender: async () => "alice",
      channel: fakeChannels()(),
      locks,
    });
  const tabs = [tab(), tab(), tab()];
  await Promise.all([...tabs.map((one) => one.flush()), vi.advanceTimersByTimeAsync(1_000)]);
  expect(sent).toEqual(["s1"]);
});

/** Caught: it had put its own next attempt away, or let it pass while it waited. */
test.each([
  ["told nothing", null],
  ["had told of a pause", { why: "silent", left: 1_000, failures: 1 }],
])("a tab that waits for one which is killed goes on by itself: it %s", async (_, paused) => {
  const [locks, open] = [fakeLocks(), fakeChannels()];
  const other = open();
  const answers = [OFFLINE];
  const sender = new Sender<string>({
    send: async () => {
      const answer = answers.shift();
      if (answer) throw answer;
      return "done";
    },
    sender: async () => "alice",
    channel: open(),
    locks,
  });
  const stop = sender.start();
  const put = sender.put(END);
  await vi.advanceTimersByTimeAsync(500);
  await put;
  expect(sender.snapshot().pause).not.toBeNull();
  let killed: (value?: unknown) => void = () => undefined;
  void locks.request("focusguard-errands", {}, () => new Promise((over) => (killed = over)));
  back();
  await vi.advanceTimersByTimeAsync(500);
  if (paused) other.postMessage({ paused });
  await vi.advanceTimersByTimeAsync(2_000);
  killed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(waiting(sender)).toEqual([]);
  stop();
});

test("all tabs wait out a limit that one of them met, also once it is closed", async () => {
  const [open, locks] = [fakeChannels(), fakeLocks()];
  let busy = true;
  const sent: number[] = [];
  const tabs = [1, 2, 3].map(
    (number) =>
      new Sender<string>({
        send: async () => {
          sent.push(number);
          if (busy) throw BUSY;
          return "done";
        },
        sender: async () => "alice",
        channel: open(),
        locks,
      }),
  );
  const stops = tabs.map((tab) => tab.start());
  void tabs[0]!.put(END);
  for (const tab of tabs.slice(1)) void tab.flush();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(sent).toEqual([1]);
  expect(tabs.map((tab) => tab.snapshot().pause?.why)).toEqual(["busy", "busy", "busy"]);
  stops[0]!();
  busy = false;
  await vi.advanceTimersByTimeAsync(8_000);
  expect(sent).toHaveLength(2);
  expect(sent[1]).not.toBe(1);
  for (const stop of stops) stop();
});

test("the tab that put an errand hears its outcome, whichever tab sent it", async () => {
  const [own, other] = [setUp([]).sender, setUp([]).sender];
  const heard: unknown[] = [];
  own.onSettled((_, __, part) => heard.push(part));
  other.onSettled((_, __, part) => heard.push(part));
  const sending = own.put(END);
  const errand = own.snapshot().waiting[0]!;
  other.settle(errand, { answer: "done" }, true);
  own.settle(errand, { answer: "done" });
  await sending;
  expect(heard).toEqual([
    { isMine: false, isHere: true },
    { isMine: true, isHere: false },
  ]);
});

test("a limit is waited out, and not sooner for a network that is back", async () => {
  const { sender, sent } = setUp([BUSY]);
  const stop = sender.start();
  await sender.put(END);
  expect(sender.snapshot().pause?.why).toBe("busy");
  back();
  await vi.advanceTimersByTimeAsync(36_000);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent).toHaveLength(2);
  expect(waiting(sender)).toEqual([]);
  expect(sender.snapshot().pause).toBeNull();
  stop();
});

test("the network that is back sends at once", async () => {
  const { sender, sent } = setUp([OFFLINE, OFFLINE, OFFLINE, OFFLINE, OFFLINE]);
  const stop = sender.start();
  await sender.put(END);
  await vi.advanceTimersByTimeAsync(20_000);
  const before = sent.length;
  back();
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.length).toBe(before + 1);
  stop();
});

test("a refusal is reported and does not wait", async () => {
  const refused = new ApiError(403, "PLANT_LOCKED", "Not yet.");
  const { sender, settled } = setUp([refused]);
  await sender.put({ ...END, what: "plant", plant: "Rose" });
  expect(settled).toEqual([["s1", { refused }]]);
  expect(waiting(sender)).toEqual([]);
});

test.each([500, 502, 503])("a fault of the service (%d) loses no end", async (status) => {
  const { sender, sent } = setUp([new ApiError(status, "ERROR", "Oh.")]);
  await sender.put(END);
  expect(waiting(sender)).toEqual(["s1"]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent).toHaveLength(2);
});

test("an end whose sign-in has ended waits for the next one of the same person", async () => {
  const who = { is: "alice" as string | null };
  const { sender, sent } = setUp([new ApiError(401, "TOKEN_INVALID", "No.")], who);
  await sender.put(END);
  who.is = null;
  await sender.flush();
  who.is = "bob";
  await sender.flush();
  expect(sent).toEqual(["s1"]);
  who.is = "alice";
  await sender.flush();
  expect(sent).toEqual(["s1", "s1"]);
});

test("an errand that is taken back is not sent", async () => {
  const { sender, sent } = setUp([OFFLINE]);
  await sender.put(END);
  const [errand] = sender.snapshot().waiting;
  if (errand) sender.cancel(errand);
  await vi.runAllTimersAsync();
  expect(sent).toHaveLength(1);
  expect(sender.snapshot()).toEqual({ waiting: [], pause: null });
});

test("a storage that is refused sends all the same", async () => {
  vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
    throw new DOMException("Access is denied", "SecurityError");
  });
  const { sender, sent } = setUp([OFFLINE]);
  await sender.put(END);
  expect(waiting(sender)).toEqual(["s1"]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent).toHaveLength(2);
  expect(waiting(sender)).toEqual([]);
});

test.each(["", "{", "null", "[]", '{"user":"alice"}', '{"user":"alice","session":"s","at":0}'])(
  "what stands in the storage and is no errand (%s) is thrown away",
  async (junk) => {
    localStorage.setItem(`${PREFIX}end:s1`, junk);
    const { sender, sent } = setUp([]);
    await sender.flush();
    expect(sent).toEqual([]);
    expect(localStorage.length).toBe(0);
  },
);

const START = {
  what: "start",
  user: "alice",
  session: "local",
  wish: { minutes: 25, plant: null, label: null, note: "" },
  began: { server: 0, device: 0 },
  key: "k",
} as const;

test("what is divided is kept divided before any of it is sent", async () => {
  const keptWhenSent: string[][] = [];
  const sender = new Sender<string>({
    send: async (errand) => {
      keptWhenSent.push(plainShelf.all().map((one) => one.session));
      if (errand.session === "rest") throw OFFLINE;
      return "done";
    },
    divide: async (errand) =>
      errand.session === "local"
        ? [
            { ...errand, session: "passed" },
            { ...errand, session: "rest", at: errand.at + 1 },
          ]
        : null,
    sender: async () => "alice",
    channel: fakeChannels()(),
  });
  await sender.put(START);
  expect(keptWhenSent).toEqual([["passed", "rest"], ["rest"]]);
  expect(waiting(sender)).toEqual(["rest"]);
});

test("what another tab has changed is divided by that tab alone", async () => {
  const { sender } = setUp([]);
  await sender.loaded;
  const errand = { ...START, at: Date.now() };
  plainShelf.keep({ ...errand, key: "changed" });
  expect(await sender.swap(errand, [])).toBe(false);
  expect(plainShelf.all()).toHaveLength(1);
});

test("nothing of an account that is gone waits any more, in no tab", async () => {
  const open = fakeChannels();
  const tabs = [1, 2].map(
    () =>
      new Sender<string>({
        send: () => Promise.reject(OFFLINE),
        sender: () => Promise.resolve("alice"),
        channel: open(),
      }),
  );
  await tabs[0]!.put(END);
  await tabs[0]!.put({ ...END, user: "bob", session: "s2" });
  await vi.advanceTimersByTimeAsync(500);
  expect(tabs.map(waiting)).toEqual([
    ["s1", "s2"],
    ["s1", "s2"],
  ]);
  await tabs[0]!.forgetAllOf("alice");
  await vi.advanceTimersByTimeAsync(500);
  expect(tabs.map(waiting)).toEqual([["s2"], ["s2"]]);
});
