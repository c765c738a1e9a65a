import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, renderHook, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";

import { clock } from "../../api/clock";
import { FocusContext, type FocusState } from "../context";
import { LocalDone } from "../done/LocalDone";
import type { Errand } from "../outbox/errands";
import { sender } from "../outbox/sessionRequests";
import { useLocalSession } from "../outbox/useLocalSession";

const NOON = Date.parse("2026-11-26T12:00:00Z");
const wish = { minutes: 25, plant: null, label: null, note: "" };
const start: Errand = {
  what: "start",
  user: "alice",
  session: "local",
  wish,
  began: { server: null, device: NOON - 26 * 60_000 },
  key: "key",
  at: NOON - 26 * 60_000,
};

function Query({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>;
}
afterEach(() => void vi.restoreAllMocks());

/** Caught: the plan of a timer without a network was over, and the page stood at the start. */
test.each([
  ["due", 25],
  ["complete", 25],
] as const)("a local session that ends (%s) is shown with its minutes", async (how, minutes) => {
  vi.spyOn(clock, "now").mockReturnValue(NOON);
  vi.spyOn(Date, "now").mockReturnValue(NOON);
  vi.spyOn(sender, "swap").mockResolvedValue(true);
  vi.spyOn(sender, "flush").mockResolvedValue();
  const show = vi.fn();
  const { result } = renderHook(() => useLocalSession([start], show), { wrapper: Query });
  await act(async () => result.current?.end(how));
  expect(show).toHaveBeenCalledOnce();
  expect(show.mock.calls[0]).toMatchObject([
    { id: "local", status: "completed", focus_min: minutes },
    true,
  ]);
  await act(async () => result.current?.end("abandon"));
  expect(show).toHaveBeenCalledOnce();
});

const over = {
  id: "local",
  user_id: "alice",
  duration_min: 25,
  status: "completed",
  completed: true,
  focus_min: 25,
  local_date: "2026-11-26",
  created_at: "2026-11-26T11:35:00Z",
  ended_at: "2026-11-26T12:00:00Z",
} as const;

test.each([
  ["waits", [start], "It waits to be told."],
  ["was told", [], "It is told: you find it in your history."],
] as [string, Errand[], string][])("what %s is said to", (_, kept, said) => {
  const focus = { kept, pause: null, again: vi.fn(), skipBreak: vi.fn() };
  render(
    <FocusContext value={focus as unknown as FocusState}>
      <LocalDone session={over} />
    </FocusContext>,
  );
  expect(screen.getByRole("heading").textContent).toBe("25 minutes of focus");
  expect(screen.getByText(said)).toBeTruthy();
  expect(screen.getByText(/earns no XP/)).toBeTruthy();
  expect(screen.queryByText(/\+25 XP/)).toBeNull();
});
