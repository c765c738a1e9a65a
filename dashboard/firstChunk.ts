import type { Rolldown } from "vite";

/** The file of the scripts and the one before it, which has the text fetched. */
const START = /\/src\/start\.tsx$/;
const MAIN = /\/src\/main\.tsx$/;

/**
 * All that the first page loads at once, in one file. By itself the bundler cuts it wherever a
 * later page uses a part of it too: twenty files, which compress each on its own and are
 * together 7 kB larger.
 */
export function firstChunk(): Rolldown.CodeSplittingGroup {
  const isOfStart = importedBy(START);
  const isOfMain = importedBy(MAIN);
  return {
    debugName: "first",
    // What main.tsx has runs before the text is there, and so waits for nothing of this file.
    name: (id, context) => (isOfStart(id, context) && !isOfMain(id, context) ? "first" : null),
    includeDependenciesRecursively: false,
  };
}

type Context = Parameters<
  Extract<Rolldown.CodeSplittingGroup["name"], (...args: never) => unknown>
>[1];

/** Whether a module comes at once with the one that is named, by itself or by its importers. */
function importedBy(name: RegExp) {
  return (id: string, context: Context): boolean => {
    const found = new Set([id]);
    for (const module of found) {
      if (name.test(module)) return true;
      for (const importer of context.getModuleInfo(module)?.importers ?? []) found.add(importer);
    }
    return false;
  };
}
