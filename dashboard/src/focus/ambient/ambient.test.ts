import { beforeEach, expect, test, vi } from "vitest";

import { fakeChannels } from "../../api/tabs/fakeTabs";
import { Ambient } from "./ambient";

/** The contexts that were opened, each with a clock that the test moves. */
let contexts: FakeContext[];
/** The state in which a context is born. */
let born: AudioContextState;

class FakeContext {
  state = born;
  currentTime = 0;
  onstatechange: (() => void) | null = null;
  resume = vi.fn(async () => undefined);
  close = vi.fn(async () => undefined);
  constructor() {
    contexts.push(this);
  }
  become(state: AudioContextState) {
    this.state = state;
    this.onstatechange?.();
  }
}

const setUp = (channel = fakeChannels()()) => {
  const played: { setVolume: ReturnType<typeof vi.fn>; stop: ReturnType<typeof vi.fn> }[] = [];
  const play = () => {
    const one = { setVolume: vi.fn(), stop: vi.fn() };
    played.push(one);
    return one;
  };
  return { ambient: new Ambient(async () => ({ play }), channel), played };
};

beforeEach(() => {
  contexts = [];
  born = "running";
  vi.useFakeTimers();
  vi.stubGlobal("AudioContext", FakeContext);
});

test("a sound begins in the click, and fades when it is told to stop", async () => {
  const { ambient, played } = setUp();
  ambient.play("rain", 40);
  // Before anything was awaited: later some browsers let no sound begin.
  expect(contexts[0]!.resume).toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(0);
  expect(ambient.snapshot()).toEqual({ sound: "rain", is: "playing" });
  ambient.stop(4);
  expect(played[0]!.stop).toHaveBeenCalledWith(4);
  expect(ambient.snapshot().is).toBe("off");
});

test("it plays in one tab alone, the one that was asked last", async () => {
  const open = fakeChannels();
  const [one, other] = [setUp(open()), setUp(open())];
  one.ambient.play("rain", 40);
  await vi.advanceTimersByTimeAsync(0);
  other.ambient.play("rain", 40);
  await vi.advanceTimersByTimeAsync(0);
  expect(one.ambient.snapshot().is).toBe("off");
  expect(one.played[0]!.stop).toHaveBeenCalled();
  expect(other.ambient.snapshot().is).toBe("playing");
});

test("a context that a call has held up is resumed", async () => {
  const { ambient } = setUp();
  ambient.play("waves", 40);
  await vi.advanceTimersByTimeAsync(0);
  const [context] = contexts;
  context!.resume.mockClear();
  context!.become("suspended");
  expect(context!.resume).toHaveBeenCalledTimes(1);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(context!.resume).toHaveBeenCalledTimes(2);
});

test("a clock that stands still gets a new context", async () => {
  const { ambient, played } = setUp();
  ambient.play("noise", 40);
  await vi.advanceTimersByTimeAsync(0);
  contexts[0]!.currentTime = 4;
  await vi.advanceTimersByTimeAsync(4_000);
  expect(contexts).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(contexts).toHaveLength(2);
  expect(played[0]!.stop).toHaveBeenCalled();
  expect(ambient.snapshot()).toEqual({ sound: "noise", is: "playing" });
});

test("a browser that wants a touch first is told of, and plays after it", async () => {
  born = "suspended";
  const { ambient } = setUp();
  ambient.play("rain", 40);
  await vi.advanceTimersByTimeAsync(0);
  expect(ambient.snapshot().is).toBe("stuck");
  contexts[0]!.become("running");
  expect(ambient.snapshot().is).toBe("playing");
});

test("a script that does not come leaves no sound and no context behind", async () => {
  const load = () => Promise.reject(new Error("offline"));
  const ambient = new Ambient(load, fakeChannels()());
  ambient.play("rain", 40);
  await vi.advanceTimersByTimeAsync(0);
  expect(ambient.snapshot().is).toBe("failed");
  expect(contexts[0]!.close).toHaveBeenCalled();
});
