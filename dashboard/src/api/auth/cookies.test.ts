import { expect, test, vi } from "vitest";

import { takesCookies } from "./cookies";

test("tabs that try it at the same moment do not take one another's cookie", () => {
  const jar = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  let inside = 0;
  vi.spyOn(document, "cookie", "set").mockImplementation((cookie) => {
    jar?.set?.call(document, cookie);
    inside += 1;
    // Between what one tab sets and what it reads, another does all of it.
    if (inside === 1) takesCookies();
  });
  expect(takesCookies()).toBe(true);
  expect(inside).toBe(4);
  expect(document.cookie).toBe("");
});
