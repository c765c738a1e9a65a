import { afterEach, expect, test, vi } from "vitest";

import { storage } from "./storage";

afterEach(() => {
  vi.restoreAllMocks();
  storage.remove("name");
});

test("an entry is there after a reload", () => {
  storage.set("name", "kept");
  expect(localStorage.getItem("name")).toBe("kept");
  expect(storage.get("name")).toBe("kept");
  storage.remove("name");
  expect(storage.get("name")).toBeNull();
  expect(storage.lasts).toBe(true);
});

test("an entry is safe only where it outlasts a reload", () => {
  expect(storage.isSafe("name")).toBe(false);
  storage.set("name", "kept");
  expect(storage.isSafe("name")).toBe(true);
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("Full", "QuotaExceededError");
  });
  storage.set("name", "newer");
  expect(storage.isSafe("name")).toBe(false);
});

test("a browser that refuses site data keeps it as long as the page", () => {
  vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
    throw new DOMException("Access is denied", "SecurityError");
  });
  expect(storage.get("name")).toBeNull();
  expect(storage.lasts).toBe(false);
  storage.set("name", "for now");
  expect(storage.get("name")).toBe("for now");
  storage.remove("name");
  expect(storage.get("name")).toBeNull();
});

test("a full storage loses nothing of the page", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("Full", "QuotaExceededError");
  });
  expect(storage.lasts).toBe(false);
  storage.set("name", "new");
  expect(storage.get("name")).toBe("new");
});
