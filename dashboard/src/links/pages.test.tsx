import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { beforeEach, expect, test, vi } from "vitest";

import { sharing } from "../api/client";
import Forgot from "../pages/Forgot";
import Reset from "../pages/Reset";
import SignIn from "../pages/SignIn";
import Unsubscribe from "../pages/Unsubscribe";
import Verify from "../pages/Verify";

const TOKEN = "the-secret-of-a-mail";
const sent: { method: string; path: string; body: string }[] = [];
const answers = new Map<string, (() => Response)[]>();

const json = (body: object, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json" },
  });
const refusal = (status: number, error_code: string, errors?: Record<string, string[]>) => () =>
  json({ detail: { message: `Refused: ${error_code}`, error_code, errors } }, status);
const OLD = refusal(400, "LINK_INVALID");
const DONE = () => new Response(null, { status: 204 });
const LOST = (): Response => {
  throw new TypeError("Failed to fetch");
};

/** What the service answers on a path: each once, and the last from then on. */
function answer(path: string, ...told: (() => Response)[]) {
  answers.set(path, told);
}

beforeEach(() => {
  sent.length = 0;
  answers.clear();
  // Who signed in before still is, and was told how the service was then.
  sharing.clear();
  answer("/api/auth/ways", () => json({ mail: true }));
  vi.stubGlobal("fetch", async (request: Request) => {
    const path = new URL(request.url).pathname;
    sent.push({ method: request.method, path, body: await request.text() });
    const told = answers.get(path) ?? [refusal(404, "NOT_FOUND")];
    return (told.length > 1 ? told.shift() : told[0])?.();
  });
});

function open(page: ReactElement, link = TOKEN, state: object = { link }) {
  const client = new QueryClient({ defaultOptions: { mutations: { networkMode: "always" } } });
  window.history.replaceState(state, "");
  render(<QueryClientProvider client={client}>{page}</QueryClientProvider>);
}
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const heading = async (name: string) =>
  expect((await screen.findByRole("heading", { level: 1, name })) === document.activeElement).toBe(
    true,
  );
const posted = () => sent.filter(({ method }) => method === "POST");

async function setPassword(password: string) {
  await userEvent.clear(screen.getByLabelText("New password"));
  await userEvent.type(screen.getByLabelText("New password"), password);
  await press("Set the password");
}

test("a page that only looks at its link sends nothing of it", async () => {
  for (const Page of [Verify, Reset, Unsubscribe]) open(<Page />);
  await screen.findAllByRole("button");
  expect(sent).toEqual([]);
});

test("an address is confirmed by the button, and its secret is in the body alone", async () => {
  answer("/api/auth/email/confirm", () => json({ email: "a@example.com", email_verified: true }));
  open(<Verify />);
  await press("Confirm this address");
  await heading("Confirmed");
  expect(screen.getByText(/^a@example.com is the confirmed address/)).toBeTruthy();
  expect(posted()).toEqual([
    { method: "POST", path: "/api/auth/email/confirm", body: JSON.stringify({ token: TOKEN }) },
  ]);
});

test("an old link of an address leads to a sign-in, where another is sent", async () => {
  answer("/api/auth/email/confirm", OLD);
  open(<Verify />);
  await press("Confirm this address");
  await heading("This link no longer works");
  expect(screen.getByRole("link", { name: "Sign in" })).toBeTruthy();
});

test("an address that somebody else has by now is told apart from an old link", async () => {
  const taken = refusal(409, "EMAIL_TAKEN", { email: ["This e-mail is taken."] });
  answer("/api/auth/email/confirm", taken);
  open(<Verify />);
  await press("Confirm this address");
  await heading("This address is taken");
  expect(screen.getByRole("link", { name: "Choose another address" })).toBeTruthy();
});

test("what is wrong with a new password is told at its field, and the link still works", async () => {
  const weak = refusal(422, "VALIDATION_ERROR", { new_password: ["This is too common."] });
  answer("/api/auth/password/reset", weak, DONE);
  open(<Reset />);
  await setPassword("password");
  const field = screen.getByLabelText("New password");
  expect(await screen.findByText("This is too common.")).toBeTruthy();
  expect(document.activeElement).toBe(field);
  expect(field.getAttribute("aria-invalid")).toBe("true");
  await setPassword("green meadow 12");
  await heading("Your new password is set");
  expect(screen.getByText(/^Every device was signed out/)).toBeTruthy();
  expect(posted().at(-1)?.body).toBe(
    JSON.stringify({ token: TOKEN, new_password: "green meadow 12" }),
  );
});

test("an old link of a password leads to another one", async () => {
  answer("/api/auth/password/reset", OLD);
  open(<Reset />);
  await setPassword("green meadow 12");
  await heading("This link no longer works");
  expect(screen.getByRole("link", { name: "Ask for another link" }).getAttribute("href")).toBe(
    "/forgot",
  );
});

test("an answer that was lost is not taken for an old link", async () => {
  answer("/api/auth/password/reset", LOST, OLD);
  open(<Reset />);
  await setPassword("green meadow 12");
  expect((await screen.findByRole("alert")).textContent).toBe("No connection.");
  await press("Set the password");
  await heading("Try your new password");
  expect(screen.getByRole("link", { name: "Sign in" })).toBeTruthy();
});

test("the weekly report is stopped by the button, and what stays is said", async () => {
  answer(`/api/mail/unsubscribe/${TOKEN}`, LOST, DONE);
  open(<Unsubscribe />);
  await press("Stop the weekly report");
  expect((await screen.findByRole("alert")).textContent).toBe("No connection.");
  await press("Stop the weekly report");
  await heading("The weekly report is stopped");
  expect(screen.getByText(/keep your account safe still come/)).toBeTruthy();
});

test("a torn link of the report leads to its switch", async () => {
  answer(`/api/mail/unsubscribe/${TOKEN}`, OLD);
  open(<Unsubscribe />);
  await press("Stop the weekly report");
  await heading("This link no longer works");
  expect(screen.getByRole("link", { name: "To the switch" }).getAttribute("href")).toBe("/you");
});

test.each([
  ["reset", Reset],
  ["verify", Verify],
  ["unsubscribe", Unsubscribe],
])("/%s without its link says what is missing", async (_, Page) => {
  open(<Page />, "", {});
  await heading("Something is missing here");
  expect(sent).toEqual([]);
});

test("whoever forgot is told the same for every address, and what comes next", async () => {
  answer("/api/auth/password/forgot", () => json({}, 202));
  open(<Forgot />, "", { email: "typed@example.com" });
  expect(await screen.findByDisplayValue("typed@example.com")).toBeTruthy();
  await press("Send the link");
  await heading("Look into your mail");
  expect(screen.getByText(/^If typed@example.com belongs to an account/)).toBeTruthy();
  expect(screen.getByText(/for one hour/)).toBeTruthy();
  expect(posted()[0]?.body).toBe(JSON.stringify({ email: "typed@example.com" }));
});

test("a service without mail says so before anything is typed", async () => {
  answer("/api/auth/ways", () => json({ mail: false }));
  open(<Forgot />, "", {});
  await heading("No mail from here");
  expect(screen.queryByRole("textbox")).toBeNull();
});

test.each([true, false])("a sign-in offers a new password where mail is sent: %s", async (mail) => {
  answer("/api/auth/ways", () => json({ mail }));
  open(<SignIn />, "", {});
  const offered = () => screen.queryByRole("link", { name: "Forgot password?" }) !== null;
  // Until it is known there is room for the offer, and no offer.
  expect(offered()).toBe(false);
  await waitFor(() => expect(document.querySelector(".ways.two") !== null).toBe(mail));
  await waitFor(() => expect(offered()).toBe(mail));
});
