import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = "src/styles";
/** The sheets of every page: what they name, a page may place and change. */
const SHARED = new Set(["tokens.css", "frame.css", "pieces.css", "parts.css"]);
/** Two sheets of one page that are loaded together. */
const TOGETHER: Record<string, string> = {
  stage: "done.css",
  "today-page": "session.css",
  setting: "you/rhythm.css",
};

/** The classes that a sheet gives looks to, wherever they stand. */
function named(sheet: string): Set<string> {
  const rules = readFileSync(`${FOLDER}/${sheet}`, "utf8").replace(/\/\*.*?\*\//gs, "");
  // What stands in the brackets of `:has` gets no looks.
  const lists = [...rules.matchAll(/([^{}]+)\{/g)].map(([, list = ""]) => list);
  const selectors = lists.flatMap((list) => list.replace(/\([^()]*\)/g, "").split(","));
  return new Set(
    selectors.flatMap((one) => /^\.([a-z][\w-]*)(?![\w.-])/.exec(one.trim())?.[1] ?? []),
  );
}

/** Caught: a sheet stays once its page was open, and its `.hero` and `.keys` were another page's too. */
test("no two pages give looks to one name", () => {
  const sheets = readdirSync(FOLDER, { encoding: "utf8", recursive: true }).filter((file) =>
    file.endsWith(".css"),
  );
  const shared = new Set([...SHARED].flatMap((sheet) => [...named(sheet)]));
  const owners = new Map<string, string>();
  const twice: string[] = [];
  for (const sheet of sheets.filter((file) => !SHARED.has(file))) {
    for (const name of named(sheet)) {
      if (shared.has(name) || TOGETHER[name] === sheet) continue;
      const owner = owners.get(name);
      if (owner) twice.push(`.${name} of ${owner} and ${sheet}`);
      else owners.set(name, sheet);
    }
  }
  expect(twice).toEqual([]);
});
