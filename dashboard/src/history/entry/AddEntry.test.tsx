import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { auth } from "../../api/client";
import { sender } from "../../focus/outbox/sessionRequests";
import { AddEntry } from "./AddEntry";

/** What the service was told, in full; the answer to the first is lost on its way here. */
let told: string[];

beforeEach(() => {
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
    },
  });
  told = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const key = request.headers.get("Idempotency-Key");
    told.push(`${request.method} ${key} ${await request.text()}`);
    if (told.length === 1) throw new TypeError("Failed to fetch");
    const headers = { "Content-Type": "application/json" };
    return new Response('{"minutes":25}', { headers });
  });
  auth.accept({ access_token: "a.b.c", expires_in: 900, user: { id: "alice" } });
});
afterEach(() => auth.forget());

/** Minutes of a day without times stand beside each other, so by another key they are two. */
test("an entry whose answer is lost is kept with the key by which it was heard", async () => {
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <AddEntry
        date="2026-01-18"
        today="2026-01-18"
        labels={[]}
        reading={{ zone: "UTC", clock: "auto" }}
        onClose={onClose}
      />
    </QueryClientProvider>,
  );
  await userEvent.click(screen.getByRole("radio", { name: "Minutes only" }));
  await userEvent.click(screen.getByRole("button", { name: "Add" }));
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
  await vi.waitFor(() => expect(sender.snapshot().waiting).toEqual([]));
  expect(told).toEqual([told[0], told[0]]);
});
