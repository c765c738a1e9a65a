import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { Plant } from "./Plant";
import { LOOKS } from "./looks";

const drawn = (kind: string, stage: number, state?: string) =>
  render(<Plant kind={kind} stage={stage} state={state} />).container.innerHTML;

test("there are nineteen species, and no two look alike", () => {
  const kinds = Object.keys(LOOKS);
  expect(kinds).toHaveLength(19);
  const pictures = kinds.map((kind) => drawn(kind, 5).replace(kind, ""));
  expect(new Set(pictures).size).toBe(19);
});

test.each(Object.keys(LOOKS))("%s grows with each stage, and withers", (kind) => {
  const stages = [0, 1, 2, 3, 4, 5].map((stage) => drawn(kind, stage).replace(/stage \d/, ""));
  expect(new Set(stages).size).toBe(6);
  expect(drawn(kind, 5, "withered")).not.toBe(drawn(kind, 5));
});

test("a plant is read out, unless it is a decoration", () => {
  render(<Plant kind="Rose" stage={3} state="growing" />);
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("Rose, growing, stage 3 of 5");
  expect(drawn("", 0)).toContain("svg");
});
