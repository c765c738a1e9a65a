import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { ApiError } from "../../api/errors";
import { ErrorNotice } from "./Feedback";

const refused = new ApiError(422, "VALIDATION_ERROR", "Some fields are wrong.", {
  username: ["Too short."],
  timezone: ["Not a zone."],
});

test("what is wrong with a field that is not shown is told all the same", () => {
  render(<ErrorNotice error={refused} at={["username"]} />);
  expect(screen.getByRole("alert").textContent).toBe("Not a zone.");
});

test("what stands at its fields is told once", () => {
  render(<ErrorNotice error={refused} at={["username", "timezone"]} />);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("what belongs to no field is told", () => {
  render(<ErrorNotice error={new ApiError(409, "CONFLICT", "Taken.")} at={["username"]} />);
  expect(screen.getByRole("alert").textContent).toBe("Taken.");
});
