import { expect, test, vi } from "vitest";

import { ServerClock, steadily } from "./clock";

/** A server whose clock is `ahead` ms of ours, and answers with whole seconds. */
function answers(clock: ServerClock, ahead: number, moments: number[], way = 40): void {
  for (const asked of moments) {
    const second = Math.floor((asked + way / 2 + ahead) / 1000) * 1000;
    clock.note(new Date(second).toUTCString(), asked, asked + way);
  }
}

const START = Date.parse("2026-01-18T12:00:00Z");
const many = Array.from({ length: 40 }, (_, n) => START + n * 1137);

test("the local clock holds until the server has spoken", () => {
  expect(new ServerClock(() => START).now()).toBe(START);
});

test.each([0, 12_345, -98_765])("answers narrow the offset of %d ms", (ahead) => {
  const clock = new ServerClock();
  answers(clock, ahead, many);
  expect(Math.abs(clock.offset - ahead)).toBeLessThan(60);
});

test("one answer is right within a second", () => {
  const clock = new ServerClock();
  answers(clock, 7_000, [START + 600]);
  expect(Math.abs(clock.offset - 7_000)).toBeLessThan(1_000);
});

test.each([0, 12_345, -98_765])("what is surely reached is never ahead (%d ms)", (ahead) => {
  const now = START + 999_000;
  const clock = new ServerClock(() => now);
  for (const moment of many) {
    answers(clock, ahead, [moment]);
    expect(clock.earliest()).toBeLessThanOrEqual(now + ahead);
  }
  expect(clock.earliest()).toBeGreaterThan(now + ahead - 120);
});

test("a clock that was changed is believed anew", () => {
  const clock = new ServerClock();
  answers(clock, 0, many);
  answers(clock, 3_600_000, many);
  expect(Math.abs(clock.offset - 3_600_000)).toBeLessThan(60);
});

test.each([null, "", "soon"])("an answer without a date (%s) says nothing", (date) => {
  const clock = new ServerClock();
  clock.note(date, START, START);
  expect(clock.offset).toBe(0);
});

test("a hand on the device's clock moves nothing", () => {
  const before = steadily();
  vi.spyOn(Date, "now").mockReturnValue(before + 3_600_000);
  expect(steadily() - before).toBeLessThan(1_000);
  expect(new ServerClock().now() - before).toBeLessThan(1_000);
  vi.restoreAllMocks();
});

test("the service's own word goes before the header of a proxy", () => {
  const clock = new ServerClock();
  clock.note(new Date(START + 90_000).toUTCString(), START, START + 40);
  clock.tell(START, START, START + 40);
  clock.note(new Date(START + 90_000).toUTCString(), START + 50, START + 90);
  expect(Math.abs(clock.offset)).toBeLessThan(1_100);
});

test("after a sleep the service's next word is believed", () => {
  const clock = new ServerClock();
  clock.tell(START, START, START + 40);
  clock.tell(START + 3_600_000, START + 100, START + 140);
  expect(Math.abs(clock.offset - 3_600_000)).toBeLessThan(1_100);
});
