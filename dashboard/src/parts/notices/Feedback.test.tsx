import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { ApiError } from "../../api/errors";
import { ErrorNotice } from "./Feedback";

const refused = new ApiError(422, "VALIDATION_ERROR", "Some fields are wrong.", {
  username: ["Too short."],
  timezone: ["Not a zone."],
});

test("an error of a field that is not shown is shown all the same", () => {
  render(<ErrorNotice error={refused} at={["username"]} />);
  expect(screen.getByRole("alert").textContent).toBe("Not a zone.");
});

test("errors at their fields are shown once", () => {
  render(<ErrorNotice error={refused} at={["username", "timezone"]} />);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("an error without a field is shown", () => {
  render(<ErrorNotice error={new ApiError(409, "CONFLICT", "Taken.")} at={["username"]} />);
  expect(screen.getByRole("alert").textContent).toBe("Taken.");
});
