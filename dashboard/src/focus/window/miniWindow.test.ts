import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { miniWindow } from "./miniWindow";

function fakeWindow() {
  const mini = new EventTarget() as EventTarget & { document: Document; close: () => void };
  mini.document = document.implementation.createHTMLDocument("");
  mini.close = vi.fn(() => void mini.dispatchEvent(new Event("pagehide")));
  return mini;
}
let mini: ReturnType<typeof fakeWindow>;
const requestWindow = vi.fn(async () => mini);

beforeEach(() => {
  mini = fakeWindow();
  requestWindow.mockClear();
  vi.stubGlobal("documentPictureInPicture", { requestWindow });
  document.head.innerHTML = '<link rel="stylesheet" href="/assets/index.css">';
  document.documentElement.lang = "en";
});
afterEach(() => {
  miniWindow.close();
  document.head.innerHTML = "";
});

test("it is asked for in the click itself, and dressed as the page is", async () => {
  miniWindow.open();
  // Nothing was awaited: an await before it loses the permission of the click.
  expect(requestWindow).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(miniWindow.snapshot()).toBe(mini));
  expect(mini.document.documentElement.lang).toBe("en");
  expect(mini.document.querySelector("link")!.getAttribute("href")).toBe("/assets/index.css");
});

test("one that its user closes is gone for the page too", async () => {
  miniWindow.open();
  await vi.waitFor(() => expect(miniWindow.snapshot()).toBe(mini));
  mini.dispatchEvent(new Event("pagehide"));
  expect(miniWindow.snapshot()).toBeNull();
});

test("a browser without it has no button for it, and one that refuses breaks nothing", async () => {
  requestWindow.mockRejectedValueOnce(new Error("NotAllowedError"));
  miniWindow.open();
  await Promise.resolve();
  expect(miniWindow.snapshot()).toBeNull();
  vi.stubGlobal("documentPictureInPicture", undefined);
  expect(miniWindow.isThere).toBe(false);
  miniWindow.open();
});
