import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { unanswered } from "../api/errors";
import { FocusContext, type FocusState } from "../focus/context";
import { lazyPage } from "./lazyPage";
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
