import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { auth } from "../api/client";
import { clock } from "../api/clock";
import { FocusContext, type FocusState } from "../focus/context";
import { VerifyNotice } from "./VerifyNotice";

const NOON = Date.parse("2026-11-26T12:00:00Z");
const alice = {
  id: "alice",
  email: "alice@example.com",
  timezone: "Europe/Berlin",
  email_verified: false,
  pending_email: null as string | null,
};
type Given = Partial<typeof alice> & {
  mail?: boolean;
  required?: boolean;
  session?: object | null;
  path?: string;
};

function show({ mail = true, required = false, session, path = "/", ...user }: Given = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(["me"], { ...alice, ...user });
  client.setQueryData(["ways"], { mail, verification_required: required });
  return render(
    <QueryClientProvider client={client}>
      <FocusContext value={{ session: session ?? null } as unknown as FocusState}>
        <Router hook={memoryLocation({ path }).hook}>
          <VerifyNotice />
        </Router>
      </FocusContext>
    </QueryClientProvider>,
  );
}
const notice = () => screen.queryByRole("region", { name: "Confirm your address" });
const say = (body: object, status: number, headers = {}) =>
  vi.stubGlobal("fetch", async () => {
    const type = { "Content-Type": "application/json" };
    return new Response(JSON.stringify(body), { status, headers: { ...type, ...headers } });
  });
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

beforeEach(() => {
  vi.spyOn(clock, "now").mockReturnValue(NOON);
  auth.accept({ access_token: "token", expires_in: 900, user: { id: "alice" } });
});
afterEach(() => {
  auth.forget();
  vi.restoreAllMocks();
});

test("an address that nobody confirmed is asked for", () => {
  show();
  expect(notice()?.textContent).toContain("alice@example.com");
});

test("the address that waits is named: the mail goes there", () => {
  show({ pending_email: "new@example.com" });
  expect(notice()?.textContent).toContain("new@example.com");
});

test.each([
  ["confirmed", { email_verified: true }],
  ["of a service without mail", { mail: false }],
  ["beside a running session", { session: {} }],
  ["on the page that tells it anyway", { path: "/you" }],
  ["on the boards, which tell it where it is required", { path: "/boards", required: true }],
])("nothing is asked %s", (_, given) => {
  show(given);
  expect(notice()).toBeNull();
});

test("boards that list everybody leave it to the notice", () => {
  show({ path: "/boards" });
  expect(notice()).not.toBeNull();
});

test("put away for today, it is asked for again tomorrow", async () => {
  const { unmount } = show();
  await press("Not today");
  expect(notice()).toBeNull();
  unmount();
  const later = show();
  expect(notice()).toBeNull();
  later.unmount();
  // Midnight of the user's zone, which is an hour before that of UTC.
  vi.spyOn(clock, "now").mockReturnValue(Date.parse("2026-11-26T23:00:00Z"));
  show();
  expect(notice()).not.toBeNull();
});

test("another mail is said to be sent, and how many may be", async () => {
  say({}, 202);
  show();
  await press("Send again");
  expect((await screen.findByText(/^Sent\./)).textContent).toContain("five an hour");
});

test("too many mails are told with the time to wait", async () => {
  const detail = { message: "Too many mails were asked for.", error_code: "MAIL_RATE_LIMITED" };
  say({ detail }, 429, { "Retry-After": "2400" });
  show();
  await press("Send again");
  expect((await screen.findByRole("alert")).textContent).toContain("Try again in 40 minutes.");
});
