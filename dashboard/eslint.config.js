import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

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
    files: ["public/*.js"],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: { self: "readonly", URL: "readonly" } },
  },
  {
    ignores: ["public/*.js"],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["*.js"] } } },
  },
);
