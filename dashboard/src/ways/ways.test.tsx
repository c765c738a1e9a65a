import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { api, auth, data, sharing } from "../api/client";
import { ApiError } from "../api/errors";
import SignIn from "../pages/SignIn";
import { text } from "../text";
import { digitsOf, isWhole } from "./digits";
import { leaving, leaveFor } from "./others/leaving";
import { proofAsked, proven } from "./proof/proof";
import ProofSheet from "./proof/ProofSheet";
import { factorOf } from "./typedCode";

const asked: { path: string; body: string; bearer: string | null }[] = [];
const answers = new Map<string, (() => Response)[]>();
const json = (body: object, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json" },
  });
const refusal = (status: number, error_code: string) => () =>
  json({ detail: { message: `Refused: ${error_code}`, error_code } }, status);
const DONE = () => new Response(null, { status: 204 });
const WAYS = { mail: false, verification_required: false, second_factor: false, passkeys: false };
const answer = (path: string, ...told: (() => Response)[]) => answers.set(path, told);
const sent = (path: string) => asked.filter((one) => one.path === path);

beforeEach(() => {
  asked.length = 0;
  answers.clear();
  sharing.clear();
  window.history.replaceState(null, "", "/sign-in");
  answer("/api/auth/ways", () => json({ ...WAYS, providers: [] }));
  // jsdom knows no modal dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  vi.stubGlobal("fetch", async (request: Request | string) => {
    if (typeof request === "string") return refusal(401, "TOKEN_INVALID")();
    const path = new URL(request.url).pathname;
    const bearer = request.headers.get("Authorization");
    asked.push({ path, body: await request.text(), bearer });
    const told = answers.get(path) ?? [refusal(404, "NOT_FOUND")];
    return (told.length > 1 ? told.shift() : told[0])?.();
  });
});
afterEach(() => auth.forget());

const signedIn = () =>
  auth.accept({ access_token: "a.b.c", expires_in: 900, user: { id: "alice" } });

function open(page: ReactElement) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<QueryClientProvider client={client}>{page}</QueryClientProvider>);
}

test.each([
  ["123 456", "123456"],
  [" ١٢٣٤٥٦ ", "123456"],
  ["۱۲۳۴۵۶", "123456"],
])("the digits of %s are those of every keyboard", (typed, digits) => {
  expect(digitsOf(typed)).toBe(digits);
  expect(isWhole(typed)).toBe(true);
});

test("a code that lacks a digit is no whole one", () => {
  for (const typed of ["12345", "1234567", "12345a", ""]) expect(isWhole(typed)).toBe(false);
});

test.each([
  ["0a1b-2c3d-4e5f-6g7h", { recovery_code: "0a1b2c3d4e5f6g7h" }],
  [" 0A1B 2C3D–4E5F–6G7H ", { recovery_code: "0A1B2C3D4E5F6G7H" }],
  ["123 456", { code: "123456" }],
  ["0a1b-2c3d-4e5f-6g7", { code: "0a1b-2c3d-4e5f-6g7" }],
])("%s is taken for what it is by its form", (typed, factor) => {
  expect(factorOf(typed)).toEqual(factor);
});

test("a proof takes a kept code in the field of the app's, and says which was wrong", async () => {
  signedIn();
  answer("/api/users/me", () => json({ id: "alice", second_factor: true }));
  answer("/api/auth/proof", refusal(401, "SECOND_FACTOR_WRONG"), DONE);
  const refused = new ApiError(403, "PROOF_REQUIRED", "Prove it.");
  const change = proven(
    vi.fn<() => Promise<string>>().mockRejectedValueOnce(refused).mockResolvedValue("ok"),
  );
  open(<ProofSheet />);
  const code = await screen.findByRole("textbox", { name: "Code" });
  await userEvent.type(code, "0a1b-2c3d-4e5f-6g7h{Enter}");
  await screen.findByText(text.ways.signIn.recoveryWrong);
  expect(JSON.parse(sent("/api/auth/proof")[0]?.body ?? "")).toEqual({
    recovery_code: "0a1b2c3d4e5f6g7h",
  });
  await userEvent.type(code, "{Enter}");
  expect(await change).toBe("ok");
});

test("a change that needs a proof waits for one, and is sent again by itself", async () => {
  signedIn();
  const refused = new ApiError(403, "PROOF_REQUIRED", "Prove it.");
  const send = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(refused)
    .mockResolvedValue("ok");
  const change = proven(send);
  await waitFor(() => expect(proofAsked.now()).not.toBeNull());
  answer("/api/auth/proof", refusal(400, "WRONG_PASSWORD"), DONE);
  open(<ProofSheet />);
  const password = await screen.findByLabelText("Password");
  await userEvent.type(password, "wrong{Enter}");
  await screen.findByText(/Refused: WRONG_PASSWORD/);
  expect(send).toHaveBeenCalledTimes(1);
  await userEvent.type(password, "right{Enter}");
  expect(await change).toBe("ok");
  expect(send).toHaveBeenCalledTimes(2);
  expect(proofAsked.now()).toBeNull();
});

test("a proof that is given up leaves the refusal, and another refusal asks for none", async () => {
  const refused = new ApiError(403, "PROOF_REQUIRED", "Prove it.");
  const change = proven(() => Promise.reject(refused));
  await waitFor(() => expect(proofAsked.now()).not.toBeNull());
  proofAsked.now()?.givenUp();
  await expect(change).rejects.toBe(refused);
  const other = new ApiError(409, "TOTP_ON", "It is on.");
  await expect(proven(() => Promise.reject(other))).rejects.toBe(other);
  expect(proofAsked.now()).toBeNull();
});

test("a refused proof is asked for once: a second try by itself would count", async () => {
  signedIn();
  answer("/api/auth/proof", refusal(401, "SECOND_FACTOR_WRONG"));
  const asking = data(api.POST("/api/auth/proof", { body: { code: "123456" } }));
  await expect(asking).rejects.toMatchObject({ fields: { code: [expect.any(String)] } });
  expect(sent("/api/auth/proof")).toHaveLength(1);
  expect(auth.isSignedIn).toBe(true);
});

test("a sign-in by another service leaves word that its cookie is to be asked for", async () => {
  const left = vi.spyOn(leaving, "to").mockReturnValue();
  answer("/api/auth/oauth/company/start", () => json({ authorization_url: "https://c.example" }));
  expect(auth.mayBeSignedIn).toBe(false);
  await leaveFor("company", "sign_in");
  expect(left).toHaveBeenCalledWith("https://c.example");
  expect(auth.mayBeSignedIn).toBe(true);
});

test("a link of accounts is begun by who is signed in", async () => {
  signedIn();
  vi.spyOn(leaving, "to").mockReturnValue();
  answer("/api/auth/oauth/company/start", () => json({ authorization_url: "https://c.example" }));
  await leaveFor("company", "link");
  expect(sent("/api/auth/oauth/company/start")[0]?.bearer).toBe("Bearer a.b.c");
});

test.each(Object.entries(text.ways.signIn.ended))("%s is told in words", async (code, words) => {
  window.history.replaceState(null, "", `/sign-in?error=${code}`);
  open(<SignIn />);
  expect((await screen.findByRole("alert")).textContent).toBe(words);
});

test("a code that nobody knows is told in words too, and not shown", async () => {
  window.history.replaceState(null, "", "/sign-in?error=%3Cb%3E");
  open(<SignIn />);
  expect((await screen.findByRole("alert")).textContent).toBe(text.ways.signIn.endedOtherwise);
});

test("a service without other ways asks for none and shows none", async () => {
  open(<SignIn />);
  await waitFor(() => expect(sent("/api/auth/ways")).toHaveLength(1));
  expect(screen.queryByText("or")).toBeNull();
  expect(asked.map(({ path }) => path)).toEqual(["/api/auth/ways"]);
});

test("a second step that took too long leads back to the first", async () => {
  const begun = { flow_token: "flow", methods: ["totp", "recovery_code"], expires_in: 300 };
  answer("/api/auth/login", () => json(begun, 202));
  answer("/api/auth/second-factor", refusal(401, "FLOW_INVALID"));
  open(<SignIn />);
  await userEvent.type(screen.getByLabelText("Username or e-mail"), "alice");
  await userEvent.type(screen.getByLabelText("Password"), "green meadow 12{Enter}");
  await userEvent.type(await screen.findByLabelText("Code"), "123456");
  await screen.findByText(text.ways.signIn.stepEnded);
  expect(JSON.parse(sent("/api/auth/second-factor")[0]?.body ?? "")).toEqual({
    flow_token: "flow",
    code: "123456",
  });
  await userEvent.click(screen.getByRole("button", { name: "Back to sign in" }));
  expect(screen.getByLabelText("Username or e-mail")).toBeTruthy();
});
