import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { auth } from "../../api/client";
import { clock } from "../../api/clock";
import type { Wanted } from "./errands";
import { sender, start } from "./sessionRequests";

const MINUTE = 60_000;
const USER = { user: "alice", session: "5e551077-0000-4000-8000-000000000000" };
const WISH = { minutes: 25, plant: null, label: null, note: "" };
const ago = (minutes: number) => ({ server: null, device: Date.now() - minutes * MINUTE });
const NOON = { server: Date.parse("2026-11-26T12:00:00Z"), device: 0 };
const typed = { minutes: 25, local_date: "2026-11-26", note: "" };

/** What the service was told, in full: by the same words it knows what it heard before. */
let told: string[];
/** The answers that are lost on their way here, though their requests were heard. */
let lost: number;

/** Hear of a request, and answer it unless that is lost. */
async function hear(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const headers = { "Content-Type": "application/json", Date: new Date().toUTCString() };
  const answer = (body: object) => new Response(JSON.stringify(body), { headers });
  if (request.method === "GET") return answer({ has_active: false, session: null });
  const key = request.headers.get("Idempotency-Key") ?? "";
  told.push([request.method, pathname, key, await request.text()].join(" "));
  if (lost > 0) {
    lost -= 1;
    throw new TypeError("Failed to fetch");
  }
  return answer({ results: [{ verdict: "accepted" }], minutes: 25 });
}

beforeEach(() => {
  told = [];
  lost = 2;
  vi.stubGlobal("fetch", hear);
  auth.accept({ access_token: "a.b.c", expires_in: 900, user: { id: USER.user } });
});
afterEach(() => auth.forget());

test.each<[string, Wanted]>([
  ["an end", { ...USER, what: "complete", due: false }],
  ["a plant", { ...USER, what: "plant", plant: "Rose" }],
  ["a start", { ...USER, what: "start", wish: WISH, began: ago(0), key: "k" }],
  ["an entry", { ...USER, what: "entry", began: NOON, minutes: 9, label: null, note: "" }],
  ["an entry that was typed", { ...USER, what: "typed", body: typed, key: "k" }],
])("%s whose answers are lost is told again by the same words", async (_, wanted) => {
  await sender.put(wanted);
  await sender.flush();
  await sender.flush();
  expect(told).toHaveLength(3);
  expect(told).toEqual(told.map(() => told[0]));
  expect(sender.snapshot().waiting).toEqual([]);
});

/** Caught: by the clocks of the moment it was another entry, and refused for its name. */
test("an entry is told by the time that it has, before a page has heard any clock", async () => {
  vi.spyOn(clock, "earliest").mockReturnValue(-Infinity);
  lost = 0;
  await sender.put({ ...USER, what: "entry", began: NOON, minutes: 9, label: null, note: "" });
  expect(told).toEqual([expect.stringContaining('"at":"2026-11-26T12:00:00.000Z"')]);
});

test("a local session whose answers are lost is divided once", async () => {
  await sender.put({ ...USER, what: "start", wish: WISH, began: ago(10), key: "k" });
  await sender.flush();
  await sender.flush();
  const [first, ...more] = told;
  expect(first).toMatch(/^POST \/api\/entries\/batch .*"minutes":10/);
  expect(more).toEqual([first, first, expect.stringMatching(/"duration_min":15/)]);
  expect(more.at(-1)).not.toContain(" k ");
});

test("a start that is kept after a lost answer is sent by the key that it had", async () => {
  expect(await start(WISH, new AbortController().signal, () => undefined)).toBeNull();
  await vi.waitFor(() => expect(told).toHaveLength(2));
  await sender.flush();
  expect(told).toEqual([told[0], told[0], told[0]]);
});
