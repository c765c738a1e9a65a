import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { Stepper } from "./Stepper";

const sent = vi.fn();
const show = (value: number) => (
  <Stepper id="n" name="Focus" value={value} min={1} max={480} step={5} onChange={sent} />
);
const field = () => screen.getByRole<HTMLInputElement>("textbox");
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

beforeEach(() => {
  sent.mockReset();
  vi.useFakeTimers();
});

test("many steps are sent once, after the last of them", () => {
  render(show(25));
  for (let n = 0; n < 4; n++) press("More: Focus");
  expect(field().value).toBe("45");
  expect(sent).not.toHaveBeenCalled();
  pass(600);
  expect(sent.mock.calls).toEqual([[45]]);
});

test("what is counted in fives stays so, down to the least", () => {
  render(show(7));
  press("Less: Focus");
  expect(field().value).toBe("5");
  press("Less: Focus");
  expect(field().value).toBe("1");
  press("More: Focus");
  expect(field().value).toBe("5");
});

test("whoever leaves the page in the pause has changed it too", () => {
  const { unmount } = render(show(25));
  press("More: Focus");
  unmount();
  expect(sent.mock.calls).toEqual([[30]]);
  pass(600);
  expect(sent).toHaveBeenCalledTimes(1);
});

test("what may not be is marked and not sent, and gone when the field is left", () => {
  render(show(25));
  fireEvent.change(field(), { target: { value: "481" } });
  expect(field().getAttribute("aria-invalid")).toBe("true");
  pass(600);
  fireEvent.blur(field());
  expect(field().value).toBe("25");
  expect(sent).not.toHaveBeenCalled();
});

test("a later change from elsewhere is shown over what was typed before", () => {
  const { rerender } = render(show(25));
  press("More: Focus");
  pass(600);
  rerender(show(60));
  expect(field().value).toBe("60");
});
