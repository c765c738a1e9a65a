import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { expect, test } from "vitest";

import type { Ranked } from "../queries/queries";
import Boards from "./Boards";

const alice = {
  id: "alice",
  username: "alice",
  email: "alice@example.com",
  email_verified: false,
  pending_email: null as string | null,
  leaderboard_visible: true,
  lvl: 1,
  xp_points: 25,
};
const bob = { rank: 1, user_id: "bob", username: "bob", lvl: 2, score: 50 };
const OWN = { rank: 2, user_id: "alice", username: "alice", lvl: 1, score: 25 };
type Given = Partial<typeof alice> & { required?: boolean; rows?: Ranked["rows"] };

function show({ required = true, rows = [bob], ...user }: Given = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const totals = { total_focus_min: 25, best_streak: 1, total_sessions: 1 };
  client.setQueryData(["me"], { ...alice, ...user });
  client.setQueryData(["ways"], { mail: true, verification_required: required });
  client.setQueryData(["figures", "me"], totals);
  client.setQueryData(["figures", "board", "xp"], { rows, ownRank: 2, total: rows.length });
  render(
    <QueryClientProvider client={client}>
      <Router hook={memoryLocation({ path: "/boards" }).hook}>
        <Boards />
      </Router>
    </QueryClientProvider>,
  );
}
const notice = () => screen.queryByRole("region", { name: "Confirm your address" });

test("who is on no board reads why, and what to do", () => {
  show();
  expect(notice()?.textContent).toContain("You are on no board yet");
  expect(notice()?.textContent).toContain("alice@example.com");
  expect(screen.getByRole("button", { name: "Send again" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Another address" }).getAttribute("href")).toBe("/you");
});

test("the address that waits is named: the mail goes there", () => {
  show({ pending_email: "new@example.com" });
  expect(notice()?.textContent).toContain("new@example.com");
});

test("who is hidden too is told both", () => {
  show({ leaderboard_visible: false });
  expect(notice()).not.toBeNull();
  expect(screen.getByText(/^You are hidden from the boards/)).toBeTruthy();
});

test.each([
  ["confirmed", { email_verified: true }],
  ["where nobody has to confirm", { required: false }],
  ["listed all the same, from before it was required", { rows: [bob, OWN] }],
])("nothing is said to who is %s", (_, given) => {
  show(given);
  expect(notice()).toBeNull();
});
