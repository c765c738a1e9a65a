import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { pages } from "./en/pages";

const SRC = join(import.meta.dirname, "..");

/** The modules that are loaded with the first page: those that start.tsx imports at once. */
function firstModules(file: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(file)) return found;
  const source = readFileSync(file, "utf8");
  found.set(file, source);
  for (const [, path] of source.matchAll(/^(?:import|\} from|export .* from)\b.*?"(\.[^"]+)"/gm)) {
    const at = join(dirname(file), path ?? "");
    const module = [`${at}.ts`, `${at}.tsx`, join(at, "index.ts")].find((one) => existsSync(one));
    if (module && !module.endsWith("text/index.ts")) firstModules(module, found);
  }
  return found;
}

test("nothing of the first page says what only later pages have the words for", () => {
  const later = new RegExp(`\\btext\\.(${[...Object.keys(pages), "ways"].join("|")})\\b`);
  const modules = firstModules(join(SRC, "start.tsx"));
  expect(modules.size).toBeGreaterThan(50);
  const wrong = [...modules].filter(([, source]) => later.test(source)).map(([file]) => file);
  expect(wrong).toEqual([]);
});
