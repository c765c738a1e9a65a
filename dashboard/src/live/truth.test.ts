import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { api, auth } from "../api/client";
import { clock, steadily } from "../api/clock";
import { sender } from "../focus/outbox/sessionRequests";
import { refreshFigures } from "../queries/changes";
import { active } from "../queries/queries";
import { knownAnswer } from "../queries/shared";
import type { SessionMessage } from "./messages";
import { setClock, Truth } from "./truth";

const NOON = Date.parse("2026-11-26T12:00:00Z");
const at = (second: number) => new Date(NOON + second * 1000).toISOString();
const running = (id: string, began = 0, duration_min: number | null = 25) =>
  ({ id, duration_min, created_at: at(began), status: "active" }) as SessionMessage["session"];
const ended = (id: string, second = 60) =>
  ({
    ...running(id),
    status: "abandoned",
    ended_at: at(second),
  }) as unknown as SessionMessage["last_ended"];

let client: QueryClient;
let truth: Truth;
/** The names of the queries that were asked for again. */
let asked: string[];
const known = () => client.getQueryData(active.queryKey)?.session;
const tells = (
  session: SessionMessage["session"],
  second: number,
  last_ended: SessionMessage["last_ended"] = null,
) => truth.hear({ type: "session", session, server_time: at(second), last_ended });
const passing = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** Look at a query as a page does. */
function watch(...queryKey: string[]): void {
  const queryFn = async () => {
    asked.push(queryKey.join(" "));
    return null;
  };
  client.setQueryData(queryKey, null);
  new QueryObserver(client, { queryKey, queryFn, staleTime: Infinity }).subscribe(() => undefined);
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  client = new QueryClient();
  truth = new Truth(client);
  auth.accept({ access_token: "token", expires_in: 900, user: { id: "alice" } });
  for (const key of ["now", "me", "garden", "plant"]) watch(key);
  watch("figures", "today");
});
afterEach(() => {
  truth.stop();
  client.clear();
  auth.forget();
  vi.useRealTimers();
});

test("the first state is known at once, and asks for nothing", async () => {
  tells(running("a"), 1);
  await passing(0);
  expect(known()?.id).toBe("a");
  expect(asked).toEqual([]);
});

test("a state waits for no refresh of the token", async () => {
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
  void api.POST("/api/auth/refresh", {});
  await passing(0);
  tells(running("a"), 1);
  await passing(0);
  expect(known()?.id).toBe("a");
});

test("a start elsewhere is shown, and its phase and plant asked for", async () => {
  tells(null, 0);
  tells(running("a", 1), 1);
  await passing(0);
  expect(known()?.id).toBe("a");
  expect(asked.sort()).toEqual(["now", "plant"]);
});

test("an end elsewhere is shown, and all that comes of it asked for", async () => {
  tells(running("a"), 1);
  tells(null, 60, ended("a"));
  await passing(0);
  expect(known()).toBeNull();
  expect(asked.sort()).toEqual(["figures today", "garden", "me", "now", "plant"]);
  // Ended by hand: there is nothing to be looked up.
  expect(client.getQueryData(["session", "a"])).toMatchObject({ status: "abandoned" });
});

test("a session that ran out is looked up, since that settles it", async () => {
  tells(running("a"), 1);
  tells(null, 1501, ended("a", 1500));
  expect(client.getQueryData(["session", "a"])).toBeUndefined();
});

test("another plan moves the ring, without asking for figures", async () => {
  tells(running("a"), 1);
  tells(running("a", 0, 50), 2);
  await passing(0);
  expect(known()?.duration_min).toBe(50);
  expect(asked).not.toContain("figures today");
});

test("a session that began and ended unseen is in the figures", async () => {
  tells(null, 0, ended("a"));
  tells(null, 90, ended("b", 80));
  await passing(0);
  expect(asked).toContain("figures today");
});

test("a state from before the start that is known is dropped", async () => {
  tells(null, 0);
  // The answer to this browser's own start.
  client.setQueryData(active.queryKey, { has_active: true, session: running("b", 10) });
  tells(null, 9);
  await passing(0);
  expect(known()?.id).toBe("b");
  tells(null, 70, ended("b", 70));
  await passing(0);
  expect(known()).toBeNull();
});

test("a session that has ended never runs again", async () => {
  tells(running("a"), 1);
  // This browser's own end.
  const errand = { what: "abandon", user: "alice", session: "a", at: 0 } as const;
  const outcome = { answer: { ended: ended("a")!, isLast: true } };
  sender.settle(errand, outcome);
  client.setQueryData(active.queryKey, { has_active: false, session: null });
  tells(running("a"), 59);
  await passing(0);
  expect(known()).toBeNull();
});

test("an answer that was asked for before the state comes too late", async () => {
  type Nothing = { has_active: boolean; session: null };
  let answer!: (nothing: Nothing) => void;
  const slow = new Promise<Nothing>((resolve) => {
    answer = resolve;
  });
  const found = client.fetchQuery({ queryKey: active.queryKey, queryFn: () => slow });
  found.catch(() => undefined);
  tells(running("a"), 1);
  answer({ has_active: false, session: null });
  await passing(0);
  expect(known()?.id).toBe("a");
});

test("an answer that comes after the state is newer", async () => {
  tells(running("a"), 1);
  await client.fetchQuery({
    queryKey: active.queryKey,
    queryFn: async () => ({ has_active: false, session: null }),
  });
  expect(known()).toBeNull();
});

test("this browser's own end is told by its answer, not by the socket", async () => {
  tells(running("a"), 1);
  const errand = { what: "abandon", user: "alice", session: "a", at: 0 } as const;
  const waiting = vi.spyOn(sender, "snapshot").mockReturnValue({ waiting: [errand], pause: null });
  tells(null, 60, ended("a"));
  await passing(200);
  expect(known()?.id).toBe("a");
  waiting.mockReturnValue({ waiting: [], pause: null });
  sender.settle(errand, { answer: { ended: ended("a")!, isLast: true } });
  void refreshFigures(client, "ended", knownAnswer(active.queryKey, { session: null }));
  await passing(60);
  expect(asked.filter((key) => key === "figures today")).toHaveLength(1);
});

test("an end without an answer is taken from the socket after a second", async () => {
  tells(running("a"), 1);
  const errand = { what: "abandon", user: "alice", session: "a", at: 0 } as const;
  vi.spyOn(sender, "snapshot").mockReturnValue({ waiting: [errand], pause: null });
  tells(null, 60, ended("a"));
  await passing(1_100);
  expect(known()).toBeNull();
});

test("news of a moment are asked for once", async () => {
  truth.hear({ type: "changed", what: ["stats", "garden"] });
  await passing(100);
  truth.hear({ type: "changed", what: ["profile", "stats", "a topic of tomorrow"] });
  await passing(1_000);
  expect(asked.sort()).toEqual(["figures today", "garden", "me", "plant"]);
});

test("what was asked for since it was written is not asked for again", async () => {
  const since = (milliseconds: number) => new Date(clock.now() + milliseconds).toISOString();
  setClock(at(0), performance.now(), performance.now());
  const written_at = since(-20);
  // This browser's own change, answered after it was written.
  void refreshFigures(client, "ended");
  await passing(0);
  asked = [];
  truth.hear({ type: "changed", what: ["garden", "history", "profile", "stats"], written_at });
  await passing(1_000);
  expect(asked).toEqual([]);
  // Another device's.
  truth.hear({ type: "changed", what: ["garden"], written_at: since(0) });
  await passing(1_000);
  expect(asked.sort()).toEqual(["garden", "plant"]);
});

test("the answer to auth sets the clock to the millisecond", () => {
  setClock(at(0), performance.now(), performance.now());
  expect(Math.abs(clock.now() - NOON)).toBeLessThan(2);
  expect(clock.earliest()).toBeGreaterThan(NOON - 2);
  expect(steadily()).not.toBe(NOON);
});
