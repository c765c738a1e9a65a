import { addText, addWays, type FirstText, type PagesText, setText, type WaysText } from ".";
import { type Language, ownLanguage } from "./languages";
import { readLook, showTheme } from "./look";

type Loaders = {
  first: () => Promise<FirstText>;
  pages: () => Promise<PagesText>;
  ways: () => Promise<WaysText>;
};

/** Each language has three files of its own: nobody loads another's, nor waits for all of it. */
const loaders: Record<Language, Loaders> = {
  en: {
    first: () => import("./en").then(({ en }) => en),
    pages: () => import("./en/pages").then(({ pages }) => pages),
    ways: () => import("./en/ways").then(({ ways }) => ways),
  },
  de: {
    first: () => import("./de").then(({ de }) => de),
    pages: () => import("./de/pages").then(({ pages }) => pages),
    ways: () => import("./de/ways").then(({ ways }) => ways),
  },
  ar: {
    first: () => import("./ar").then(({ ar }) => ar),
    pages: () => import("./ar/pages").then(({ pages }) => pages),
    ways: () => import("./ar/ways").then(({ ways }) => ways),
  },
};

const language = ownLanguage();
let hasPages = false;
let hasWays = false;

/** Load the first text of this device's language, and set the page to it. */
export async function loadText(): Promise<void> {
  showTheme(readLook());
  const first = await loaders[language].first();
  setText(first);
  const root = document.documentElement;
  root.lang = language;
  root.dir = first.dir;
}

/** Load the text of the pages that are opened later; once. */
export async function loadPagesText(): Promise<void> {
  if (hasPages) return;
  addText(await loaders[language].pages());
  hasPages = true;
}

/** Load the text of the ways in beside the password; once. */
export async function loadWaysText(): Promise<void> {
  if (hasWays) return;
  addWays(await loaders[language].ways());
  hasWays = true;
}
