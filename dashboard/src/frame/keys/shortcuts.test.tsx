import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { Router, useLocation } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { beforeEach, expect, test, vi } from "vitest";

import { useShortcut } from "../../parts/keys/shortcuts";
import { DEFAULTS } from "../../queries/preferences";
import { Shortcuts } from "./Shortcuts";

const start = vi.fn();
beforeEach(() => {
  start.mockClear();
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

function Page({ canStart }: { canStart: boolean }) {
  useShortcut("s", "Start a session, or end it", canStart ? start : null);
  return (
    <>
      <p>at {useLocation()[0]}</p>
      <input aria-label="Note" />
      <textarea aria-label="More" />
      <select aria-label="Label" />
      <div aria-label="Free" contentEditable />
      <input type="radio" aria-label="25 min" />
    </>
  );
}

function show({ shortcuts = true, canStart = true } = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(["preferences"], { ...DEFAULTS, shortcuts });
  return render(
    <QueryClientProvider client={client}>
      <Router hook={memoryLocation().hook}>
        <Shortcuts />
        <Page canStart={canStart} />
      </Router>
    </QueryClientProvider>,
  );
}

test("a key of the page, and the numbers of the pages", () => {
  show();
  fireEvent.keyDown(document.body, { key: "s" });
  fireEvent.keyDown(screen.getByLabelText("25 min"), { key: "S", shiftKey: true });
  expect(start).toHaveBeenCalledTimes(2);
  fireEvent.keyDown(document.body, { key: "3" });
  expect(screen.getByText("at /garden")).toBeTruthy();
  fireEvent.keyDown(document.body, { key: "7" });
  expect(screen.getByText("at /settings")).toBeTruthy();
});

test("a keyboard of other letters has its keys at the same places", () => {
  show();
  fireEvent.keyDown(document.body, { key: "س", code: "KeyS" });
  expect(start).toHaveBeenCalledOnce();
});

test.each([
  ["with Control", { ctrlKey: true }],
  ["with Alt", { altKey: true }],
  ["with the command key", { metaKey: true }],
  ["held down", { repeat: true }],
  ["of an input method", { isComposing: true }],
])("nothing happens %s", (_, how) => {
  show();
  fireEvent.keyDown(document.body, { key: "s", ...how });
  expect(start).not.toHaveBeenCalled();
});

test.each(["Note", "More", "Label", "Free"])("nothing happens while one writes: %s", (name) => {
  show();
  fireEvent.keyDown(screen.getByLabelText(name), { key: "s" });
  expect(start).not.toHaveBeenCalled();
});

test("every key is in the list, and does nothing while that is open", () => {
  show();
  fireEvent.keyDown(document.body, { key: "?", shiftKey: true });
  const dialog = screen.getByRole("dialog", { name: "Keys" });
  const listed = [...dialog.querySelectorAll("kbd")].map((key) => key.textContent);
  expect(listed.sort()).toEqual(["1", "2", "3", "4", "5", "6", "7", "?", "S"]);
  expect(dialog.textContent).toContain("Start a session, or end it");
  fireEvent.keyDown(document.body, { key: "s" });
  expect(start).not.toHaveBeenCalled();
});

test("a key without anything to do, and all of them switched off", () => {
  show({ canStart: false }).unmount();
  fireEvent.keyDown(document.body, { key: "s" });
  show({ shortcuts: false });
  fireEvent.keyDown(document.body, { key: "s" });
  fireEvent.keyDown(document.body, { key: "3" });
  expect(start).not.toHaveBeenCalled();
  expect(screen.getByText("at /")).toBeTruthy();
});
