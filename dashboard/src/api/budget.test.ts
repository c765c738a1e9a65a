import { beforeEach, expect, test } from "vitest";

import { Budget } from "./budget";
import { fakeChannels } from "./tabs/fakeTabs";

beforeEach(() => sessionStorage.clear());

function setUp() {
  let now = 1_000_000;
  const budget = new Budget(() => now);
  const told = (left: number, seconds: number, most = 60) =>
    budget.note(
      new Headers({
        "RateLimit-Policy": `"api";q=${most};w=60`,
        RateLimit: `"api";r=${left};t=${seconds}`,
      }),
    );
  return { budget, told, pass: (seconds: number) => (now += seconds * 1000) };
}

test("all tabs know the limit that one of them was told", () => {
  const open = fakeChannels();
  const [one, other] = [open(), open()].map((channel) => new Budget(() => 1_000_000, channel));
  one!.note(new Headers({ "RateLimit-Policy": '"api";q=60;w=60', RateLimit: '"api";r=3;t=40' }));
  return Promise.resolve().then(() => expect(other!.wait("timer")).toBe(40));
});

test("a page that was reloaded knows what the one before was told, as long as it holds", () => {
  setUp().told(3, 40);
  expect(new Budget(() => 1_010_000).wait("timer")).toBe(30);
  expect(new Budget(() => 1_040_000).wait("timer")).toBe(0);
});

test("before any answer there is room", () => {
  const { budget } = setUp();
  expect([budget.wait("figures"), budget.wait("timer")]).toEqual([0, 0]);
});

test("figures leave the last of a minute to the timer and to hands", () => {
  const { budget, told } = setUp();
  told(16, 40);
  expect(budget.wait("figures")).toBe(0);
  told(15, 40);
  expect(budget.wait("figures")).toBe(40);
  expect(budget.wait("timer")).toBe(0);
  told(5, 40);
  expect(budget.wait("timer")).toBe(40);
});

test("a request on its way counts before its answer", () => {
  const { budget, told } = setUp();
  told(17, 40);
  budget.take("figures");
  budget.take("figures");
  expect(() => budget.take("figures")).toThrow("40 seconds");
});

test("an answer that was overtaken gives nothing back", () => {
  const { budget, told } = setUp();
  told(10, 40);
  told(20, 40);
  expect(budget.wait("figures")).toBe(40);
});

test("a new minute has room again", () => {
  const { budget, told, pass } = setUp();
  told(3, 20);
  pass(21);
  expect(budget.wait("figures")).toBe(0);
  told(59, 59);
  expect(budget.wait("figures")).toBe(0);
});

test("without headers, or with others, nothing is held back", () => {
  const { budget } = setUp();
  budget.note(new Headers());
  budget.note(new Headers({ RateLimit: "60", "RateLimit-Policy": "a minute" }));
  expect(budget.wait("timer")).toBe(0);
});

test("a clock that was set does not hold for ever", () => {
  const { budget, told, pass } = setUp();
  told(1, 30);
  pass(-86_400);
  expect(budget.wait("figures")).toBe(0);
});
