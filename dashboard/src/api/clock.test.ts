import { expect, test, vi } from "vitest";

import { type ClockReading, ServerClock, steadily } from "./clock";

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

test("setting the device's clock changes nothing", () => {
  const before = steadily();
  vi.spyOn(Date, "now").mockReturnValue(before + 3_600_000);
  expect(steadily() - before).toBeLessThan(1_000);
  expect(new ServerClock().now() - before).toBeLessThan(1_000);
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

/** Two tabs whose clocks began apart, on one device. */
function tabs() {
  const time = { server: START, device: START, steady: START };
  const tab = (apart: number) => {
    const local = () => time.steady + apart;
    const clock = new ServerClock(local, () => Math.floor(time.device));
    const hear = () => clock.tell(Math.floor(time.server / 1000) * 1000, local(), local());
    return { clock, hear, off: () => Math.abs(clock.now() - time.server) };
  };
  const pass = (ms: number, isAsleep = false) => {
    time.server += ms;
    time.device += ms;
    if (!isAsleep) time.steady += ms;
  };
  return { one: tab(-98_765), other: tab(12_345), time, pass };
}
const readingOf = ({ clock }: { clock: ServerClock }) => clock.reading() as ClockReading;

test("a tab learns from another one whose clock began elsewhere", () => {
  const { one, other } = tabs();
  expect(one.clock.reading()).toBeNull();
  one.hear();
  other.clock.take(readingOf(one));
  expect(other.off()).toBeLessThan(1_000);
});

test("a reading that a frozen tab gets late takes nothing back, and is never ahead", () => {
  const { one, other, time, pass } = tabs();
  one.hear();
  const reading = readingOf(one);
  pass(60_000);
  other.clock.take(reading);
  expect(other.clock.earliest()).toBeLessThanOrEqual(time.server);
  other.hear();
  other.clock.take(reading);
  expect(other.off()).toBeLessThan(1_000);
});

test("after a sleep the tab that has heard the server since is believed, and no other", () => {
  const { one, other, pass } = tabs();
  one.hear();
  other.clock.take(readingOf(one));
  pass(1_900, true);
  const stale = readingOf(other);
  one.hear();
  one.clock.take(stale);
  expect(one.off()).toBeLessThan(1_000);
  other.clock.take(readingOf(one));
  expect(other.off()).toBeLessThan(1_000);
});

test("after a sleep any answer is believed, though the service told its time before", () => {
  const { one, time, pass } = tabs();
  one.hear();
  pass(8 * 3_600_000, true);
  const local = START - 98_765;
  one.clock.note(new Date(time.server).toUTCString(), local, local + 40);
  expect(one.off()).toBeLessThan(1_100);
  // And the word of the service goes before that of a proxy again.
  one.hear();
  one.clock.note(new Date(time.server + 90_000).toUTCString(), local, local + 40);
  expect(one.off()).toBeLessThan(1_100);
});

test("a tab that slept and has heard nothing since tells no other tab the time", () => {
  const { one, other, pass } = tabs();
  one.hear();
  other.clock.take(readingOf(one));
  pass(3_600_000, true);
  expect(one.clock.reading()).toBeNull();
  expect(other.clock.reading()).toBeNull();
  one.hear();
  other.clock.take(readingOf(one));
  expect(other.off()).toBeLessThan(1_000);
});

test("tabs that tell each other all day keep the server's time between their bounds", () => {
  const { one, other, time, pass } = tabs();
  pass(950);
  one.hear();
  for (let n = 0; n < 2_000; n += 1) {
    const [from, to] = n % 2 === 0 ? [one, other] : [other, one];
    const reading = readingOf(from);
    pass(0.9);
    to.clock.take(reading);
  }
  expect(readingOf(one).latest).toBeGreaterThanOrEqual(time.server);
  expect(readingOf(one).earliest).toBeLessThanOrEqual(time.server);
});

test("the service's own word of one tab goes before the header that another one heard", () => {
  const { one, other } = tabs();
  other.clock.note(new Date(START + 90_000).toUTCString(), START + 12_345, START + 12_345);
  one.hear();
  other.clock.take(readingOf(one));
  expect(other.off()).toBeLessThan(1_100);
  one.clock.note(new Date(START + 90_000).toUTCString(), START - 98_765, START - 98_765);
  expect(one.off()).toBeLessThan(1_100);
});
