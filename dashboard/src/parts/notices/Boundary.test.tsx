import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { Boundary } from "./Boundary";

function Broken(): never {
  throw new Error("Failed to fetch dynamically imported module");
}

test("a page that fails says so, and how to go on", () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  render(
    <Boundary>
      <Broken />
    </Boundary>,
  );
  expect(screen.getByRole("alert").textContent).toContain("could not be shown");
  expect(screen.getByRole("button", { name: "Reload" })).toBeTruthy();
});
