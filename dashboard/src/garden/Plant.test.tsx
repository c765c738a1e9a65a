import { render, screen } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";

import { drawingsLoaded, Plant } from "./Plant";
import { drawn, SPECIES } from "./species";

const kinds = Object.keys(SPECIES);

beforeAll(async () => void (await drawingsLoaded));

test("there are nineteen species, and no two look alike at any stage from the second on", () => {
  expect(kinds).toHaveLength(19);
  for (const stage of [2, 3, 4, 5]) {
    for (const withered of [false, true]) {
      const pictures = kinds.map((kind) => drawn(kind, stage, withered));
      expect(new Set(pictures).size, `stage ${stage}, withered ${withered}`).toBe(19);
    }
  }
});

test.each(kinds)("%s grows with each stage, and withers at each", (kind) => {
  const stages = [0, 1, 2, 3, 4, 5];
  expect(new Set(stages.map((stage) => drawn(kind, stage, false))).size).toBe(6);
  for (const stage of stages) {
    expect(drawn(kind, stage, true), `stage ${stage}`).not.toBe(drawn(kind, stage, false));
  }
});

test.each(kinds)("%s is drawn of strokes that a browser can read", (kind) => {
  for (const stage of [0, 1, 2, 3, 4, 5]) {
    for (const withered of [false, true]) {
      const picture = drawn(kind, stage, withered);
      expect(picture).not.toMatch(/NaN|undefined|null/);
      const parsed = new DOMParser().parseFromString(
        `<svg xmlns="http://www.w3.org/2000/svg">${picture}</svg>`,
        "image/svg+xml",
      );
      expect(parsed.querySelector("parsererror")).toBeNull();
      // A garden has hundreds of them.
      expect(parsed.querySelectorAll("path, ellipse").length).toBeLessThan(140);
    }
  }
});

test("a kind that is newer than this page is a plant all the same", () => {
  expect(drawn("Triffid", 5, false)).toContain("<path");
  expect(drawn("constructor", 5, false)).toContain("<path");
});

test("a plant is read out, unless it is a decoration", () => {
  render(<Plant kind="Rose" stage={3} state="growing" />);
  const plant = screen.getByRole("img");
  expect(plant.getAttribute("aria-label")).toBe("Rose, growing, stage 3 of 5");
  expect(plant.innerHTML).toContain("<path");
  const { container } = render(<Plant kind="" stage={0} label="" soil={false} />);
  expect(container.querySelector("svg")?.getAttribute("aria-hidden")).toBe("true");
});
