import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { LiveMark } from "./LiveMark";
import { liveness, usePolling } from "./liveness";
import { socketAddress } from "./socketAddress";

vi.mock("./keepLive", () => ({ keepLive: () => () => undefined }));

const MINUTE = 60_000;
let asked = 0;
const passing = (milliseconds: number) =>
  act(() => vi.advanceTimersByTimeAsync(milliseconds).then(() => undefined));
const become = (why: Parameters<typeof liveness.set>[0]) => act(() => liveness.set(why));

function Polled() {
  useQuery({
    queryKey: ["polled"],
    queryFn: () => {
      asked += 1;
      return asked;
    },
    refetchInterval: usePolling(MINUTE / 3),
  });
  return null;
}
const show = (page: React.ReactNode) =>
  render(<QueryClientProvider client={new QueryClient()}>{page}</QueryClientProvider>);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => liveness.set("connecting"));

test("polls fall silent while it is live, and come back", async () => {
  asked = 0;
  show(<Polled />);
  await passing(0);
  expect(asked).toBe(1);
  await passing(MINUTE);
  expect(asked).toBe(4);
  become(null);
  await passing(60 * MINUTE);
  expect(asked).toBe(4);
  become("unreachable");
  // Not at once: all browsers find out in one moment.
  await passing(0);
  expect(asked).toBe(4);
  await passing(MINUTE);
  expect(asked).toBe(7);
});

test("the mark says that it is live, or why not", () => {
  show(<LiveMark />);
  expect(screen.queryByRole("button")).toBeNull();
  become(null);
  expect(screen.getByRole("button", { name: "Live" })).toBeTruthy();
  expect(screen.getByText("Live on all your devices.")).toBeTruthy();
  become("restarting");
  expect(screen.getByRole("button", { name: "Not live" })).toBeTruthy();
  expect(screen.getByText(/every half minute\. The service starts again/)).toBeTruthy();
  // The mark of a device without a network says so.
  become("offline");
  expect(screen.queryByRole("button")).toBeNull();
});

test.each([
  ["", null],
  ["  ", null],
  ["/api/ws", `ws://${window.location.host}/api/ws`],
  ["ws://localhost:8001/api/ws", "ws://localhost:8001/api/ws"],
  ["wss://live.example.com/api/ws", "wss://live.example.com/api/ws"],
  ["javascript:alert(1)", null],
  ["http://[", null],
])("a page that names %j opens its socket at %s", (told, address) => {
  document.head.innerHTML = `<meta name="focusguard-realtime" content="${told}">`;
  expect(socketAddress()).toBe(address);
  document.head.innerHTML = "";
  expect(socketAddress()).toBeNull();
});
