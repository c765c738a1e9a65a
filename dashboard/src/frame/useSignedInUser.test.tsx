import { act, cleanup, render, screen } from "@testing-library/react";
import { useLayoutEffect } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { auth } from "../api/client";
import { useSignedInUser } from "./useSignedInUser";

const fetched = vi.fn<typeof fetch>();
const KNOWN = "focusguard-known";

function Who() {
  return <p>{String(useSignedInUser()[0])}</p>;
}

/** Something that happens after the first page was made and before it is listening. */
function Meanwhile({ what }: { what: () => void }) {
  useLayoutEffect(what, [what]);
  return null;
}

const comes = () => auth.accept({ access_token: "shared", expires_in: 900, user: { id: "alice" } });

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  fetched.mockRejectedValue(new TypeError("Failed to fetch"));
  localStorage.setItem(KNOWN, "");
});
afterEach(() => {
  cleanup();
  auth.forget();
  fetched.mockReset();
});

test("a token that comes from another tab before this one listens is seen", async () => {
  render(
    <>
      <Who />
      <Meanwhile what={comes} />
    </>,
  );
  expect(await screen.findByText("alice")).toBeTruthy();
});

test("a sign-out that comes before this tab listens is seen", async () => {
  comes();
  render(
    <>
      <Who />
      <Meanwhile what={() => auth.forget()} />
    </>,
  );
  expect(await screen.findByText("false")).toBeTruthy();
});

test("a tab that waits for the network hears that somebody signed out elsewhere", async () => {
  render(<Who />);
  await act(() => vi.waitFor(() => expect(fetched).toHaveBeenCalled()));
  expect(screen.getByText("null")).toBeTruthy();
  act(() => auth.forget());
  expect(screen.getByText("false")).toBeTruthy();
});
