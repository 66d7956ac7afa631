// `steadfast up` without a terminal: lines, order, exit codes, files of other systems.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

it("restarts a child when a file changes that it watches, once per change, and only that child", async () => {
  const up1 = (name: string) =>
    node(`console.log('up', '${name}', process.env.STEADFAST_ATTEMPT); ${STAYS}`);
  const cwd = stack({ web: { command: up1("web"), watch: "src" }, db: { command: up1("db") } });
  mkdirSync(join(cwd, "src", "node_modules"), { recursive: true });
  await using up = start(["up", "--watch", "--log", "text"], { cwd });
  await up.said(/up web 1/);
  await up.said(/up db 1/);
  await up.said(/all children are up/);
  writeFileSync(join(cwd, "src", "node_modules", "a.mjs"), "");
  writeFileSync(join(cwd, "src", "a.mjs"), "1");
  writeFileSync(join(cwd, "src", "a.mjs"), "2");
  await up.said(/up web 2/);
  up.kill("SIGTERM");
  const { stdout, stderr } = await up.ended;
  expect(stdout).not.toMatch(/up web 3|up db 2/);
  expect(stderr.match(/changed: web is restarted/g)).toHaveLength(1);
  expect(stderr).toMatch(/src\/a\.mjs changed/);
});

it("appends what policies are asked and answer to a journal", async () => {
  const cwd = stack({ a: { command: node("process.exit(4)"), policy: "never" } });
  await ran(["up", "--journal", "j.jsonl"], { cwd });
  await ran(["run", "--restart", "no", "--journal", "j.jsonl", "--", ...node("")], { cwd });
  const lines = readFileSync(join(cwd, "j.jsonl"), "utf8").trim().split("\n");
  const entries = lines.map((line) => JSON.parse(line));
  expect(
    entries
      .filter(({ id }) => id === "a")
      .map(({ event, decision }) => [event.type, decision.type]),
  ).toEqual([
    ["launch", "launch"],
    ["exited", "noted"],
    ["launch", "refuse"],
  ]);
  expect(entries.filter(({ id }) => id === undefined).length).toBe(3);
  const nowhere = await ran(["up", "--journal", "no/j.jsonl"], { cwd });
  expect(nowhere).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/no\/j\.jsonl: the journal cannot be written/),
  });
});
