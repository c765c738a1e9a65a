import { beforeEach, expect, test, vi } from "vitest";

import { fakeChannels } from "../tabs/fakeTabs";
import { SigningOut } from "./signingOut";
import { LOCK_TIMEOUT } from "../tabs/locks";

beforeEach(() => void vi.useFakeTimers());
const never = () => new Promise<never>(() => undefined);

function twoTabs() {
  const open = fakeChannels();
  const [one, other] = [new SigningOut(open()), new SigningOut(open())];
  const quit = vi.fn();
  other.onBegin(quit);
  const goesOn = vi.fn();
  return { one, other, quit, goesOn };
}

test("the other tabs call off what they ask for before one leaves", async () => {
  const { one, quit } = twoTabs();
  const go = vi.fn(async () => expect(quit).toHaveBeenCalledTimes(1));
  const left = one.run(go);
  await vi.advanceTimersByTimeAsync(1_000);
  await left;
  expect(go).toHaveBeenCalledTimes(1);
});

test("the other tabs go on after a sign-out that failed", async () => {
  const { one, other, goesOn } = twoTabs();
  const left = one.run(() => Promise.reject(new Error("away"))).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  void other.settled().then(goesOn);
  await vi.advanceTimersByTimeAsync(0);
  expect(goesOn).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  await left;
  expect(goesOn).toHaveBeenCalledTimes(1);
});

test("the other tabs go on where the tab that signs out is closed meanwhile", async () => {
  const { one, other, goesOn } = twoTabs();
  void one.run(never);
  await vi.advanceTimersByTimeAsync(0);
  void other.settled().then(goesOn);
  await vi.advanceTimersByTimeAsync(LOCK_TIMEOUT);
  expect(goesOn).toHaveBeenCalledTimes(1);
});
