import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";

import { clock } from "../../api/clock";
import { now as current } from "../../queries/now";
import { DEFAULTS, preferences } from "../../queries/preferences";
import { lastSessionRecord, newestPlants } from "../../queries/today";
import type { Phase } from "./ticked";
import { useAutoStart } from "./useAutoStart";

const NOON = Date.parse("2026-01-18T12:00:00Z");
const at = (minutes: number) => new Date(NOON + minutes * 60_000).toISOString();
/** The moment of the server's clock, in minutes after noon. */
let minute = 0;

const rest = (kind: "short" | "long", now: number): Phase => ({
  phase: "break",
  round: 2,
  rounds: 4,
  break: { kind, started_at: at(25), ends_at: at(30), over: now >= 30 },
  left: null,
});

beforeEach(() => {
  minute = 26;
  vi.spyOn(clock, "now").mockImplementation(() => NOON + minute * 60_000);
});

type Given = {
  kind?: "short" | "long";
  isOn?: boolean;
  told?: Phase;
  planned?: number;
  /** The minute in which the last session ended; the break began at 25. */
  ended?: number;
};

function open({ kind = "short", isOn = true, told, planned = 25, ended = 25 }: Given = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(preferences.queryKey, { ...DEFAULTS, auto_start: isOn });
  const length = { at: at(0), ended_at: at(ended), planned_min: planned };
  const last = { id: "before", ...length, label_id: "art" };
  client.setQueryData(lastSessionRecord.queryKey, last as never);
  const plant = { session_id: "before", plant_type: "Tulip" };
  client.setQueryData(newestPlants.queryKey, { gardens: [plant] } as never);
  const ask = vi.spyOn(client, "fetchQuery");
  ask.mockImplementation((options) => {
    expect(options.queryKey).toEqual(current.queryKey);
    return Promise.resolve(told ?? rest(kind, minute));
  });
  const begin = vi.fn(() => Promise.resolve());
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const found = () => ({ phase: rest(kind, minute), now: clock.now() });
  const page = renderHook(() => useAutoStart(found(), begin), { wrapper });
  const until = async (moment: number) => {
    minute = moment;
    await act(async () => {
      page.rerender();
      await Promise.resolve();
    });
  };
  return { begin, page, until };
}
const touch = () => window.dispatchEvent(new Event("pointerdown"));

test("a short break ends in the next round for who is there", async () => {
  const { begin, until } = open();
  touch();
  await until(29.9);
  expect(begin).not.toHaveBeenCalled();
  await until(30);
  await until(30.1);
  expect(begin).toHaveBeenCalledExactlyOnceWith({
    minutes: 25,
    plant: "Tulip",
    label: "art",
    note: "",
    key: "auto-before",
  });
});

test("the rest of a plan is followed by a whole round", async () => {
  const { begin, until } = open({ planned: 13 });
  touch();
  await until(30);
  expect(begin).toHaveBeenCalledWith(expect.objectContaining({ minutes: 25 }));
});

test.each<[string, Given, boolean, number]>([
  ["nobody touched the page", {}, false, 30],
  ["the break is long", { kind: "long" }, true, 30],
  ["it is not wished for", { isOn: false }, true, 30],
  ["it is too late", {}, true, 31],
  ["the record is from before another break", { ended: 20 }, true, 30],
  ["the service knows of a longer break", { told: rest("short", 29) }, true, 30],
  ["another device has begun", { told: { ...rest("short", 30), break: null } }, true, 30],
])("nothing starts where %s", async (_, given, isTouched, moment) => {
  const { begin, until } = open(given);
  if (isTouched) touch();
  await until(moment);
  expect(begin).not.toHaveBeenCalled();
});

test("nothing starts where another tab was touched, and it is not wished for", async () => {
  const { begin, until } = open({ isOn: false });
  localStorage.setItem("focusguard-touched", String(clock.now()));
  await until(30);
  expect(begin).not.toHaveBeenCalled();
});

test("a touch from before the last start counts for nothing", async () => {
  const { begin, until } = open();
  minute = -1;
  touch();
  await until(30);
  expect(begin).not.toHaveBeenCalled();
});

test("nothing starts where it was called off", async () => {
  const { begin, page, until } = open();
  touch();
  await until(27);
  act(() => page.result.current?.cancel());
  await until(30);
  expect(begin).not.toHaveBeenCalled();
});

test("nothing starts after the device slept, until somebody touches it", async () => {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
  const { begin, until } = open();
  touch();
  minute = 29;
  vi.setSystemTime(Date.now() + 180_000);
  vi.advanceTimersByTime(300);
  await until(30);
  expect(begin).not.toHaveBeenCalled();
  minute = 30.1;
  touch();
  await until(30.2);
  expect(begin).toHaveBeenCalledOnce();
});
