import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { en } from "./en";
import { pages } from "./en/pages";
import { ways } from "./en/ways";

/** The sources that read words: neither the words themselves nor what tests them. */
const SOURCES = readdirSync("src", { encoding: "utf8", recursive: true })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .filter((file) => !/^text\/(en|de|ar)\//.test(file))
  .map((file) => codeOf(readFileSync(`src/${file}`, "utf8")));

/** A source without its comments and its strings, which may have a word that is a name too. */
function codeOf(source: string): string {
  return source.replace(/"[^"\n]*"|\/\*.*?\*\/|\/\/[^\n]*/gs, "");
}

/** The paths of all sentences, such as `sign.out`. */
function paths(of: object, at = ""): string[] {
  return Object.entries(of).flatMap(([key, words]: [string, unknown]) => {
    const path = at ? `${at}.${key}` : key;
    const isGroup = typeof words === "object" && words !== null && !Array.isArray(words);
    return isGroup ? paths(words, path) : [path];
  });
}

/** A part of the text that is given a name, or taken apart into some. */
const GIVEN = /\b(?:const|let) (?:(\w+)|\{([^}]*)\}) =\s*(\w+)((?:\.\w+)*)(?=;|\s*$)/gm;

/** The names by which a source knows a part of the text, each with the paths that it means. */
function namesIn(source: string): Map<string, string[]> {
  const names = new Map<string, string[]>([["text", [""]]]);
  const know = (name: string, path: string) => names.set(name, [...(names.get(name) ?? []), path]);
  for (const [, other] of source.matchAll(/\btext as (\w+)/g)) if (other) know(other, "");
  for (const [, one, some, from = "", rest = ""] of source.matchAll(GIVEN)) {
    for (const base of names.get(from) ?? []) {
      const path = `${base}${rest}`.replace(/^\./, "");
      if (one) know(one, path);
      for (const part of some?.split(",") ?? []) {
        const [key = "", name = key] = part.split(":").map((word) => word.trim());
        if (key) know(name, path ? `${path}.${key}` : key);
      }
    }
  }
  return names;
}

/** The paths that a source reads; of a group that is passed on, or looked up by a key, its own. */
function readIn(source: string): string[] {
  const found: string[] = [];
  // A name that is given to a group reads nothing of it; what is taken out of one is named.
  const reading = source.replace(GIVEN, "$2");
  for (const [name, bases] of namesIn(source)) {
    const reads = new RegExp(`(?<![\\w.])${name}((?:\\s*\\??\\.\\s*\\w+)*)`, "g");
    for (const [, rest = ""] of reading.matchAll(reads)) {
      const steps = rest.replace(/[\s?]/g, "");
      for (const base of bases) found.push(`${base}${steps}`.replace(/^\./, ""));
    }
  }
  return found;
}

/** The sentences that no source reads: those of no read path, nor below one, nor above. */
function unread(all: string[], read: Iterable<string>): string[] {
  const known = new Set(read);
  known.delete("");
  return all.filter((path) => {
    const steps = path.split(".");
    const isRead = steps.some((_, n) => known.has(steps.slice(0, n + 1).join(".")));
    // `words.list.length` is a read of `words.list`.
    return !isRead && ![...known].some((longer) => longer.startsWith(`${path}.`));
  });
}

test("each sentence is read by some source", () => {
  // The first frame is written into the page before any script of ours runs.
  const html = readFileSync("index.html", "utf8");
  const inPage = [...html.matchAll(/\{\{([\w.]+)\}\}/g)].flatMap(([, path]) => path ?? []);
  const read = new Set([...SOURCES.flatMap(readIn), ...inPage]);
  expect(unread(paths({ ...en, ...pages, ways }), read)).toEqual([]);
});

test("a sentence is found by each way in which a source may read it", () => {
  const source = `
    const words = text.sign;
    const { out, in: enter } = text.nav;
    say(words.name, text.keys [key], words.rule
      .long);
  `;
  const all = paths({
    sign: { name: "", rule: { long: "", short: "" }, other: "" },
    nav: { out: "", in: "", other: "" },
    keys: { a: "", b: "" },
  });
  expect(unread(all, readIn(source))).toEqual(["sign.rule.short", "sign.other", "nav.other"]);
});
