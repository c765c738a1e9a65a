import { expect, test, vi } from "vitest";

import { TIMEOUT } from "../timeouts";
import { alone, type Locks, LOCK_TIMEOUT } from "./locks";
import { fakeLocks } from "./fakeTabs";

const refusing = (name: string) =>
  ({ request: () => Promise.reject(new DOMException("no", name)) }) as unknown as Locks;

test.each<[string, Locks | undefined]>([
  ["an insecure origin has no locks", undefined],
  ["blocked site data refuses them", refusing("SecurityError")],
  ["another tab hangs", refusing("TimeoutError")],
])("where %s it runs all the same", async (_, locks) => {
  expect(await alone("one", async () => "done", locks)).toBe("done");
});

test("a failure under a lock is not run again without it", async () => {
  const run = vi.fn(async () => Promise.reject(new Error("refused")));
  await expect(alone("one", run, fakeLocks())).rejects.toThrow("refused");
  expect(run).toHaveBeenCalledTimes(1);
});

test("the second runs after the first, and knows that it waited", async () => {
  const locks = fakeLocks();
  const said: string[] = [];
  const turn = (name: string) => async (waited: boolean) => {
    said.push(`${name} begins${waited ? " late" : ""}`);
    await Promise.resolve();
    said.push(`${name} ends`);
  };
  await Promise.all([alone("one", turn("a"), locks), alone("one", turn("b"), locks)]);
  expect(said).toEqual(["a begins", "a ends", "b begins late", "b ends"]);
});

test.each<[string, () => Locks]>([
  [
    "a tab that never lets go",
    () => {
      const locks = fakeLocks();
      void locks.request("one", {}, () => new Promise(() => undefined));
      return locks;
    },
  ],
  ["locks that never answer", () => ({ request: () => new Promise(() => undefined) }) as Locks],
])("no tab waits without an end for %s", async (_, made) => {
  vi.useFakeTimers();
  const run = vi.fn(async () => "done");
  const asked = alone("one", run, made());
  // The request of the tab that holds it may still be answered.
  expect(LOCK_TIMEOUT).toBeGreaterThan(TIMEOUT.usual);
  await vi.advanceTimersByTimeAsync(LOCK_TIMEOUT - 1_000);
  expect(run).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await asked).toBe("done");
});

test("a turn that comes too late is not run a second time", async () => {
  vi.useFakeTimers();
  const locks = fakeLocks();
  let leave: () => void = () => undefined;
  void locks.request("one", {}, () => new Promise<void>((resolve) => (leave = resolve)));
  const run = vi.fn(async () => "done");
  const asked = alone("one", run, locks);
  await vi.advanceTimersByTimeAsync(LOCK_TIMEOUT);
  leave();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await asked).toBe("done");
  expect(run).toHaveBeenCalledTimes(1);
});
