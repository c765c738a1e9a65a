import { expect, test, vi } from "vitest";

import { languageOf, ownLanguage } from "./languages";
import { ar } from "./ar";
import { minutes } from "./ar/counts";
import { pages as arPages } from "./ar/pages";
import { ways as arWays } from "./ar/ways";
import { de } from "./de";
import { pages as dePages } from "./de/pages";
import { ways as deWays } from "./de/ways";
import { en } from "./en";
import { pages as enPages } from "./en/pages";
import { ways as enWays } from "./en/ways";
import { keepLook, readLook, showTheme } from "./look";

const speaks = (...languages: string[]) => vi.stubGlobal("navigator", { languages });
const none = { language: null, theme: null };

test.each([
  [["en-GB", "de"], "en"],
  [["fr-FR", "en-US"], "en"],
  [["fr"], "en"],
  [["fr", "de-CH", "en"], "de"],
  [["ar-MA"], "ar"],
  [[], "en"],
])("a device that speaks %s reads %s", (tags, language) => {
  speaks(...tags);
  expect(languageOf(none)).toBe(language);
});

test("what was chosen on the device comes before its list, and nothing is done to others", () => {
  speaks("fr");
  document.cookie = "other=de.dark";
  expect(readLook()).toEqual(none);
  keepLook({ language: "en", theme: "dark" });
  expect(readLook()).toEqual({ language: "en", theme: "dark" });
  expect(ownLanguage()).toBe("en");
  keepLook({ language: "xx", theme: null });
  expect(ownLanguage()).toBe("en");
  keepLook(none);
  expect(document.cookie).toBe("other=de.dark");
  document.cookie = "other=; Max-Age=0";
});

test("a cookie that somebody wrote by hand chooses no theme that is not there", () => {
  document.cookie = "focusguard-look=en.purple; Path=/";
  expect(readLook()).toEqual({ language: "en", theme: null });
  keepLook(none);
});

test("the theme stands on the root, and goes from it", () => {
  showTheme({ language: null, theme: "dark" });
  expect(document.documentElement.dataset.theme).toBe("dark");
  showTheme(none);
  expect(document.documentElement.dataset.theme).toBeUndefined();
});

/** The sentences of a language by their paths; functions, called for some numbers. */
function sentences(of: object, at = ""): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [key, words] of Object.entries(of) as [string, unknown][]) {
    const path = at ? `${at}.${key}` : key;
    if (typeof words === "string") found.set(path, [words]);
    else if (typeof words === "function") found.set(path, said(words as Say));
    else if (Array.isArray(words)) found.set(path, words.flat().map(String));
    else for (const [name, all] of sentences(words as object, path)) found.set(name, all);
  }
  return found;
}

type Say = (...given: unknown[]) => unknown;
const NUMBERS = [0, 1, 2, 3, 11, 100];

/** What a function says of numbers; of those that take dates or names, of some of these. */
function said(say: Say): string[] {
  const tries: unknown[][] = [
    ...NUMBERS.map((n) => [n, n, n, n]),
    ["2026-11-26", 3, "3 h", "2026-11-26"],
    ["Rose", "grown", 5, "2026-11-26"],
    ["a", ["b"], "c"],
  ];
  return tries.flatMap((given) => {
    try {
      return [String(say(...given))];
    } catch {
      return [];
    }
  });
}

// Words that are the same, and what only other languages have.
const OPEN = /^(ways\.)?(refusals|species)\b/;

test.each([
  ["de", { ...de, ...dePages, ways: deWays }],
  ["ar", { ...ar, ...arPages, ways: arWays }],
] as const)("%s says all that English says and nothing else, for every number", (_, language) => {
  const own = sentences(language);
  const missing = [...sentences({ ...en, ...enPages, ways: enWays })]
    .filter(([path]) => !own.has(path))
    .map(([path]) => path);
  expect(missing).toEqual([]);
  const english = sentences({ ...en, ...enPages, ways: enWays });
  const dead = [...own.keys()].filter((path) => !english.has(path) && !OPEN.test(path));
  expect(dead).toEqual([]);
  const empty = [...own].filter(
    ([path, all]) =>
      !OPEN.test(path) &&
      path !== "history.calendar.why.focused" &&
      (all.length === 0 || all.some((words) => words.trim() === "")),
  );
  expect(empty.map(([path]) => path)).toEqual([]);
});

test("Arabic has its six plurals, and the digits of the device's country", () => {
  expect([1, 2, 3, 11, 100].map(minutes)).toEqual([
    "دقيقة واحدة",
    "دقيقتان",
    "٣ دقائق",
    "١١ دقيقة",
    "١٠٠ دقيقة",
  ]);
});
