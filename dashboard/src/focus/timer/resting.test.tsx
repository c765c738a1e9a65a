import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { useResting } from "./useResting";

const press = vi.fn();

function Page({ mayRest = true }: { mayRest?: boolean }) {
  useResting(mayRest);
  return (
    <button type="button" onClick={press}>
      End now
    </button>
  );
}

const isResting = () => "resting" in document.documentElement.dataset;

beforeEach(() => {
  vi.useFakeTimers();
  press.mockClear();
});

test.each(["pointermove", "keydown", "focusin", "scroll"])(
  "the frame fades without input, and %s brings it back",
  (kind) => {
    render(<Page />);
    vi.advanceTimersByTime(7_900);
    expect(isResting()).toBe(false);
    vi.advanceTimersByTime(200);
    expect(isResting()).toBe(true);
    fireEvent(window, new Event(kind));
    expect(isResting()).toBe(false);
    vi.advanceTimersByTime(8_100);
    expect(isResting()).toBe(true);
  },
);

test("the touch that wakes the page presses nothing", () => {
  vi.stubGlobal(
    "PointerEvent",
    class extends Event {
      pointerType = "touch";
    },
  );
  render(<Page />);
  const button = screen.getByRole("button");
  vi.advanceTimersByTime(8_100);
  button.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  fireEvent.click(button);
  expect(press).not.toHaveBeenCalled();
  fireEvent.click(button);
  expect(press).toHaveBeenCalledOnce();
});

test("nothing fades while something waits, and nothing stays faded after the session", () => {
  const { rerender, unmount } = render(<Page mayRest={false} />);
  vi.advanceTimersByTime(20_000);
  expect(isResting()).toBe(false);
  rerender(<Page />);
  vi.advanceTimersByTime(8_100);
  expect(isResting()).toBe(true);
  unmount();
  expect(isResting()).toBe(false);
});
