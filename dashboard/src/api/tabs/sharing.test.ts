import { beforeEach, expect, test, vi } from "vitest";

import { ServerClock } from "../clock";
import { fakeChannels, fakeLocks } from "./fakeTabs";
import { Sharing } from "./sharing";

const FRESH = 30_000;
const ENDED = { what: "ended", told: {} };

/** Tabs of one browser, each signed in as somebody. */
function browser(...users: (string | null)[]) {
  const [open, locks] = [fakeChannels(), fakeLocks()];
  return users.map(
    (user) => new Sharing({ user: () => user, clock: new ServerClock(), channel: open(), locks }),
  );
}

function answering() {
  let count = 0;
  return vi.fn(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return `answer ${(count += 1)}`;
  });
}

/** Let time pass until it is known. */
async function settled<T>(asked: Promise<T>): Promise<T> {
  const [known] = await Promise.all([asked, vi.advanceTimersByTimeAsync(1_000)]);
  return known;
}

beforeEach(() => void vi.useFakeTimers());
test("tabs that want to know the same ask once", async () => {
  const fetched = answering();
  const tabs = browser("alice", "alice", "alice");
  const known = await settled(Promise.all(tabs.map((tab) => tab.ask("me", 0, fetched))));
  expect(known).toEqual(["answer 1", "answer 1", "answer 1"]);
  expect(fetched).toHaveBeenCalledTimes(1);
});

test("an answer to one tab reaches the others", async () => {
  const [one, other] = browser("alice", "alice");
  const heard = vi.fn();
  if (other) other.onAnswer = heard;
  await settled(one!.ask("me", 0, answering()));
  expect(heard).toHaveBeenCalledExactlyOnceWith("me", "answer 1");
});

/** Two tabs of a person, whose clocks began apart from each other and from the server's. */
function clocked() {
  const [open, locks, server] = [fakeChannels(), fakeLocks(), () => Date.now() + 3_600_000];
  const tabs = [-5_000, 90_000].map((apart) => {
    const local = () => Date.now() + apart;
    const clock = new ServerClock(local);
    const sharing = new Sharing({ user: () => "alice", clock, channel: open(), locks });
    const asks = async () => {
      const second = Math.floor(server() / 1000) * 1000;
      clock.note(new Date(second).toUTCString(), local(), local());
      return "known";
    };
    return { clock, sharing, asks, off: () => Math.abs(clock.now() - server()) };
  });
  return tabs as [(typeof tabs)[0], (typeof tabs)[0]];
}

test("a tab that only hears an answer learns the server's clock by it", async () => {
  const [one, other] = clocked();
  const offWhenHeard = new Promise((resolve) => {
    other.sharing.onAnswer = () => resolve(other.off());
  });
  await settled(one.sharing.ask("me", 0, one.asks));
  expect(await offWhenHeard).toBeLessThan(1_000);
});

test("a tab that hears of a change learns the server's clock by it", async () => {
  const [one, other] = clocked();
  await one.asks();
  one.sharing.changed(ENDED);
  await vi.advanceTimersByTimeAsync(0);
  expect(other.off()).toBeLessThan(1_000);
});

test("a page that is new takes what is fresh, and asks for what is not", async () => {
  const fetched = answering();
  const [one, other] = browser("alice", "alice");
  await settled(one!.ask("me", FRESH, fetched));
  expect(await settled(other!.ask("me", FRESH, fetched))).toBe("answer 1");
  await vi.advanceTimersByTimeAsync(FRESH);
  expect(await settled(other!.ask("me", FRESH, fetched))).toBe("answer 2");
});

test("a new request gets no answer that is known already", async () => {
  const fetched = answering();
  const [one, other] = browser("alice", "alice");
  await settled(one!.ask("active", FRESH, fetched));
  expect(await settled(other!.ask("active", 0, fetched))).toBe("answer 2");
});

test("answers never cross people", async () => {
  const fetched = answering();
  const [alice, bob, nobody] = browser("alice", "bob", null);
  const heard = vi.fn();
  bob!.onAnswer = heard;
  nobody!.onAnswer = heard;
  expect(await settled(alice!.ask("me", FRESH, fetched))).toBe("answer 1");
  expect(await settled(bob!.ask("me", FRESH, fetched))).toBe("answer 2");
  expect(await settled(nobody!.ask("me", FRESH, fetched))).toBe("answer 3");
  expect(heard).not.toHaveBeenCalled();
});

test("an answer that comes after a sign-out is told to nobody", async () => {
  let user: string | null = "alice";
  const open = fakeChannels();
  const [leaving, other] = [() => user, () => "alice"].map(
    (who) =>
      new Sharing({ user: who, clock: new ServerClock(), channel: open(), locks: fakeLocks() }),
  ) as [Sharing, Sharing];
  other.onAnswer = vi.fn();
  const asked = leaving.ask("me", 0, answering());
  user = null;
  await settled(asked);
  expect(other.onAnswer).not.toHaveBeenCalled();
});

test("an answer that was asked before a change is not taken after it", async () => {
  const [slow, other] = browser("alice", "alice");
  const heard = vi.fn();
  other!.onAnswer = heard;
  const asked = slow!.ask("active", 0, answering());
  await vi.advanceTimersByTimeAsync(5);
  other!.changed(ENDED);
  await settled(asked);
  expect(heard).not.toHaveBeenCalled();
  // And who asks after the change asks the service.
  expect(await settled(other!.ask("active", FRESH, async () => "new"))).toBe("new");
});

test("a change is heard by the other tabs of the same person alone", async () => {
  const [one, other, bob] = browser("alice", "alice", "bob");
  const heard = [one, other, bob].map((tab) => (tab!.onChange = vi.fn()));
  one!.changed(ENDED);
  await vi.advanceTimersByTimeAsync(0);
  expect(heard.map((each) => each.mock.calls)).toEqual([[], [[ENDED, -Infinity]], []]);
});

test("no tab asks for the answers that a change brought", async () => {
  const fetched = answering();
  const tabs = browser("alice", "alice");
  await settled(tabs[1]!.ask("active", 0, fetched));
  tabs[0]!.changed({ what: "ended", told: { active: "none" } });
  const known = await settled(Promise.all(tabs.map((tab) => tab.ask("active", FRESH, fetched))));
  expect(known).toEqual(["none", "none"]);
  expect(fetched).toHaveBeenCalledTimes(1);
});

test("a slow tab takes what a change made another one ask for", async () => {
  const fetched = answering();
  const [one, other] = browser("alice", "alice");
  one!.changed(ENDED);
  await settled(one!.ask("me", 0, fetched, FRESH));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await settled(other!.ask("me", 0, fetched, FRESH))).toBe("answer 1");
  one!.changed(ENDED);
  expect(await settled(other!.ask("me", 0, fetched, FRESH))).toBe("answer 2");
});

test("an answer that was asked before a change takes nothing back that it told", async () => {
  const [one, other] = browser("alice", "alice");
  const asked = one!.ask("active", 0, answering());
  await vi.advanceTimersByTimeAsync(5);
  other!.changed({ what: "ended", told: { active: "none" } });
  await settled(asked);
  expect(await settled(one!.ask("active", FRESH, answering()))).toBe("none");
});

test("a tab that waited takes an answer that is still on its way", async () => {
  const slow = fakeChannels(50);
  const locks = fakeLocks();
  const [one, other] = [slow(), slow()].map(
    (channel) => new Sharing({ user: () => "alice", clock: new ServerClock(), channel, locks }),
  );
  const fetched = answering();
  const known = await settled(
    Promise.all([one!.ask("me", 0, fetched), other!.ask("me", 0, fetched)]),
  );
  expect(known).toEqual(["answer 1", "answer 1"]);
});

test("an answer that takes long is awaited, not asked for again", async () => {
  const [one, other] = browser("alice", "alice");
  const slow = vi.fn(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    return "slow";
  });
  const first = one!.ask("me", 0, slow);
  await vi.advanceTimersByTimeAsync(4_000);
  const known = await settled(Promise.all([first, other!.ask("me", 0, slow)]));
  expect(known).toEqual(["slow", "slow"]);
  expect(slow).toHaveBeenCalledTimes(1);
});

test("the next tab asks where one failed", async () => {
  const [one, other] = browser("alice", "alice");
  const failing = one!.ask("me", 0, async () => Promise.reject(new Error("no connection")));
  const asked = other!.ask("me", 0, async () => "known");
  await expect(settled(failing)).rejects.toThrow("no connection");
  expect(await settled(asked)).toBe("known");
});

test("a tab that is gone holds up one question, not each", async () => {
  const [one, other] = browser("alice", "alice");
  await settled(other!.ask("other", FRESH, answering()));
  const gone = answering();
  await settled(one!.ask("a", FRESH, gone));
  const begun = Date.now();
  const asked = one!.ask("b", FRESH, async () => Date.now() - begun);
  expect(await settled(asked)).toBe(0);
});

test("without a channel and locks each tab asks for itself", async () => {
  const silent = () =>
    new Sharing({
      user: () => "alice",
      clock: new ServerClock(),
      channel: { postMessage: () => undefined, onmessage: null },
    });
  const fetched = answering();
  const known = [silent(), silent()].map((tab) => tab.ask("me", FRESH, fetched));
  expect(await settled(Promise.all(known))).toEqual(["answer 1", "answer 2"]);
});

test("a device's clock that is set back silences nobody", async () => {
  const fetched = answering();
  const [one, other] = browser("alice", "alice");
  const heard = vi.fn();
  other!.onAnswer = heard;
  await settled(one!.ask("me", 0, fetched));
  vi.setSystemTime(Date.now() - 86_400_000);
  one!.changed(ENDED);
  await settled(one!.ask("me", 0, fetched));
  expect(heard.mock.calls).toEqual([
    ["me", "answer 1"],
    ["me", "answer 2"],
  ]);
});
