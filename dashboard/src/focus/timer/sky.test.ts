import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (name: string) => readFileSync(`src/styles/${name}.css`, "utf8");
const [tokens, session] = [read("tokens"), read("session")];

/** The colours of a token, each as the light and the dark scheme have it. */
function both(css: string, token: string): [string, string][] {
  const [, value = ""] = new RegExp(`--${token}:([^;]+);`).exec(css) ?? [];
  const pairs = value.matchAll(/light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g);
  return [...pairs].map(([, light, dark]) => [light!, dark!]);
}

function light(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [bright, dark] = [light(one), light(other)].sort((a, b) => b - a);
  return (bright! + 0.05) / (dark! + 0.05);
}

const PLACES: [string, string][] = [
  ...["sky-dawn", "sky-day", "sky-dusk"].map((name): [string, string] => [tokens, name]),
  ...["hill-far", "hill-middle", "hill-near", "hill-foot"].map((name): [string, string] => [
    session,
    name,
  ]),
];

test.each(PLACES)("words can be read at every hour: %#", (css, name) => {
  const [ink] = both(tokens, "ink");
  const colors = both(css, name);
  expect(colors.length).toBeGreaterThan(0);
  for (const [light, dark] of colors) {
    expect(contrast(ink![0], light), `${name} ${light}`).toBeGreaterThan(4.5);
    expect(contrast(ink![1], dark), `${name} ${dark}`).toBeGreaterThan(4.5);
  }
});
