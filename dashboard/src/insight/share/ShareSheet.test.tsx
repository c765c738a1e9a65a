import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { me } from "../../queries/queries";
import { today } from "../../queries/today";
import ShareSheet from "./ShareSheet";

beforeEach(() => {
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
  });
});

const day = { focus_min: 25, sessions_completed: 1, manual_min: 0, goal_min: null };
const days = [{ ...day, date: "2026-01-12", met: null, mark: null }];

test("name and address are in the picture when they were chosen, and not before", () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(me.queryKey, { username: "alice_m" } as never);
  client.setQueryData(today.queryKey, { streak: { length: 3 } } as never);
  render(
    <QueryClientProvider client={client}>
      <ShareSheet days={days} open onClose={vi.fn()} />
    </QueryClientProvider>,
  );
  const address = () => screen.getByRole<HTMLImageElement>("img").src;
  const drawn = () => decodeURIComponent(address());
  // The page's policy allows no picture of a blob.
  expect(address()).toMatch(/^data:image\/svg\+xml/);
  expect(drawn()).not.toContain("alice_m");
  expect(drawn()).not.toContain(window.location.host);
  const [, name, link] = screen.getAllByRole("switch");
  act(() => name!.click());
  expect(drawn()).toContain("alice_m");
  expect(drawn()).not.toContain(window.location.host);
  act(() => link!.click());
  expect(drawn()).toContain(window.location.host);
});
