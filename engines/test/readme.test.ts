// The programs on the pages that import foreign libraries: they have no type error, run, and what they claim is so. And the
// examples of bridges, on the same servers: each prints what it says.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RUNTIMES } from "../../packages/bridges/test/runtimes.ts";
import { withChecks } from "../../packages/conformance/test/docs/claims.ts";
import { pagesWithPrograms } from "../../packages/conformance/test/docs/pages.ts";
import { programsOf } from "../../packages/conformance/test/docs/programs.ts";
import { examples, outputOf } from "../examples.ts";
import { startPostgres } from "../servers/postgres.ts";
import { startRedis } from "../servers/redis.ts";
import type { Server } from "../servers/server.ts";
import { isMissing, type ToolName } from "../tools.ts";
import { complaints, written } from "../typescript.ts";

/** A program that keeps a worker or a server ends here, once its claims were looked at. */
const ENDS = /from "(bullmq|pg-boss|graphile-worker|prom-client)"/;

/** Run by restate.test.ts, on its server. */
const ON_RESTATE = "restate.mjs";
/** The most that a block of such a program has: what it takes to use a bridge. */
const MOST_LINES = 8;

const programs = pagesWithPrograms
  .flatMap((page) => programsOf(page, "engines"))
  .map((program, i) => ({
    ...program,
    file: `program-${i}`,
    place: `${program.page}:${program.lines[0]}`,
  }));
const files = new Map(
  programs.flatMap(({ file, text }) => [
    [`${file}.mts`, text],
    [
      `${file}.mjs`,
      `${stripTypeScriptTypes(withChecks(text).text)}${ENDS.test(text) ? "process.exit();" : ""}`,
    ],
  ]),
);
const folder = written("programs", files);

it("there is one for each bridge, and it is short", () => {
  const bridgePrograms = programs.filter(({ text }) => text.includes("@steadfast/bridges/"));
  const imported = bridgePrograms.flatMap(
    ({ text }) => text.match(/@steadfast\/bridges\/[\w-]+/g) ?? [],
  );
  expect(new Set(imported)).toEqual(new Set(RUNTIMES.map((name) => `@steadfast/bridges/${name}`)));
  const long = bridgePrograms.flatMap(({ place, text, lines: blocks }) => {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    return lines.length > MOST_LINES * blocks.length ? [`${place}: ${lines.length} lines`] : [];
  });
  expect(long).toEqual([]);
});

it("there is an example for each bridge, which the page of bridges names", () => {
  const foreign = examples.filter(({ isForeign }) => isForeign);
  expect(foreign.map(({ name }) => name)).toEqual(RUNTIMES.map((name) => `${name}.mjs`));
  const page = readFileSync(new URL("../../packages/bridges/README.md", import.meta.url), "utf8");
  for (const { name, text } of foreign) {
    expect(text).toContain(`"@steadfast/bridges/${name.replace(".mjs", "")}"`);
    expect(page).toContain(`(examples/${name})`);
  }
});

it("have no type error", () => {
  expect(
    complaints(
      folder,
      programs.map(({ file }) => `${file}.mts`),
    ),
  ).toBe("");
});

/** What a program needs besides libraries, by what it imports. */
const SERVERS: readonly (readonly [imported: RegExp, tool: ToolName])[] = [
  [/from "bullmq"/, "redis-server"],
  [/from "(pg-boss|graphile-worker)"/, "postgres"],
];
const toolOf = (text: string) => SERVERS.find(([imported]) => imported.test(text))?.[1];

describe.each([undefined, "redis-server", "postgres"] as const)("with %s", (tool) => {
  const own = programs.filter(({ text }) => toolOf(text) === tool);
  const isSkipped = tool !== undefined && isMissing(tool);
  const env: Record<string, string | undefined> = { ...process.env };
  let server: Server | undefined;
  beforeAll(async () => {
    if (tool === undefined || isSkipped) return;
    server = await (tool === "postgres" ? startPostgres({ patient: true }) : startRedis());
    env.REDIS_URL = `redis://127.0.0.1:${server.port}`;
    env.DATABASE_URL = `postgres://postgres@127.0.0.1:${server.port}/postgres`;
  });
  afterAll(() => server?.stop());

  it
    .skipIf(isSkipped)
    .each(own.map(({ place, file, text }) => [place, file, withChecks(text).claims] as const))(
    "%s runs, and what it claims is so",
    async (_, file, claims) => {
      expect(claims).toBeGreaterThan(0);
      const options = { cwd: folder, env, timeout: 45_000, killSignal: "SIGKILL" } as const;
      const { stderr } = await promisify(execFile)(process.execPath, [`${file}.mjs`], options);
      expect(stderr).toBe("");
    },
  );

  it
    .skipIf(isSkipped)
    .each(
      examples
        .filter(({ name, text }) => toolOf(text) === tool && name !== ON_RESTATE)
        .map((example) => [example.name, example] as const),
    )("the example %s prints what it says", async (_, example) => {
    expect(example.printed).not.toBe("");
    expect(await outputOf(example, env)).toEqual({ stdout: example.printed, stderr: "" });
  });
});
