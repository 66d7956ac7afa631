// Wall 6 shown red: what a published package brings along. One broken rule per row,
// with the place and the words it is reported with.

import { describe, expect, test } from "vitest";
import { PACK_SCRIPTS } from "../release/publication.ts";
import { type Changes, found, manifest } from "./green-repo.ts";

describe("6 published packages", () => {
  const at = (message: string) => `packages/policy/package.json:1 published: ${message}`;
  test.each<[string, Changes, string]>([
    ["no README", { "packages/policy/README.md": null }, at("no README.md")],
    ["an empty README", { "packages/policy/README.md": " \n" }, at("no README.md")],
    ["no test", { "packages/policy/test/index.test.ts": null }, at("no test under test/")],
    ["another licence", manifest("policy", { license: "GPL" }), at('"license" is not "MIT"')],
    ["side effects", manifest("policy", { sideEffects: true }), at('"sideEffects" is not false')],
    [
      "Nodes without what the supervisor needs",
      manifest("policy", { engines: { node: ">=20" } }),
      at('"engines" does not say node ^20.16 || >=22.3'),
    ],
    [
      "no NOTICE in the tarball",
      manifest("policy", { files: ["dist", "examples", "CHANGELOG.md"] }),
      at('"files" does not list dist, examples, CHANGELOG.md, NOTICE: pnpm manifests'),
    ],
    [
      "another repository",
      manifest("policy", { homepage: "https://example.org" }),
      at('"homepage" is not what scripts/release/publication.ts says: pnpm manifests'),
    ],
    [
      "packed as it stands",
      manifest("policy", { scripts: { ...PACK_SCRIPTS, test: "vitest run", prepack: "true" } }),
      at('no script "prepack": pnpm manifests'),
    ],
    [
      "published by hand",
      manifest("policy", { publishConfig: { access: "public" } }),
      at('"publishConfig" does not say provenance true'),
    ],
    [
      "tests without a script",
      manifest("policy", { scripts: PACK_SCRIPTS }),
      at('test has tests, but there is no script "test"'),
    ],
    [
      "real tests without a script",
      { "packages/policy/test/real/a.test.ts": "export {};" },
      at('test/real has tests, but there is no script "test:real"'),
    ],
    [
      "ambient types in a core",
      {
        "packages/policy/tsconfig.json":
          '{ "extends": "../../config/tsconfig.core.json", "compilerOptions": { "types": ["node"] } }',
      },
      at(`a core's tsconfig.json is exactly { "extends": "../../config/tsconfig.core.json" }`),
    ],
  ])("%s", (_name, changes, expected) => {
    expect(found(changes)).toEqual([expected]);
  });

  test("no LICENSE", () => {
    expect(found({ LICENSE: null })).toContain(at("no LICENSE to pack"));
    expect(found({ LICENSE: null, "packages/policy/LICENSE": "MIT" })).not.toContain(
      at("no LICENSE to pack"),
    );
  });
});
