import { expect, test, vi } from "vitest";

import { alone, type Locks } from "./locks";
import { fakeLocks } from "./fakes";

const refusing = (name: string) =>
  ({ request: () => Promise.reject(new DOMException("no", name)) }) as unknown as Locks;

test.each<[string, Locks | undefined]>([
  ["an insecure origin has no locks", undefined],
  ["blocked site data refuses them", refusing("SecurityError")],
  ["another tab hangs", refusing("TimeoutError")],
])("where %s it runs all the same", async (_, locks) => {
  expect(await alone("one", async () => "done", locks)).toBe("done");
});

test("what fails under a lock is not run again without", async () => {
  const run = vi.fn(async () => Promise.reject(new Error("refused")));
  await expect(alone("one", run, fakeLocks())).rejects.toThrow("refused");
  expect(run).toHaveBeenCalledTimes(1);
});

test("the second runs after the first, and knows that it waited", async () => {
  const locks = fakeLocks();
  const said: string[] = [];
  const turn = (name: string) => async (waited: boolean) => {
    said.push(`${name} begins${waited ? " late" : ""}`);
    await Promise.resolve();
    said.push(`${name} ends`);
  };
  await Promise.all([alone("one", turn("a"), locks), alone("one", turn("b"), locks)]);
  expect(said).toEqual(["a begins", "a ends", "b begins late", "b ends"]);
});
