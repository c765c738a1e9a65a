import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { ApiError } from "../api/errors";
import { RetryReason } from "./RetryNotice";

beforeEach(() => void vi.useFakeTimers());
test("the seconds of a pause count down", () => {
  render(<RetryReason error={new ApiError(429, "RATE_LIMITED", "Too many.", {}, 37)} />);
  expect(screen.getByText("We go on in 37 seconds.")).toBeTruthy();
  act(() => void vi.advanceTimersByTime(5_000));
  expect(screen.getByText("We go on in 32 seconds.")).toBeTruthy();
  act(() => void vi.advanceTimersByTime(60_000));
  expect(screen.getByText("We go on in 1 second.")).toBeTruthy();
});
