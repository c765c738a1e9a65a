import { expect, test } from "vitest";

import { clock } from "./clock";
import { errorOf } from "./errors";

const refused = (status: number, headers = {}) => new Response(null, { status, headers });

test("the envelope is read, with its fields", () => {
  const error = errorOf(refused(422), {
    detail: {
      message: "Check the fields.",
      error_code: "VALIDATION_ERROR",
      errors: { email: ["Taken."] },
    },
  });
  expect([error.status, error.code, error.message]).toEqual([
    422,
    "VALIDATION_ERROR",
    "Check the fields.",
  ]);
  expect(error.fields).toEqual({ email: ["Taken."] });
});

test.each([
  ["1", "Try again in 1 second."],
  ["30", "Try again in 30 seconds."],
  ["60", "Try again in 1 minute."],
  ["900", "Try again in 15 minutes."],
])("a 429 says when to try again", (seconds, said) => {
  const error = errorOf(refused(429, { "Retry-After": seconds }), {
    detail: { message: "Too many." },
  });
  expect(error.message).toBe(`Too many. ${said}`);
  expect(error.mayPass).toBe(true);
});

test.each([
  ["7", 7],
  ["0.2", 1],
  ["0", 0],
  ["-5", 0],
  ["999999", 3600],
  ["", null],
  ["soon", null],
])("Retry-After: %s is %s seconds", (header, seconds) => {
  expect(errorOf(refused(503, { "Retry-After": header }), {}).retryAfter).toBe(seconds);
});

test("a date in Retry-After is read by the server's clock", () => {
  const at = (Math.floor(clock.now() / 1000) + 60) * 1000;
  const { retryAfter } = errorOf(refused(503, { "Retry-After": new Date(at).toUTCString() }), {});
  // The clock goes on between the two looks.
  expect([58, 59, 60]).toContain(retryAfter);
});

test("an answer without an envelope has a message", () => {
  expect(errorOf(refused(502), "<html>").message).toBe("The service does not answer as it should.");
});

test.each([
  [403, "<html>Sign in to this network</html>"],
  [404, undefined],
  [405, {}],
  [409, null],
  [401, { detail: "Not ours." }],
])("what another machine says (%d) is no refusal of the service", (status, body) => {
  expect(errorOf(refused(status), body).mayPass).toBe(true);
});

test.each([400, 401, 404, 409, 422])("a refusal (%d) is not tried again", (status) => {
  const detail = { message: "No.", error_code: "ANY" };
  expect(errorOf(refused(status), { detail }).mayPass).toBe(false);
});

test.each([
  ["USERNAME_TAKEN", undefined, { username: ["Taken."] }],
  ["EMAIL_TAKEN", undefined, { email: ["Taken."] }],
  ["USERNAME_TAKEN", { username: ["It is."], email: ["So is it."] }, undefined],
  ["SESSION_FINISHED", undefined, {}],
])("a conflict (%s) belongs to its field, named or not", (error_code, errors, fields) => {
  const error = errorOf(refused(409), { detail: { message: "Taken.", error_code, errors } });
  expect(error.fields).toEqual(fields ?? errors);
});
