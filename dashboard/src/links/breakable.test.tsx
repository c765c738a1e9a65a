import { render } from "@testing-library/react";
import { expect, test } from "vitest";

import { Breakable } from "./Breakable";

test("an address breaks behind its signs, and is read and copied as it is", () => {
  const said = "We sent a link to maximiliane.mustermann@example.org. Open it.";
  const { container } = render(<Breakable>{said}</Breakable>);
  expect(container.textContent).toBe(said);
  expect(container.innerHTML).toContain("maximiliane.<wbr>mustermann@<wbr>example.<wbr>org.");
  expect(container.querySelectorAll("wbr")).toHaveLength(3);
});
