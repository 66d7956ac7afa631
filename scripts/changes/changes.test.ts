// A change that the changesets do not cover is found, in a repository that is made for it.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readChangeset } from "./changesets.ts";
import { checkChanges } from "./check.ts";
import { largest, needs } from "./size.ts";

let root = "";

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

const git = (...args: readonly string[]) => {
  const who = ["-c", "user.name=test", "-c", "user.email=test@example.invalid"];
  const { status, stderr } = spawnSync("git", [...who, ...args], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
};

const manifest = (version: string) =>
  JSON.stringify({ name: "@steadfast/small", version, description: "", exports: {} });

const surface = (...names: readonly string[]) =>
  ["## @steadfast/small", "```ts", ...names.map((name) => `function ${name}(): void;`), "```"].join(
    "\n",
  );

const changeset = (size: string) => `---\n"@steadfast/small": ${size}\n---\n\nWhat is new.\n`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "changes-"));
  write("packages/small/package.json", manifest("1.0.0"));
  write("packages/small/api.md", surface("one", "two"));
  write("packages/small/src/index.ts", "// 1\n");
  write("packages/small/test/vectors/golden.json", "[1]\n");
  write("packages/small/test/vectors/README.md", "Where they come from.\n");
  write("packages/small/README.md", "Small.\n");
  write(".changeset/README.md", changeset("major"));
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "one");
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const missing = () => checkChanges(root).flatMap((verdict) => verdict.missing);

test("before the first release nothing is promised", () => {
  write("packages/small/test/vectors/golden.json", "[2]\n");
  expect(checkChanges(root)).toEqual([{ name: "@steadfast/small", since: null, missing: [] }]);
});

describe("after a release", () => {
  beforeEach(() => git("tag", "@steadfast/small@1.0.0"));

  test("no change needs no changeset", () => {
    expect(missing()).toEqual([]);
  });

  test.each([
    ["a vector that changed", "test/vectors/golden.json", "[2]\n", "major"],
    ["a public name that is gone", "api.md", surface("one"), "major"],
    ["a public name that is new", "api.md", surface("one", "three", "two"), "minor"],
    ["a source that changed", "src/index.ts", "// 2\n", "patch"],
    ["a source that is new", "src/more.ts", "// 1\n", "patch"],
    ["a manifest that changed", "package.json", `${manifest("1.0.0")}\n`, "patch"],
  ])("%s in %s", (_, path, text, size) => {
    write(`packages/small/${path}`, text);
    expect(missing()[0]).toMatch(`a ${size} change, the changesets say none`);
    const sizes = ["patch", "minor", "major"];
    for (const said of sizes) {
      write(".changeset/said.md", changeset(said));
      const isEnough = sizes.indexOf(said) >= sizes.indexOf(size);
      expect(missing().length === 0, `${said} for ${size}`).toBe(isEnough);
    }
  });

  test("a vector that is removed is a major change, also if that is committed", () => {
    git("rm", "--quiet", "packages/small/test/vectors/golden.json");
    git("commit", "--quiet", "--message", "two");
    write(".changeset/said.md", changeset("minor"));
    expect(missing()).toEqual([
      "test/vectors/golden.json was removed: behaviour is API: a major change, the changesets say minor",
    ]);
  });

  test.each([
    ["a vector that is new", "test/vectors/more.json"],
    ["words about vectors", "test/vectors/README.md"],
    ["a README", "README.md"],
    ["a test", "test/small.test.ts"],
  ])("%s needs none", (_, path) => {
    write(`packages/small/${path}`, "other\n");
    expect(missing()).toEqual([]);
  });

  test("another commit can stand for the release", () => {
    write("packages/small/src/index.ts", "// 2\n");
    git("commit", "--quiet", "--all", "--message", "two");
    git("branch", "topic");
    const [topic] = checkChanges(root, "topic");
    expect(topic).toEqual({ name: "@steadfast/small", since: "topic", missing: [] });
    expect(missing()).toHaveLength(1);
    expect(() => checkChanges(root, "nowhere")).toThrow("there is no commit nowhere");
  });
});

test("a changeset promises a size to each of its packages", () => {
  const text = `---\n"@a/b": minor\n'@a/c': major\nd: patch\n---\n\n"@a/e": major\n`;
  expect([...readChangeset(text)]).toEqual([
    ["@a/b", "minor"],
    ["@a/c", "major"],
    ["d", "patch"],
  ]);
});

test("of several sizes the largest counts", () => {
  expect(largest([])).toBe("none");
  expect(largest(["patch", "major", "minor"])).toBe("major");
});

test("a surface that is described for the first time is no change", () => {
  expect(needs([], "", surface("one"))).toEqual([]);
});
