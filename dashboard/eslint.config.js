import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

const WORKERS = ["public/*.js", "src/offline/worker.js"];
const OF_WORKERS = ["self", "caches", "fetch", "setTimeout", "URL", "BUILD", "PAGES"];

export default ts.config(
  { ignores: ["dist", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  hooks.configs.flat.recommended,
  {
    // What stands for a fetch is async as a fetch is.
    files: ["**/*.test.ts*"],
    rules: { "@typescript-eslint/require-await": "off" },
  },
  {
    // A service worker is no part of the page, and is served as it is written.
    files: WORKERS,
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: Object.fromEntries(OF_WORKERS.map((name) => [name, "readonly"])) },
  },
  {
    ignores: WORKERS,
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["*.js"] } } },
  },
);
