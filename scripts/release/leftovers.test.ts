// What stays in a `dist`, and what an earlier build has left there.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { removeLeftovers } from "./leftovers.ts";

const folder = mkdtempSync(join(tmpdir(), "leftovers-"));

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const BUILT = {
  "index.js": "import { a } from './chunk-A.js';\nexport { a };",
  "chunk-A.js": 'import "./chunk-B.js";\nexport const a = 1;',
  "chunk-B.js": "",
  "index.cjs": "var chunk = require('./chunk-C.cjs');\nexports.a = chunk.a;",
  "chunk-C.cjs": "exports.a = 1;",
  "index.d.ts": 'export * from "./index.cjs";',
  "index.d.cts": "export { A } from './types-D.cjs';",
  "types-D.d.cts": "export type A = 1;",
  "bin.js": "const rest = import('./rest.js');",
  "rest.js": "",
};
const LEFT = {
  "chunk-OLD.js": "import './chunk-A.js';",
  "chunk-OLD.cjs": "",
  "types-OLD.d.ts": "",
  "index.js.map": "",
};

test("what an entry reaches stays, all else goes", () => {
  mkdirSync(join(folder, "dist"));
  for (const [name, text] of Object.entries({ ...BUILT, ...LEFT })) {
    writeFileSync(join(folder, "dist", name), text);
  }
  const manifest = {
    main: "./dist/index.cjs",
    bin: { small: "./dist/bin.js" },
    exports: {
      ".": {
        import: { types: "./dist/index.d.ts", default: "./dist/index.js" },
        require: { types: "./dist/index.d.cts", default: "./dist/index.cjs" },
      },
      "./package.json": "./package.json",
    },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  removeLeftovers(folder);
  expect(readdirSync(join(folder, "dist")).sort()).toEqual(Object.keys(BUILT).sort());
  removeLeftovers(folder);
  expect(readdirSync(join(folder, "dist")).sort()).toEqual(Object.keys(BUILT).sort());
});
