/** The Vite plugin that writes `sw.js`: the service worker, and what its build consists of. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const SOURCE = new URL("./worker.js", import.meta.url);

export function serviceWorker(): Plugin {
  let base = "/";
  return {
    name: "focusguard-service-worker",
    apply: "build",
    // After Vite's own, which names the files of the page.
    enforce: "post",
    configResolved: (config) => {
      base = config.base;
    },
    generateBundle(_, bundle) {
      const page = bundle["index.html"];
      if (page?.type !== "asset") throw new Error("The build has no index.html.");
      const html = page.source.toString();
      const files = Object.keys(bundle)
        .filter((name) => name.startsWith("assets/") && !name.endsWith(".map"))
        .map((name) => base + name)
        .sort();
      // What the pages of all languages name; the rest of their files differs.
      const own = /(?:<script[^>]* src|rel="stylesheet"[^>]* href)="([^"]+)"/g;
      const named = [...html.matchAll(own)].map(([, file]) => file);
      const worker = readFileSync(SOURCE, "utf8");
      const id = createHash("sha256")
        .update(html)
        .update(worker)
        .update(files.join())
        .digest("hex");
      const build = { id: id.slice(0, 12), folder: `${base}assets/`, named, files };
      this.emitFile({
        type: "asset",
        fileName: "sw.js",
        source: `const BUILD = ${JSON.stringify(build)};\n${worker}`,
      });
    },
  };
}
