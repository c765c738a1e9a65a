import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { api } from "../../api/client";
import type { Consequences, HistoryRecord } from "../../queries/history";
import { DeleteRecord } from "./DeleteRecord";

const stays = { from: 12, to: 12 };
const takes = (minutes: number): Consequences => ({
  focus_min: 25,
  xp_points: stays,
  lvl: stays,
  total_focus_min: { from: minutes, to: minutes - 25 },
  total_sessions: stays,
  current_streak: stays,
  best_streak: stays,
  kept_streak: stays,
  plant: null,
});
const record = { id: "s1", kind: "session", minutes: 25, local_date: "2026-01-18" };

/** The minutes of all sessions, as the service knows them. */
let total: number;
/** The page's clock in milliseconds. */
let moment: number;

beforeEach(() => {
  [total, moment] = [50, 10_000];
  vi.spyOn(performance, "now").mockImplementation(() => moment);
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
  });
});

async function open() {
  const get = vi.spyOn(api, "GET");
  get.mockImplementation(async () => ({
    data: takes(total),
    response: new Response(),
  }));
  const remove = vi.spyOn(api, "DELETE");
  remove.mockImplementation((async () => ({ response: new Response() })) as never);
  const given = { record: record as HistoryRecord, today: "2026-01-19", open: true };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <DeleteRecord {...given} onClose={vi.fn()} onDeleted={vi.fn()} />
    </QueryClientProvider>,
  );
  await screen.findByText("25 minutes of focus go; 25 min stay.");
  const click = () =>
    act(async () => {
      document.querySelector<HTMLButtonElement>(".warn")!.click();
      // An answer, what it is compared with, and a deletion: each a turn of its own.
      for (let turn = 0; turn < 5; turn += 1) await new Promise((later) => setTimeout(later));
    });
  return { remove, click };
}

test("figures that were seen are confirmed by one click", async () => {
  const { remove, click } = await open();
  await click();
  expect(remove).toHaveBeenCalledOnce();
});

test("figures that another tab changed are shown, and not confirmed with the click", async () => {
  const { remove, click } = await open();
  total = 80;
  await click();
  expect(remove).not.toHaveBeenCalled();
  expect(screen.getByText("25 minutes of focus go; 55 min stay.")).toBeTruthy();
  expect(screen.getByText(/This changed meanwhile/)).toBeTruthy();
});

test("a click that was on its way to the figures before confirms nothing", async () => {
  const { remove, click } = await open();
  total = 80;
  await click();
  moment += 300;
  await click();
  expect(remove).not.toHaveBeenCalled();
  moment += 500;
  await click();
  await vi.waitFor(() => expect(remove).toHaveBeenCalledOnce());
});
