// Wall 1 shown red: package.json. One broken rule per row,
// with the place and the words it is reported with.

import { describe, expect, test } from "vitest";
import { type Changes, found, manifest, needs } from "./green-repo.ts";

describe("1 package.json", () => {
  test.each<[string, Changes, string]>([
    [
      "a third-party dependency",
      manifest("policy", { dependencies: { lodash: "5.0.0" } }),
      "packages/policy/package.json:1 manifest: lodash: no third-party runtime dependencies",
    ],
    [
      "a third-party peer",
      manifest("policy", { peerDependencies: { lodash: "5.0.0" } }),
      "packages/policy/package.json:1 manifest: lodash: no third-party runtime dependencies",
    ],
    [
      "a dependency behind a wall",
      {
        ...manifest("backoff", { dependencies: needs("policy", "supervisor") }),
        "packages/backoff/src/index.ts": 'import "@steadfast/policy";',
      },
      "packages/backoff/package.json:1 manifest: it may not depend on @steadfast/supervisor",
    ],
    [
      "a dependency that nothing imports",
      { "packages/backoff/src/index.ts": "export {};" },
      "packages/backoff/package.json:1 manifest: @steadfast/policy is declared but no source imports it",
    ],
    [
      "an import that is not declared",
      manifest("backoff", { dependencies: {} }),
      "packages/backoff/src/index.ts:1 imports: @steadfast/policy is not in the dependencies of packages/backoff/package.json",
    ],
    [
      "a fixed version of a sibling",
      manifest("backoff", { dependencies: { "@steadfast/policy": "0.1.0" } }),
      'packages/backoff/package.json:1 manifest: @steadfast/policy must be "workspace:^", not "0.1.0"',
    ],
    ...["policy", "child-slot", "supervisor"].map((name): [string, Changes, string] => [
      `${name} depends on laws, for tests`,
      manifest(name, { devDependencies: needs("laws") }),
      `packages/${name}/package.json:1 manifest: it may not depend on @steadfast/laws, not even for tests`,
    ]),
    [
      "anybody depends on conformance",
      manifest("backoff", { devDependencies: needs("conformance") }),
      "packages/backoff/package.json:1 manifest: nobody depends on @steadfast/conformance",
    ],
    [
      "a package that the table does not know",
      { "packages/news/package.json": { private: true } },
      "packages/news/package.json:1 manifest: packages/news has no row in scripts/walls/table.ts",
    ],
  ])("%s", (_name, changes, expected) => {
    expect(found(changes)).toContain(expected);
  });
});
