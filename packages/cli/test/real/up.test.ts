// `steadfast up` without a terminal: lines, order, exit codes, files of other systems.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { ran, start } from "./started.js";

const folder = mkdtempSync(join(tmpdir(), "steadfast-up-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A configuration in a folder of its own. */
function stack(children: object, more: object = {}): string {
  const cwd = mkdtempSync(join(folder, "stack-"));
  writeFileSync(
    join(cwd, "steadfast.config.json"),
    JSON.stringify({ name: "shop", children, ...more }),
  );
  return cwd;
}

const node = (program: string) => [process.execPath, "-e", program];
const STAYS = "setInterval(() => {}, 1e6);";

it("starts children in order, with their names in front of their lines, and stops them in the reverse one", async () => {
  const bye = (name: string) =>
    `process.on('SIGTERM', () => { console.log('${name} ends'); process.exit(0); });`;
  const cwd = stack({
    web: { command: node(`${bye("web")} console.log('web begins'); ${STAYS}`), after: ["db"] },
    db: { command: node(`${bye("db")} console.log('db begins'); ${STAYS}`), ready: "line:begins" },
  });
  await using up = start(["up", "--log", "text"], { cwd });
  await up.said(/web begins/);
  await up.said(/all children are up/);
  up.kill("SIGTERM");
  const { code, stdout } = await up.ended;
  expect(code).toBe(143);
  expect(stdout.match(/^(web|db) +\| .*$/gm)?.map((line) => line.replace(/ +/g, " "))).toEqual([
    "db | db begins",
    "web | web begins",
    "web | web ends",
    "db | db ends",
  ]);
});

it("restarts by the policy, and ends when all are done: with 0, or the code of the one that failed", async () => {
  const policy = {
    kind: "allOf",
    members: ["on-failure", { kind: "lifetimeCap", options: { restarts: 1 } }],
  };
  const good = stack({ a: { command: node("console.log('one')") }, b: { command: node("") } });
  expect(await ran(["up"], { cwd: good })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("one"),
  });
  const bad = stack({
    a: { command: node("process.exit(4)"), policy: "never" },
    b: { command: node("") },
  });
  expect(await ran(["up"], { cwd: bad })).toMatchObject({ code: 4 });
  const spent = stack({ a: { command: node("console.log('try'); process.exit(5)"), policy } });
  const { code, stdout } = await ran(["up"], { cwd: spent });
  expect({ code, tries: stdout.match(/try/g)?.length }).toEqual({ code: 5, tries: 2 });
});

it("goes on when a child cannot be started, by its policy", async () => {
  const cwd = stack({
    a: { command: "no-such-command", policy: "1/1h" },
    b: { command: node(STAYS) },
  });
  await using up = start(["up", "--log", "text"], { cwd });
  await up.said(/a +could not be started/);
  await up.said(/a +not restarted yet/);
  up.kill("SIGINT");
  expect(await up.ended).toMatchObject({ code: 130 });
});

it("runs a Procfile, and says of a Compose file what does not map", async () => {
  const cwd = mkdtempSync(join(folder, "foreign-"));
  writeFileSync(
    join(cwd, "Procfile"),
    `web: ${process.execPath} -p "'up ' + process.cwd()"; sleep 1000\n`,
  );
  await using web = start(["up"], { cwd });
  await web.said(new RegExp(`up ${cwd}`));
  web.kill("SIGTERM");
  expect(await web.ended).toMatchObject({ code: 143 });
  writeFileSync(
    join(cwd, "compose.yaml"),
    "services:\n  a:\n    command: echo hello\n    ports: ['80:80']\n",
  );
  const { stdout, stderr } = await ran(["up", "compose.yaml"], { cwd });
  expect(stdout).toMatch(/hello/);
  expect(stderr).toMatch(/^compose\.yaml:4: dropped services\.a\.ports:/m);
});

it("ends with 2 and the place for a wrong file", async () => {
  const cwd = stack({ web: { comand: "x" } });
  const { code, stderr } = await ran(["up"], { cwd });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      "steadfast: steadfast.config.json:1:35: children.web.comand is unknown (did you mean command?)\n",
  });
});

it("has a clear word for TypeScript where Node strips no types", async () => {
  const cwd = mkdtempSync(join(folder, "types-"));
  const text = `export default { children: { a: { command: ${JSON.stringify(node("console.log('typed')"))} as string[] } } };`;
  writeFileSync(join(cwd, "steadfast.config.ts"), text);
  expect(await ran(["up"], { cwd })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("typed"),
  });
  const env = { NODE_OPTIONS: "--no-experimental-strip-types" };
  const { code, stderr } = await ran(["up"], { cwd, env });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      /steadfast\.config\.ts: Node [\d.]+ does not strip types: use Node 22\.18/,
    ),
  });
});
