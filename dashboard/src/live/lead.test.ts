import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Channel } from "../api/tabs/channel";
import { fakeChannels } from "../api/tabs/fakeTabs";
import type { Locks } from "../api/tabs/locks";
import { Lead } from "./lead";
import type { Why } from "./liveness";

/** The locks of a browser, with a line that can be left and a lock that can be stolen. */
function fakeLockManager(): Locks {
  type Holder = { isStolen: (error: Error) => void };
  const line: (() => void)[] = [];
  let holder: Holder | null = null;
  const request = (
    _: string,
    { signal, steal }: LockOptions,
    run: () => Promise<void> | undefined,
  ): Promise<void> =>
    new Promise((resolve, reject) => {
      const own: Holder = { isStolen: reject };
      const take = () => {
        holder = own;
        void Promise.resolve(run()).then(() => {
          resolve();
          if (holder !== own) return;
          holder = null;
          line.shift()?.();
        });
      };
      if (steal) {
        holder?.isStolen(new DOMException("stolen", "AbortError"));
        take();
      } else if (holder === null) take();
      else {
        line.push(take);
        signal?.addEventListener("abort", () => {
          if (line.includes(take)) line.splice(line.indexOf(take), 1);
          reject(new DOMException("left", "AbortError"));
        });
      }
    });
  return { request } as unknown as Locks;
}

type Tab = { lead: Lead; leads: boolean; state: Why | null; looks: number; channel: Channel };
let open: () => Channel;
let locks: Locks | undefined;
const passing = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

async function openTab(user = "alice", isSeen = () => true): Promise<Tab> {
  const channel = open();
  const tab: Tab = { lead: null as never, leads: false, state: "connecting", looks: 0, channel };
  tab.lead = new Lead({
    ...{ user, channel, locks, isSeen },
    lead: () => {
      tab.leads = true;
      return () => (tab.leads = false);
    },
    onLook: () => (tab.looks += 1),
    onState: (why) => (tab.state = why),
  });
  tab.lead.start();
  await passing(0);
  return tab;
}
/** A tab that a phone has put to sleep: it keeps its lock and hears nothing. */
const freeze = ({ channel }: Tab) => (channel.onmessage = null);

beforeEach(() => {
  vi.useFakeTimers();
  open = fakeChannels();
  locks = fakeLockManager();
});
afterEach(() => void vi.useRealTimers());

test("one tab leads, and the others are told its state, also those that come later", async () => {
  const [first, second] = [await openTab(), await openTab()];
  expect([first.leads, second.leads]).toEqual([true, false]);
  first.lead.tell(null);
  await passing(0);
  expect(second.state).toBeNull();
  const third = await openTab();
  expect(third.state).toBeNull();
  first.lead.tell("busy");
  await passing(0);
  expect([second.state, third.state]).toEqual(["busy", "busy"]);
});

test("the next in line leads where a tab is closed, and nobody twice", async () => {
  const tabs = [await openTab(), await openTab(), await openTab()];
  for (const closed of [0, 1]) {
    tabs[closed]?.lead.stop();
    await passing(0);
    expect(tabs.map(({ leads }) => leads)).toEqual(tabs.map((_, n) => n === closed + 1));
  }
});

test("a tab that waited and was closed never leads", async () => {
  const [first, second, third] = [await openTab(), await openTab(), await openTab()];
  second.lead.stop();
  first.lead.stop();
  await passing(0);
  expect([first.leads, second.leads, third.leads]).toEqual([false, false, true]);
});

test("the lead of a frozen tab is taken by one that is looked at", async () => {
  const [frozen, hidden] = [await openTab(), await openTab("alice", () => false)];
  freeze(frozen);
  await passing(120_000);
  expect(hidden.leads).toBe(false);
  const seen = await openTab();
  await passing(1_999);
  expect(seen.leads).toBe(false);
  await passing(1);
  expect([frozen.leads, hidden.leads, seen.leads]).toEqual([false, false, true]);
  // It comes back into the line, not to the lead.
  seen.lead.stop();
  await passing(0);
  expect([frozen.leads, hidden.leads].filter(Boolean)).toHaveLength(1);
});

test("a leader that answers keeps the lead for hours", async () => {
  const [first, second] = [await openTab(), await openTab()];
  await passing(3 * 3600_000);
  expect([first.leads, second.leads]).toEqual([true, false]);
  freeze(first);
  await passing(32_000);
  expect([first.leads, second.leads]).toEqual([false, true]);
});

test("a look at any tab is the leader's to answer", async () => {
  const [first, second] = [await openTab(), await openTab()];
  second.lead.look();
  await passing(0);
  first.lead.look();
  expect([first.looks, second.looks]).toEqual([2, 0]);
});

test("two people in one browser have nothing to do with each other", async () => {
  const alice = await openTab("alice");
  const bob = await openTab("bob", () => false);
  alice.lead.tell(null);
  alice.lead.look();
  await passing(0);
  expect(bob).toMatchObject({ state: "connecting", looks: 0 });
});

test("without locks each tab leads itself", async () => {
  locks = undefined;
  vi.stubGlobal("navigator", {});
  const [first, second] = [await openTab(), await openTab()];
  expect([first.leads, second.leads]).toEqual([true, true]);
  first.lead.tell("busy");
  await passing(0);
  expect(second.state).toBe("connecting");
});

test("where the browser refuses locks a tab leads itself", async () => {
  locks = {
    request: () => Promise.reject(new DOMException("no", "SecurityError")),
  };
  expect((await openTab()).leads).toBe(true);
});
