import { beforeEach, expect, test, vi } from "vitest";

import { ApiError, errorOf } from "../../api/errors";
import { type Pause, persist } from "./retry";

const BUSY = new ApiError(429, "RATE_LIMITED", "Slowly.", {}, 37);
const OFFLINE = new ApiError(0, "OFFLINE", "No connection.");

function setUp(answers: (Error | string)[]) {
  const stop = new AbortController();
  const said: (Pause["why"] | null)[] = [];
  const attempt = vi.fn(async () => {
    const answer = answers.shift() ?? "done";
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const all = persist(attempt, stop.signal, (pause) => said.push(pause?.why ?? null));
  const outcome = all.then(
    (answer) => answer,
    (error: Error) => error,
  );
  return { stop, said, attempt, outcome };
}

beforeEach(() => void vi.useFakeTimers());
test("a start says that it waits, and goes on when it may", async () => {
  const { said, attempt, outcome } = setUp([BUSY]);
  await vi.advanceTimersByTimeAsync(0);
  expect(said).toEqual(["busy"]);
  await vi.advanceTimersByTimeAsync(36_500);
  expect(attempt).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await outcome).toBe("done");
  expect(said).toEqual(["busy", null]);
});

/** An answer of a proxy, of a machine of ours, and of the sign-in page of a network. */
test.each([
  [200, "faulty"],
  [404, "faulty"],
  [413, "faulty"],
  [502, "faulty"],
  [429, "busy"],
  [503, "busy"],
])("a page in the place of an answer (%d) is told as %s", async (status, why) => {
  const page = errorOf(new Response("<html>", { status }), undefined);
  const { said, outcome } = setUp([page]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await outcome).toBe("done");
  expect(said).toEqual([why, null]);
});

test.each([
  [500, "INTERNAL_ERROR", "faulty"],
  [504, "GATEWAY_TIMEOUT", "faulty"],
  [503, "SERVICE_UNAVAILABLE", "busy"],
  [409, "IDEMPOTENCY_KEY_IN_FLIGHT", "busy"],
])("what the service says of itself (%d %s) is told as %s", async (status, code, why) => {
  const { said, outcome } = setUp([new ApiError(status, code, "Not now.")]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await outcome).toBe("done");
  expect(said).toEqual([why, null]);
});

test("a start that waits can be called off", async () => {
  const { stop, attempt, outcome } = setUp([BUSY]);
  await vi.advanceTimersByTimeAsync(0);
  stop.abort();
  expect(await outcome).toBe(stop.signal.reason);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(attempt).toHaveBeenCalledTimes(1);
});

test("the network that is back is not waited for any longer", async () => {
  const { attempt, outcome } = setUp([OFFLINE, OFFLINE, OFFLINE, OFFLINE, OFFLINE]);
  await vi.advanceTimersByTimeAsync(20_000);
  const before = attempt.mock.calls.length;
  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(attempt).toHaveBeenCalledTimes(before + 1);
  expect(await outcome).toBe("done");
});

test("a refused start is not tried again", async () => {
  const refused = new ApiError(422, "VALIDATION_ERROR", "Too long.");
  const { attempt, outcome } = setUp([refused]);
  expect(await outcome).toBe(refused);
  expect(attempt).toHaveBeenCalledTimes(1);
});
