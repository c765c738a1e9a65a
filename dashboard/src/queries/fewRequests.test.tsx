import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { api, auth, sharing } from "../api/client";
import { ApiError } from "../api/errors";
import { refreshFigures } from "./changes";
import { lastAnswers } from "./lastAnswers";
import { now } from "./now";
import { active, stats } from "./queries";

const IDLE = { server_time: "2026-11-26T12:00:00Z", phase: "idle", session: null };
const BUSY = new ApiError(429, "RATE_LIMITED", "Too many", {}, 20);
const signedInAs = (user: string) => vi.spyOn(auth, "user", "get").mockReturnValue(user);

let asked: string[];
let answers: (path: string) => unknown;
beforeEach(() => {
  signedInAs("ann");
  asked = [];
  answers = (path) => (path.endsWith("/now") ? IDLE : { streak: asked.length });
  vi.spyOn(api, "GET").mockImplementation((path: string) => {
    asked.push(path);
    const told = answers(path);
    if (told instanceof Error) return Promise.reject(told);
    return Promise.resolve({ data: told, response: new Response() }) as never;
  });
});
afterEach(() => {
  lastAnswers.forget();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A page that is opened: it knows nothing but what this tab keeps. */
function open(what: () => string) {
  cleanup();
  sharing.clear();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const Page = () => <p>{what()}</p>;
  render(
    <QueryClientProvider client={client}>
      <Page />
    </QueryClientProvider>,
  );
  return client;
}

function Timer(): string {
  const runs = useQuery(active);
  const phase = useQuery(now);
  return `${runs.data?.has_active} ${phase.data?.phase}`;
}

function Figure(): string {
  const { data, error } = useQuery(stats);
  return error
    ? error.message
    : data
      ? `figure ${(data as never as { streak: number }).streak}`
      : "…";
}

test("a page that is opened asks once for its phase and for what runs", async () => {
  const client = open(Timer);
  expect(await screen.findByText("false idle")).toBeTruthy();
  expect(asked).toEqual(["/api/sessions/now"]);
  // From then on each is asked for by itself: the one is looked at every 20 seconds.
  await act(() => refreshFigures(client, "began"));
  expect(asked.slice(1)).toEqual(["/api/sessions/active", "/api/sessions/now"]);
});

test("who reloads until no more may be asked sees what was known, and hears of no limit", async () => {
  open(Figure);
  expect(await screen.findByText("figure 1")).toBeTruthy();
  answers = () => BUSY;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  open(Figure);
  expect(await screen.findByText("figure 1")).toBeTruthy();
  answers = () => ({ streak: 7 });
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  await waitFor(() => expect(screen.getByText("figure 7")).toBeTruthy());
});

test("a reload asks anew, however late a slow network brought the scripts", async () => {
  vi.spyOn(performance, "getEntriesByType").mockReturnValue([{ type: "reload" }] as never);
  const moment = vi.spyOn(performance, "now").mockReturnValue(60_000);
  vi.resetModules();
  const { shared, FRESH } = await import("./shared");
  const { sharing } = await import("../api/client");
  const ask = vi.spyOn(sharing, "ask").mockResolvedValue(null);
  const context = { client: new QueryClient(), queryKey: ["phase"] };
  const askNow = shared(null, () => Promise.resolve(null));
  await askNow(context as never);
  moment.mockReturnValue(66_000);
  await askNow(context as never);
  expect(ask.mock.calls.map(([, oldest]) => oldest)).toEqual([0, FRESH]);
});

test("what was known before a change, by another user or too long ago is shown to nobody", async () => {
  const client = open(Figure);
  expect(await screen.findByText("figure 1")).toBeTruthy();
  const soon = Date.now();
  answers = () => BUSY;

  signedInAs("bob");
  open(Figure);
  expect(await screen.findByText("Too many")).toBeTruthy();
  signedInAs("ann");
  vi.spyOn(Date, "now").mockReturnValue(soon + 121_000);
  open(Figure);
  expect(await screen.findByText("Too many")).toBeTruthy();
  vi.spyOn(Date, "now").mockReturnValue(soon + 1_000);
  await refreshFigures(client, "ended");
  open(Figure);
  expect(await screen.findByText("Too many")).toBeTruthy();
});

test("a change during the first request is in what is shown: its answer may be of before", async () => {
  let answerFirst = () => {};
  vi.mocked(api.GET).mockImplementationOnce(
    () =>
      new Promise((resolve) => {
        const first = { data: { streak: 1 }, response: new Response() };
        answerFirst = () => resolve(first);
      }),
  );
  const client = open(Figure);
  await waitFor(() => expect(api.GET).toHaveBeenCalledTimes(1));
  answers = () => ({ streak: 2 });
  const refreshed = refreshFigures(client, "ended");
  answerFirst();
  await act(() => refreshed);
  expect(await screen.findByText("figure 2")).toBeTruthy();
  expect(api.GET).toHaveBeenCalledTimes(2);
});
