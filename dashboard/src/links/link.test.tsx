import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";

import { forgetLink, useLink } from "./link";
import { takeLinks } from "./takeLinks";

beforeAll(takeLinks);
afterEach(() => window.history.replaceState(null, "", "/"));

/** Open an address as a link in a mail, or another one pasted into the same page, does. */
function open(address: string) {
  window.history.pushState(null, "", address);
  act(() => void window.dispatchEvent(new PopStateEvent("popstate")));
}

const Shown = () => <p>link: {useLink() || "none"}</p>;
const page = () => <Shown />;

test.each(["/reset", "/verify", "/unsubscribe"])("%s has its secret out of sight", (path) => {
  open(`${path}?from=mail#secret-1`);
  expect(window.location.href).toBe(`${window.location.origin}${path}?from=mail`);
  render(page());
  expect(screen.getByText("link: secret-1")).toBeTruthy();
});

test("another link that is opened in the same page takes the place of the first", () => {
  open("/verify#first");
  render(page());
  open("/verify#second%20");
  expect(screen.getByText("link: second")).toBeTruthy();
  expect(window.location.hash).toBe("");
});

test("another link that the browser tells of as another fragment alone is read", () => {
  open("/verify#first");
  render(page());
  window.history.pushState(null, "", "/verify#second");
  act(() => void window.dispatchEvent(new HashChangeEvent("hashchange")));
  expect(screen.getByText("link: second")).toBeTruthy();
  expect(window.location.hash).toBe("");
});

test("a link that was used is not found again by a reload", () => {
  open("/reset#secret-2");
  forgetLink();
  render(page());
  expect(screen.getByText("link: none")).toBeTruthy();
});

test("the page that has used its link goes on showing what came of it", () => {
  open("/reset#secret-3");
  const { rerender } = render(page());
  act(forgetLink);
  rerender(page());
  expect(screen.getByText("link: secret-3")).toBeTruthy();
});

test("what other pages have behind the # is theirs", () => {
  open("/insight#main");
  expect(window.location.hash).toBe("#main");
});
