// The help of each command ends with an example, and the example runs in a folder that has what it names.

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { commands } from "../../src/commands.js";
import { ran, start } from "./started.js";

/** Those whose example finds something, which is code 1. */
const FINDS = ["diff", "replay"];
/** Those that go on until they are stopped. */
const STAYS = ["run", "up"];

const folder = mkdtempSync(join(tmpdir(), "steadfast-help-"));
const shop = join(folder, "shop");
cpSync(join(import.meta.dirname, "shop"), shop, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

it("lists every command", async () => {
  const { code, stdout } = await ran(["--help"]);
  expect(code).toBe(0);
  for (const { name, summary } of commands) {
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(summary);
    expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
  }
});

it.each(commands.map(({ name, example }) => [name, example] as const))(
  "%s --help ends with an example that runs",
  async (name, example) => {
    const { code, stdout } = await ran([name, "--help"]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n").slice(-2)).toEqual(["Example:", `  $ ${example}`]);
    const [program, ...args] = example.split(" ");
    expect(program).toBe("steadfast");
    const how = { cwd: shop, env: { XDG_RUNTIME_DIR: mkdtempSync(join(folder, "runtime-")) } };
    if (STAYS.includes(name)) {
      await using one = start(args, how);
      await one.said(/listening/);
      await one.said(/"event":"ready"/);
      one.kill("SIGTERM");
      expect(await one.ended).toMatchObject({ code: 143 });
      return;
    }
    await using stack = start(["up", "--log", "text"], how); // for those that ask one
    await stack.said(/all children are up/);
    expect(await ran(args, how)).toMatchObject({ code: FINDS.includes(name) ? 1 : 0 });
  },
);

it("an unknown command has the nearest one, and ends with 2", async () => {
  const { code, stderr } = await ran(["statsu"]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/unknown command 'statsu'\n\(Did you mean (one of )?stat/i),
  });
});
