// Builds the page into the package that serves it: three files with fixed names, nothing inline, nothing from elsewhere.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: beside("page"),
  base: "./",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: beside("../packages/dashboard/assets"),
    emptyOutDir: true,
    assetsDir: "",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    sourcemap: false,
    rolldownOptions: {
      output: {
        entryFileNames: "page.js",
        chunkFileNames: "[name].js",
        assetFileNames: "page[extname]",
      },
    },
  },
});
