// The packages as a user gets them: packed, looked at by publint and attw, installed from their
// tarballs into empty projects, typechecked there, and run by `import` and by `require`; and the examples
// of all packages, their own and those of the docstrings, run there as well.

import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publishedPackages } from "../api/published.ts";
import { readSurfaces } from "../api/surface.ts";
import { withAbsoluteLinks } from "../release/absolute-links.ts";
import { REPOSITORY } from "../release/publication.ts";
import { command } from "./command.ts";
import { copies } from "./copies.ts";
import { docstringExamples, runExamples, writeExamples } from "./docstring-examples.ts";
import { INSTALLED_KB, installedBytes } from "./installed-size.ts";
import { contents, pack, packPeers, type Tarballs, textIn } from "./pack.ts";
import { buildPrograms, copySources, type ProgramName, programNames } from "./programs.ts";
import { addNodeTypes, type Project, project } from "./project.ts";
import { type Surroundings, typecheck } from "./typecheck.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packages = publishedPackages(root);
const names = packages.map(({ name }) => name);

let folder = "";
let tarballs: Tarballs;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "packed-"));
  tarballs = new Map([
    ...(await pack(root, packages, folder)),
    ...(await packPeers(root, packages, folder)),
  ]);
}, 180_000); // on a busy machine

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** From the first release on. */
const changelogOf = (folder: string): string[] =>
  existsSync(join(root, folder, "CHANGELOG.md")) ? ["CHANGELOG.md"] : [];

/** The programs, without what those that test leave beside them: a cache in `node_modules`. */
function examplesIn(place: string): string[] {
  const entries = readdirSync(join(root, place, "examples"), { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** What `pnpm assets` has built; nothing where a package has no page. */
const assetsOf = (folder: string): string[] => {
  const assets = join(root, folder, "assets");
  return existsSync(assets) ? readdirSync(assets).map((file) => `assets/${file}`) : [];
};

const tarballOf = (name: string) => tarballs.get(name) ?? "";

test("what turbo takes this test's packages to be is what they are", () => {
  const path = join(root, "packages/conformance/package.json");
  const { dependencies } = JSON.parse(readFileSync(path, "utf8")) as { dependencies: object };
  expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(names));
});

test("npm, which would pack what nobody can install, is refused", async () => {
  const cwd = join(root, "packages/policy");
  const { code, stderr } = await command("npm", ["pack", "--pack-destination", folder], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain("npm cannot pack a package of this workspace: use `pnpm pack`");
});

describe.each(names)("the tarball of %s", (name) => {
  const of = packages.find((one) => one.name === name);

  test("holds what is built, and nothing else", async () => {
    const files = await contents(tarballOf(name));
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    const others = files.filter((file) => !/^dist\/[\w.-]+\.(c?js|d\.c?ts)$/.test(file));
    const published = of?.files.filter((file) => file !== "package.json") ?? [];
    const examples = examplesIn(of?.folder ?? "");
    const page = assetsOf(of?.folder ?? "");
    const text = ["LICENSE", "NOTICE", "README.md", ...changelogOf(of?.folder ?? "")];
    expect(others).toEqual(
      [
        ...text,
        ...page,
        "package.json",
        ...examples.map((file) => `examples/${file}`),
        ...published,
      ].sort(),
    );
    expect(files.length - others.length).toBeGreaterThanOrEqual(4);
  });

  test("has a README that leads somewhere from everywhere", async () => {
    const readme = await textIn(tarballOf(name), "README.md");
    const folder = of?.folder ?? "";
    expect(withAbsoluteLinks(readme, { folder, repository: REPOSITORY })).toBe(readme);
    expect(readme).toContain(`](${REPOSITORY}/blob/main/`);
    // and what is in the repository is as it was
    expect(readFileSync(join(root, folder, "README.md"), "utf8")).not.toContain(REPOSITORY);
  });

  test("is small when it is installed", async () => {
    const bytes = await installedBytes(tarballOf(name));
    expect(bytes / 1_000).toBeLessThanOrEqual(INSTALLED_KB[name.replace("@steadfast/", "")] ?? 0);
  });

  test("is clean for publint", async () => {
    const bytes = readFileSync(tarballOf(name));
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("is clean for attw", async () => {
    const bytes = new Uint8Array(readFileSync(tarballOf(name)));
    const analysis = await checkPackage(createPackageFromTarballData(bytes));
    if (!analysis.types) throw new Error("no types");
    // Subpaths cannot be found by the resolution of Node 10, which knows no exports map.
    const isOld = (kind: unknown) => kind === "node10" && (of?.entries.length ?? 0) > 1;
    const problems = analysis.problems.filter(
      (problem) => !("resolutionKind" in problem && isOld(problem.resolutionKind)),
    );
    expect(problems).toEqual([]);
  });
});

interface Scenario {
  readonly title: string;
  /** What the user asks npm for, without the scope. */
  readonly wanted: readonly string[];
  /** What comes with it. */
  readonly brought: readonly string[];
  readonly programs: readonly ProgramName[];
  readonly surroundings: Pick<Surroundings, "nodeTypes" | "web">;
}

/** Run by the tests of engines/ where it imports what is not installed here. */
const IMPORTED = /from "(?!node:|\.|@steadfast\/)([^"]+)"/g;

/** Not run by themselves: another example starts one, a test runner the others. */
const STARTED_BY_OTHERS = ["lucky.mjs", "jest.test.cjs", "vitest.test.mjs"];

const LOOP = ["child-slot", "supervision", "supervisor"];
/** The one peer that there is, and what it needs: the law kit's. */
const FAST_CHECK = ["fast-check", "pure-rand"];
/** What the command line needs of other people. */
const TERMINAL = [
  "ansi-escapes",
  "ansi-regex",
  "ansi-styles",
  "cli-cursor",
  "commander",
  "environment",
  "get-east-asian-width",
  "is-fullwidth-code-point",
  "log-update",
  "mimic-function",
  "onetime",
  "restore-cursor",
  "signal-exit",
  "slice-ansi",
  "string-width",
  "strip-ansi",
  "wrap-ansi",
  "yaml",
];
const FOREIGN = [...FAST_CHECK, ...TERMINAL];

/** As it is installed. */
const installedAs = (name: string) => (FOREIGN.includes(name) ? name : `@steadfast/${name}`);

const PORTABLE: readonly ProgramName[] = [
  "analysis",
  "bridges",
  "cores",
  "law-kit",
  "one-copy",
  "own-policy",
  "presets",
  "spec",
  "stores",
  "tasks",
  "test-kit",
];
const EVERYTHING: readonly ProgramName[] = [
  ...PORTABLE,
  "command-line",
  "dashboard",
  "signals",
  "two-copies",
];

const scenarios: readonly Scenario[] = [
  {
    title: "one core and plain spawn",
    wanted: ["sliding-window", "policy"],
    brought: [],
    programs: ["plain-spawn"],
    surroundings: { nodeTypes: true, web: false },
  },
  {
    title: "the cores",
    wanted: ["backoff", "child-slot", "crash-budget", "policy", "sliding-window"],
    brought: [],
    programs: ["cores"],
    surroundings: { nodeTypes: false, web: false },
  },
  {
    title: "a policy of one's own",
    wanted: ["policy", "promise-tasks", "supervisor"],
    brought: ["child-slot", "supervision"],
    programs: ["own-policy"],
    surroundings: { nodeTypes: false, web: true },
  },
  {
    title: "the rules of another system",
    wanted: ["policy", "presets"],
    // The rules of OTP's supervisor are those of a tree.
    brought: ["backoff", "child-slot", "crash-budget", "sliding-window", "supervision"],
    programs: ["presets"],
    surroundings: { nodeTypes: false, web: false },
  },
  {
    title: "what if",
    wanted: ["analysis", "policy"],
    brought: ["child-slot", "supervision"],
    programs: ["analysis"],
    surroundings: { nodeTypes: false, web: false },
  },
  {
    title: "policies as JSON",
    wanted: ["policy", "spec"],
    brought: ["backoff", "child-slot", "crash-budget", "presets", "sliding-window", "supervision"],
    programs: ["spec"],
    surroundings: { nodeTypes: false, web: false },
  },
  {
    title: "one budget for many machines",
    wanted: ["policy", "sliding-window", "stores"],
    brought: [],
    programs: ["stores"],
    surroundings: { nodeTypes: false, web: true },
  },
  {
    title: "configurations of other systems",
    wanted: ["bridges", "policy"],
    brought: [
      "backoff",
      "child-process",
      "crash-budget",
      "presets",
      "sliding-window",
      "spec",
      ...LOOP,
    ],
    programs: ["bridges"],
    surroundings: { nodeTypes: true, web: false },
  },
  {
    title: "the law kit",
    wanted: ["laws", "policy"],
    brought: [...LOOP, ...FAST_CHECK],
    programs: ["law-kit"],
    surroundings: { nodeTypes: false, web: true },
  },
  {
    title: "processes",
    wanted: ["child-process", "policy"],
    brought: LOOP,
    programs: ["processes"],
    surroundings: { nodeTypes: true, web: false },
  },
  {
    title: "threads",
    wanted: ["policy", "worker-threads"],
    brought: LOOP,
    programs: ["pool", "threads"],
    surroundings: { nodeTypes: true, web: false },
  },
  {
    title: "a page in a browser",
    wanted: ["dashboard", "policy", "promise-tasks", "supervisor"],
    brought: [
      "analysis",
      "backoff",
      "child-slot",
      "crash-budget",
      "presets",
      "sliding-window",
      "spec",
      "supervision",
    ],
    programs: ["dashboard"],
    surroundings: { nodeTypes: true, web: false },
  },
  {
    title: "the command line",
    wanted: ["cli"],
    brought: [
      "analysis",
      "backoff",
      "bridges",
      "child-process",
      "crash-budget",
      "policy",
      "presets",
      "sliding-window",
      "spec",
      ...LOOP,
      ...TERMINAL,
    ],
    programs: ["command-line"],
    surroundings: { nodeTypes: true, web: false },
  },
  {
    title: "everything",
    wanted: names.map((name) => name.slice("@steadfast/".length)),
    brought: FOREIGN,
    programs: EVERYTHING,
    surroundings: { nodeTypes: true, web: true },
  },
];

describe.each(scenarios)(
  "installed: $title",
  ({ title, wanted, brought, programs, surroundings }) => {
    let user: Project;

    beforeAll(async () => {
      const scoped = wanted.map((name) => `@steadfast/${name}`);
      user = await project(join(folder, title.replaceAll(/\W/g, "-")), scoped, tarballs);
      if (surroundings.nodeTypes) addNodeTypes(root, user);
      copySources(user);
      await buildPrograms(user, programs);
    });

    test("brings what it needs from tarballs, and nothing from anywhere else", () => {
      const { installed } = user;
      const expected = [...wanted, ...brought].map(installedAs).sort();
      expect(installed.map(({ name }) => name)).toEqual(expected);
      const foreign = installed.filter(({ resolved }) => !/^file:.*\.tgz$/.test(resolved));
      expect(foreign).toEqual([]);
    });

    test.each(["nodenext", "bundler"] as const)("typechecks: %s", async (resolution) => {
      const how = { modules: "esm", compiler: "tsc", ...surroundings } as const;
      expect(await typecheck(root, user, programs, { resolution, ...how })).toBe("");
    });

    describe.each(programs)("%s", (name) => {
      test.each([
        ["import", "mjs"],
        ["require", "cjs"],
      ])("runs by %s", async (_, extension) => {
        const ended = await command(process.execPath, [`${name}.${extension}`], {
          cwd: user.folder,
        });
        expect(ended).toEqual({ code: 0, stdout: `${name}: ok\n`, stderr: "" });
      });
    });
  },
);

describe.each(packages)("the example of $name", ({ folder: place }) => {
  const needsMore = (file: string) => {
    const text = readFileSync(join(root, place, "examples", file), "utf8");
    return [...text.matchAll(IMPORTED)].some(([, name = ""]) => !FOREIGN.includes(name));
  };
  const examples = examplesIn(place).filter(
    (file) => !STARTED_BY_OTHERS.includes(file) && !needsMore(file),
  );

  test.each(examples)("%s runs beside what is installed", async (file) => {
    const cwd = join(folder, "everything", place);
    cpSync(join(root, place, "examples"), cwd, { recursive: true });
    const ended = await command(process.execPath, [file], { cwd });
    // Nothing on stderr but what `logEvents` says.
    const stderr = expect.stringMatching(/^(\{"time":.*\}\n)*$/);
    expect(ended).toEqual({ code: 0, stdout: expect.stringMatching(/\w/), stderr });
  });

  test("is there", () => {
    expect(examples.length).toBeGreaterThan(0);
  });
});

describe("the examples of the docstrings", () => {
  const examples = docstringExamples(readSurfaces(packages));

  test("have no type error", async () => {
    const user = { folder: join(folder, "everything"), installed: [] };
    const programs = writeExamples(user, examples);
    const how = { resolution: "nodenext", modules: "esm", compiler: "tsc" } as const;
    const said = await typecheck(root, user, programs, { ...how, nodeTypes: true, web: true });
    const placed = said.replaceAll(/docstring-(\d+)\.ts/g, (_, i) => examples[i]?.place ?? "?");
    expect(placed).toBe("");
  });

  test("run, but for a few, and claim what is so", async () => {
    const user = { folder: join(folder, "everything"), installed: [] };
    const { wrong, claims } = await runExamples(user, examples);
    expect(wrong).toEqual([]);
    expect(claims).toBeGreaterThan(50);
    expect(examples.filter(({ runs }) => !runs).length).toBeLessThan(16);
  }, 120_000); // the law kit's examples try every law there is
});

/** What else the programs of the last scenario are typechecked as. */
const furtherChecks: readonly (readonly [string, readonly ProgramName[], Partial<Surroundings>])[] =
  [
    ["the cores beside @types/node", ["cores"], { web: false }],
    ["whatever needs no Node, without @types/node", PORTABLE, { nodeTypes: false }],
    ["CommonJS", programNames, { modules: "cjs" }],
    ["TypeScript 6", programNames, { compiler: "tsc6" }],
  ];

test.each(furtherChecks)("typechecks: %s", async (_, programs, other) => {
  const user = { folder: join(folder, "everything"), installed: [] };
  expect(
    await typecheck(root, user, programs, {
      resolution: "nodenext",
      modules: "esm",
      nodeTypes: true,
      web: true,
      compiler: "tsc",
      ...other,
    }),
  ).toBe("");
});

test("a program with a type error is found", async () => {
  const user = { folder: join(folder, "everything"), installed: [] };
  const surroundings = { modules: "esm", nodeTypes: false, web: false, compiler: "tsc" } as const;
  const said = await typecheck(root, user, ["signals"], {
    resolution: "nodenext",
    ...surroundings,
  });
  expect(said).toContain("esm/signals.ts");
});

test("import and require give the same names, and those that have types", async () => {
  const specifiers = packages.flatMap(({ entries }) => entries.map(({ specifier }) => specifier));
  const program = `
    const { createRequire } = await import("node:module");
    const require = createRequire(process.cwd() + "/");
    const list = {};
    for (const specifier of ${JSON.stringify(specifiers)}) {
      const imported = Object.keys(await import(specifier)).filter((name) => name !== "module.exports");
      list[specifier] = [imported.sort(), Object.keys(require(specifier)).sort()];
    }
    console.log(JSON.stringify(list));`;
  const { stdout } = await command(process.execPath, ["--input-type=module", "-e", program], {
    cwd: join(folder, "everything"),
  });
  const list = JSON.parse(stdout) as Record<string, [string[], string[]]>;
  expect(Object.keys(list)).toEqual(specifiers);
  for (const { specifier, names } of readSurfaces(packages).flatMap(({ entries }) => entries)) {
    const values = names.filter(({ kind, exported }) => exported && !/type|interface/.test(kind));
    const typed = values.map(({ name }) => name).sort();
    expect(list[specifier], specifier).toEqual([typed, typed]);
  }
});

test("by require an export is a value, and `import` of the same file knows its name", async () => {
  const specifiers = packages.flatMap(({ entries }) => entries.map(({ specifier }) => specifier));
  const program = `
    const { createRequire } = await import("node:module");
    const require = createRequire(process.cwd() + "/");
    const wrong = [];
    for (const specifier of ${JSON.stringify(specifiers)}) {
      const exported = require(specifier);
      const imported = await import(require.resolve(specifier));
      for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(exported))) {
        if (value === undefined || imported[name] !== value) wrong.push(specifier + ": " + name);
      }
    }
    console.log(JSON.stringify(wrong));`;
  const { stdout } = await command(process.execPath, ["--input-type=module", "-e", program], {
    cwd: join(folder, "everything"),
  });
  expect(JSON.parse(stdout)).toEqual([]);
});

describe.each(packages)("what is built of $name", ({ folder }) => {
  test.each([[[".js"]], [[".cjs"]], [[".d.ts", ".d.cts"]]])("stands there once: %s", (endings) => {
    expect(copies(join(root, folder, "dist"), endings)).toEqual([]);
  });
});
