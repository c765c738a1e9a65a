import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { firstChunk } from "./firstChunk.ts";
import { pages } from "./pages.ts";
import { serviceWorker } from "./src/offline/workerPlugin.ts";

const api = process.env.FOCUSGUARD_API ?? "http://localhost:8000";

export default defineConfig({
  plugins: [react(), pages(), serviceWorker()],
  // Django's static files: collected, compressed and cached with the others.
  base: "/static/dashboard/",
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One small file: a page's own that failed once would never be asked for again, and
    // the page would stand there undressed.
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups: [firstChunk()] } } },
  },
  server: {
    port: 5173,
    strictPort: true,
    // The page and the API are one origin, as in production.
    proxy: Object.fromEntries(
      ["/api", "/docs", "/redoc", "/openapi.json", "/asyncapi.json", "/admin", "/static/admin"].map(
        (path) => [path, { target: api }],
      ),
    ),
  },
  test: {
    environment: "jsdom",
    globals: true,
    setupFiles: "src/test-setup.ts",
    // jsdom is read once a worker and shared by its files, which src/test-setup.ts cleans up
    // after: read for each file it was six sevenths of the time.
    pool: "vmThreads",
    testTimeout: 60_000,
  },
});
