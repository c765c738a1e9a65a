/** The pages that a build makes of index.html: the first frame in each language. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type Plugin, type Rollup, runnerImport } from "vite";

import type { Text } from "./src/text/index.ts";

const LANGUAGES = ["en", "de", "ar"];

async function textOf(language: string): Promise<Text> {
  const { module } = await runnerImport<Record<string, Text>>(`./src/text/${language}/index.ts`);
  const text = module[language];
  if (text === undefined) throw new Error(`no text in ${language}`);
  return text;
}

/** Put the words of a language where index.html names them: {{nav.today}}. */
function inLanguage(html: string, text: Text): string {
  return html.replace(/\{\{([\w.]+)\}\}/g, (_, path: string) => {
    const words = path
      .split(".")
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], text);
    if (typeof words !== "string") throw new Error(`index.html: no text ${path}`);
    return words;
  });
}

const SHEET = /\s*<link rel="stylesheet"[^>]*>/;
const FRAME_END = "<!-- end of the frame -->\n    </div>";

/**
 * Put the style sheet behind the frame, whose own looks stand in the page: what comes before a
 * sheet is drawn without it, and the script behind it runs when it is there.
 */
function sheetLast(html: string): string {
  const sheet = SHEET.exec(html)?.[0];
  if (sheet === undefined || !html.includes(FRAME_END)) throw new Error("no sheet, or no frame");
  return html.replace(sheet, "").replace(FRAME_END, `${FRAME_END}${sheet}`);
}

/** The files of a chunk and of all that it imports at once. */
function filesOf(bundle: Rollup.OutputBundle, file: string, found: Set<string>): Set<string> {
  const chunk = bundle[file];
  if (chunk?.type !== "chunk" || found.has(file)) return found;
  found.add(file);
  for (const name of chunk.imports) filesOf(bundle, name, found);
  return found;
}

export function pages(): Plugin {
  let folder = "dist";
  return {
    name: "focusguard-pages",
    configResolved: (config) => {
      folder = config.build.outDir;
    },
    transformIndexHtml: {
      order: "post",
      handler: async (html, { bundle }) => {
        // The server of `make dev`: it has one page.
        if (!bundle) return inLanguage(html, await textOf("en"));
        const start = Object.values(bundle).find(
          (file) =>
            file.type === "chunk" && file.moduleIds.some((id) => id.endsWith("/src/start.tsx")),
        );
        if (!start) throw new Error("no chunk of src/start.tsx");
        // Fetched beside the language, which it has to wait for: main.tsx asks for both.
        const tags = [...filesOf(bundle, start.fileName, new Set())]
          .filter((file) => !html.includes(file))
          .map((file) => ({
            tag: "link",
            attrs: {
              rel: "modulepreload",
              crossorigin: true,
              href: `/static/dashboard/${file}`,
              // After the style sheet, which the script waits for too.
              fetchpriority: "low",
            },
            injectTo: "head" as const,
          }));
        return { html: sheetLast(html), tags };
      },
    },
    // Not closeBundle: that is called for a build that failed too, and would hide why.
    writeBundle: async () => {
      const html = readFileSync(join(folder, "index.html"), "utf8");
      for (const language of LANGUAGES) {
        const name = language === "en" ? "index.html" : `index.${language}.html`;
        writeFileSync(join(folder, name), inLanguage(html, await textOf(language)));
      }
    },
  };
}
