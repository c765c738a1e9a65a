import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { api, sharing } from "../api/client";
import { ApiError } from "../api/errors";
import {
  DEFAULTS,
  type Preferences,
  type PreferencesChange,
  useChangePreferences,
  usePreferences,
} from "./preferences";

function Shown({ changes }: { changes: PreferencesChange[] }) {
  const { theme, volume, onboarded_at } = usePreferences();
  const { mutate } = useChangePreferences();
  return (
    <>
      <p>{`${theme} ${volume} ${onboarded_at === null ? "new" : "old"}`}</p>
      <button onClick={() => changes.forEach((change) => mutate(change))}>Change</button>
    </>
  );
}

/** A service that keeps what it is sent once it is let. */
function service(kept: Preferences) {
  const asked: { body: PreferencesChange; answer: (error?: Error) => void }[] = [];
  vi.spyOn(api, "PATCH").mockImplementation(
    (_: string, { body }: { body: PreferencesChange }) =>
      new Promise((resolve, reject) => {
        const answer = (error?: Error) => {
          if (error) return reject(error);
          kept = Object.assign({}, kept, body);
          resolve({ data: kept, response: new Response() });
        };
        asked.push({ body, answer });
      }),
  );
  return asked;
}

async function show(told: Preferences | undefined, ...changes: PreferencesChange[]) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(["preferences"], told);
  render(
    <QueryClientProvider client={client}>
      <Shown changes={changes} />
    </QueryClientProvider>,
  );
  await userEvent.click(screen.getByRole("button"));
}

test("changes are shown at once, sent one by one, and keep what another device changed", async () => {
  const asked = service({ ...DEFAULTS, volume: 70 });
  const told = vi.spyOn(sharing, "changed");
  // This page does not know yet that a phone has set the volume.
  await show(DEFAULTS, { theme: "dark" }, { theme: "light" });
  expect(await screen.findByText("light 40 new")).toBeTruthy();
  expect(asked.map(({ body }) => body)).toEqual([{ theme: "dark" }]);
  asked[0]?.answer();
  await waitFor(() => expect(asked).toHaveLength(2));
  // The first answer shows the phone's change, and not the theme that was overtaken.
  expect(await screen.findByText("light 70 new")).toBeTruthy();
  asked[1]?.answer();
  await waitFor(() => expect(told).toHaveBeenCalledTimes(2));
  expect(screen.getByText("light 70 new")).toBeTruthy();
  expect(told.mock.lastCall?.[0].told).toHaveProperty('["preferences"]');
});

test("a refused change is taken back alone", async () => {
  const asked = service(DEFAULTS);
  await show(DEFAULTS, { volume: 90 }, { onboarded: true });
  expect(await screen.findByText("auto 90 old")).toBeTruthy();
  asked[0]?.answer(new ApiError(422, "VALIDATION_ERROR", "No."));
  expect(await screen.findByText("auto 40 old")).toBeTruthy();
});

test("a change is shown while the preferences are still awaited", async () => {
  service(DEFAULTS);
  vi.spyOn(api, "GET").mockReturnValue(new Promise(() => undefined));
  await show(undefined, { theme: "dark" });
  expect(await screen.findByText("dark 40 new")).toBeTruthy();
});
