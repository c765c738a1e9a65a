import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { unanswered } from "../api/errors";
import { FocusContext, type FocusState } from "../focus/context";
import { lazyPage, lazyPart } from "./lazyPage";
import { RetryNotice } from "./RetryNotice";

const KEEP_TRYING = "No connection. We keep trying.";
const focus = { pause: null, waiting: [], starting: null } as unknown as FocusState;

/** A figure of the frame that no answer came for, and is asked for again. */
function Unanswered() {
  useQuery({
    queryKey: ["figure"],
    queryFn: () => Promise.reject(unanswered(null)),
    retry: true,
    retryDelay: 60_000,
  });
  return null;
}

beforeEach(() => {
  vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("Failed to fetch")));
  // The name of the script is how a page knows its version.
  document.head.innerHTML = '<script type="module" src="/assets/index.js"></script>';
});
afterEach(() => {
  document.head.innerHTML = "";
});

test("a page without its script says so once beside its figures, and as an alert", async () => {
  const load = vi.fn<() => Promise<{ default: () => string }>>();
  load.mockRejectedValue(new TypeError("Failed to fetch dynamically imported module"));
  const Page = lazyPage(load);
  const client = new QueryClient();
  const frame = (page: ReactNode) => (
    <QueryClientProvider client={client}>
      <FocusContext value={focus}>
        <RetryNotice />
        <Unanswered />
        {page}
      </FocusContext>
    </QueryClientProvider>
  );
  const { rerender } = render(frame(null));
  expect(await screen.findByText(KEEP_TRYING)).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
  rerender(frame(<Page />));
  expect((await screen.findByRole("alert")).textContent).toBe(KEEP_TRYING);
  expect(screen.getAllByText(KEEP_TRYING)).toHaveLength(1);

  // The page has come: what is still awaited is said without the alert.
  load.mockResolvedValue({ default: () => "The page" });
  act(() => void window.dispatchEvent(new Event("online")));
  expect(await screen.findByText("The page")).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(screen.getAllByText(KEEP_TRYING)).toHaveLength(1);
});

test("a part that was fetched before it is shown stands there at once, without a skeleton", async () => {
  const load = vi.fn(() => Promise.resolve({ default: () => "The part" }));
  const Part = lazyPart(load, 100);
  Part.preload();
  await waitFor(() => expect(load).toHaveBeenCalledOnce());
  await Promise.resolve();
  const { container } = render(
    <QueryClientProvider client={new QueryClient()}>
      <Part />
    </QueryClientProvider>,
  );
  expect(container.textContent).toBe("The part");
  expect(screen.queryByRole("status")).toBeNull();
  expect(load).toHaveBeenCalledOnce();
});

test("a part whose early fetch failed is asked for again when it is shown", async () => {
  const load = vi.fn<() => Promise<{ default: () => string }>>();
  load.mockRejectedValueOnce(new TypeError("Failed to fetch dynamically imported module"));
  load.mockResolvedValue({ default: () => "The part" });
  const Part = lazyPart(load, 100);
  Part.preload();
  await waitFor(() => expect(load).toHaveBeenCalledOnce());
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Part />
    </QueryClientProvider>,
  );
  expect(await screen.findByText("The part")).toBeTruthy();
});

/** Caught: a page of which neither the file nor a failure came stood at "Loading" for ever. */
test("a page whose script hangs says so, and is asked for again", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const load = vi.fn<() => Promise<{ default: () => string }>>();
    load.mockReturnValueOnce(new Promise(() => undefined));
    load.mockResolvedValue({ default: () => "The part" });
    const Part = lazyPart(load, 100);
    render(
      <QueryClientProvider client={new QueryClient()}>
        <FocusContext value={focus}>
          <RetryNotice />
          <Part />
        </FocusContext>
      </QueryClientProvider>,
    );
    await act(() => vi.advanceTimersByTimeAsync(15_000));
    expect(screen.getByRole("alert").textContent).toBe(KEEP_TRYING);
    await act(() => vi.advanceTimersByTimeAsync(2_000));
    expect(screen.getByText("The part")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

test("a script that comes after its time is shown all the same", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    let come: (module: { default: () => string }) => void = () => undefined;
    const load = vi.fn(() => new Promise<{ default: () => string }>((resolve) => (come = resolve)));
    const Part = lazyPart(load, 100);
    render(
      <QueryClientProvider client={new QueryClient()}>
        <Part />
      </QueryClientProvider>,
    );
    await act(() => vi.advanceTimersByTimeAsync(15_100));
    await act(() => Promise.resolve(come({ default: () => "The part" })));
    expect(screen.getByText("The part")).toBeTruthy();
  } finally {
    vi.useRealTimers();
  }
});
