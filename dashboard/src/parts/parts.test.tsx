import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";

import { ProgressRing } from "./figures/ProgressRing";
import { Menu } from "./floating/Menu";
import { Sheet } from "./floating/Sheet";
import { putAway, say, STAYS } from "./floating/toasts";
import { Toasts } from "./floating/Toasts";
import { Tooltip } from "./floating/Tooltip";
import { Segmented } from "./forms/Segmented";
import { Switch } from "./forms/Switch";
import { Tabs } from "./tabs/Tabs";

const press = (key: string) => userEvent.keyboard(`{${key}}`);

test("a sheet has its title as its name, and is closed by its button and beside it", async () => {
  // jsdom knows the element, and not what it does.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  const close = vi.fn();
  const { rerender } = render(
    <Sheet title="Plants" open onClose={close}>
      <p>All of them</p>
    </Sheet>,
  );
  await userEvent.click(screen.getByText("All of them"));
  expect(close).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  await userEvent.click(screen.getByRole("dialog", { name: "Plants" }));
  expect(close).toHaveBeenCalledTimes(2);
  rerender(
    <Sheet title="Plants" open={false} onClose={close}>
      <p>All of them</p>
    </Sheet>,
  );
  expect(screen.queryByText("All of them")).toBeNull();
});

function ThreeTabs() {
  const [chosen, choose] = useState<"a" | "b" | "c">("a");
  return (
    <Tabs
      label="Parts"
      tabs={[
        ["a", "First"],
        ["b", "Second"],
        ["c", "Third"],
      ]}
      chosen={chosen}
      onChoose={choose}
    >
      {`It is ${chosen}`}
    </Tabs>
  );
}

test.each([
  ["ltr", "ArrowRight", "ArrowLeft"],
  ["rtl", "ArrowLeft", "ArrowRight"],
])("the arrows go from tab to tab, as they are written: %s", async (dir, forward, back) => {
  render(
    <div style={{ direction: dir as "ltr" }}>
      <ThreeTabs />
    </div>,
  );
  await userEvent.click(screen.getByRole("tab", { name: "First" }));
  await press(forward);
  expect(document.activeElement?.textContent).toBe("Second");
  expect(screen.getByRole("tabpanel", { name: "Second" }).textContent).toBe("It is b");
  await press(back);
  await press(back);
  expect(document.activeElement?.textContent).toBe("Third");
  await press("Home");
  expect(screen.getByRole("tab", { selected: true }).textContent).toBe("First");
});

test("a menu opens on its first act, is walked by arrows, and gives the focus back", async () => {
  const remove = vi.fn();
  const items = [
    { label: "Edit", act: vi.fn() },
    { label: "Delete", act: remove, warns: true },
  ];
  render(<Menu label="Session of 9:00" items={items} />);
  const button = screen.getByRole("button", { name: "Session of 9:00" });
  await userEvent.click(button);
  expect(document.activeElement?.textContent).toBe("Edit");
  await press("Escape");
  expect(screen.queryByRole("menu")).toBeNull();
  expect(document.activeElement).toBe(button);
  await press("Enter");
  await press("ArrowDown");
  await press("Enter");
  expect(remove).toHaveBeenCalledOnce();
  await userEvent.click(button);
  await userEvent.click(document.body);
  expect(screen.queryByRole("menu")).toBeNull();
});

test("a toast goes by itself, not while it is pointed at, and can be taken back", async () => {
  vi.useFakeTimers();
  const undo = vi.fn();
  render(<Toasts />);
  act(() => say("Deleted."));
  expect(screen.getByRole("status").textContent).toBe("Deleted.");
  act(() => void vi.advanceTimersByTime(STAYS));
  expect(screen.getByRole("status").textContent).toBe("");
  act(() => say("Deleted.", { label: "Undo", run: undo }));
  act(() => screen.getByRole("button", { name: "Undo" }).focus());
  act(() => void vi.advanceTimersByTime(STAYS * 3));
  act(() => screen.getByRole("button", { name: "Undo" }).click());
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.getByRole("status").textContent).toBe("");
  act(putAway);
});

test("a switch and segments have their names and tell what is chosen", async () => {
  const turn = vi.fn();
  const choose = vi.fn();
  render(
    <>
      <Switch label="Sounds" hint="A bell at the end." checked={false} onChange={turn} />
      <Segmented
        legend="Theme"
        isLegendHidden
        choices={[
          ["auto", "Device"],
          ["dark", "Dark"],
        ]}
        chosen="auto"
        onChoose={choose}
      />
    </>,
  );
  await userEvent.click(screen.getByRole("switch", { name: "Sounds" }));
  expect(turn).toHaveBeenCalledWith(true);
  expect(screen.getByRole("group", { name: "Theme" })).toBeTruthy();
  await userEvent.click(screen.getByRole("radio", { name: "Dark" }));
  expect(choose).toHaveBeenCalledWith("dark");
});

test("a tooltip describes its button, and Escape puts it away until the next time", async () => {
  render(
    <Tooltip words="Full screen">
      <button type="button">F</button>
    </Tooltip>,
  );
  const button = screen.getByRole("button");
  const box = screen.getByRole("tooltip").parentElement;
  expect(button.getAttribute("aria-describedby")).toBe(screen.getByRole("tooltip").id);
  await userEvent.tab();
  await press("Escape");
  expect(box?.dataset.putAway).toBe("true");
  await userEvent.tab();
  expect(box?.dataset.putAway).toBeUndefined();
});

test("a ring has no dot for nothing, is full at the most, and hatches what was told", () => {
  const arcs = (of: HTMLElement) =>
    [...of.querySelectorAll("circle")].map(
      (circle) =>
        `${circle.getAttribute("class")} ${circle.getAttribute("stroke-dasharray") ?? "all"}`,
    );
  const { container, rerender } = render(<ProgressRing share={0} label="0 of 60 minutes" />);
  expect(screen.getByRole("img", { name: "0 of 60 minutes" })).toBeTruthy();
  expect(arcs(container)).toEqual(["track all"]);
  rerender(<ProgressRing share={0.75} told={0.25} label="45 of 60 minutes" />);
  expect(arcs(container)).toEqual(["track all", "told 75 200", "seen 50 200"]);
  const pattern = container.querySelector("pattern")?.id;
  expect(container.querySelector(".told")?.getAttribute("stroke")).toBe(`url(#${pattern})`);
  rerender(<ProgressRing share={3} label="180 of 60 minutes" />);
  expect(arcs(container)).toEqual(["track all", "seen 100 200"]);
});
