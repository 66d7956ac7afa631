// `steadfast run` with real children: restarts, exit codes, signals, readiness, process 1.

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { ran, start } from "./started.js";

const node = (program: string) => ["--", process.execPath, "-e", program];
const QUICK = ["--backoff", "1ms..1ms"];

it("passes the output on, and ends with 0 when the child is done", async () => {
  const { code, stdout, stderr } = await ran(["run", ...node("console.log('hello')")]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "hello\n" });
  const events = stderr.trim().split("\n");
  expect(events.map((line) => JSON.parse(line).event)).toEqual(["launched", "exited", "ended"]);
});

it("restarts after a failure, within the limit, and ends with the child's code", async () => {
  const options = ["--limit", "3/1m", "--give-up", ...QUICK, "--log", "text"];
  const { code, stdout, stderr } = await ran([
    "run",
    ...options,
    ...node("console.log('up'); process.exit(7)"),
  ]);
  expect(code).toBe(7);
  expect(stdout).toBe("up\nup\nup\n");
  expect(stderr).toMatch(
    /not restarted any more: the limit of its window is reached \(window-full\)/,
  );
  expect(stderr).toMatch(/given up after 3 attempts/);
});

it("does not restart with --restart no, and restarts after a success with always", async () => {
  const failing = node("console.log('x'); process.exit(1)");
  const once = await ran(["run", "--restart", "no", ...failing]);
  expect(once).toMatchObject({ code: 1, stdout: "x\n" });
  const always = ["--restart", "always", "--limit", "2/1m", "--give-up", ...QUICK];
  const twice = await ran(["run", ...always, ...node("console.log('y')")]);
  expect(twice).toMatchObject({ code: 1, stdout: "y\ny\n" });
});

it("takes the options of the command as they are, also without --", async () => {
  const args = ["run", "--restart", "no", process.execPath, "-p", "1 + 1"];
  expect(await ran(args)).toMatchObject({ code: 0, stdout: "2\n" });
});

it("ends with 127 for a command that is not there, and 128 + n for a child that a signal ended", async () => {
  const missing = await ran(["run", "--restart", "no", "--", "no-such-command"]);
  expect(missing).toMatchObject({ code: 127 });
  const killed = node("process.kill(process.pid, 'SIGKILL')");
  expect(await ran(["run", "--restart", "no", ...killed])).toMatchObject({ code: 137 });
});

const PATIENT = "process.on('SIGTERM', () => { console.log('bye'); process.exit(0); });";
const DEAF = "process.on('SIGTERM', () => console.log('no'));";
const STAYS = "console.log('up'); setInterval(() => {}, 1e6);";

it("stops the child in order at the first signal", async () => {
  await using one = start(["run", ...node(PATIENT + STAYS)]);
  await one.said(/up/);
  one.kill("SIGTERM");
  expect(await one.ended).toMatchObject({ code: 143, stdout: "up\nbye\n" });
});

it("kills the child at once at the second, and dies of it", async () => {
  await using one = start(["run", "--grace", "1h", ...node(DEAF + STAYS)]);
  await one.said(/up/);
  one.kill("SIGINT");
  await one.said(/^no$/m);
  one.kill("SIGINT");
  const { code, signal } = await one.ended;
  expect({ code, signal }).toEqual({ code: null, signal: "SIGINT" });
});

it("kills a child that does not stop within --grace", async () => {
  await using one = start(["run", "--grace", "10ms", "--log", "text", ...node(DEAF + STAYS)]);
  await one.said(/up/);
  one.kill("SIGTERM");
  expect(await one.ended).toMatchObject({ code: 143 });
  expect(one.text()).toMatch(/did not stop within \S+ m?s: killed/);
});

it("passes SIGHUP on, each time", async () => {
  const program = `let n = 0; process.on('SIGHUP', () => console.log('read again ' + ++n)); ${STAYS}`;
  await using one = start(["run", ...node(program)]);
  await one.said(/up/);
  one.kill("SIGHUP");
  await one.said(/read again 1/);
  one.kill("SIGHUP");
  await one.said(/read again 2/);
  one.kill("SIGTERM");
  expect(await one.ended).toMatchObject({ code: 143 });
});

it("is ready at a line, or when a port accepts", async () => {
  const late = "setTimeout(() => console.log('listening on 1'), 10); setInterval(() => {}, 1e6)";
  await using line = start(["run", "--log", "text", "--ready", "line:listening", ...node(late)]);
  await line.said(/ready after/);
  await using server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const options = ["--log", "text", "--ready", `port:${port}`, "--name", "web", "--log-prefix"];
  await using web = start(["run", ...options, ...node(STAYS)]);
  await web.said(/web +ready after/);
  await web.said(/web.* up/);
});

const namespaces = spawnSync("unshare", ["-pf", "--mount-proc", "true"]).status === 0;
if (!namespaces) console.warn("skipped: no namespaces of processes (unshare -pf)");

it.skipIf(!namespaces)("says as process 1 what it does not do, and stops in order", async () => {
  const by = ["unshare", "-pf", "--mount-proc", "--kill-child"] as const;
  await using one = start(["run", "--log", "text", ...node(PATIENT + STAYS)], { by });
  await one.said(/up/);
  expect(one.text()).toMatch(/this is process 1: .* are not reaped; .* an init/);
  // unshare itself ignores SIGTERM: its child, which is process 1 inside, is asked.
  const inside = spawnSync("pgrep", ["-P", String(one.pid)], { encoding: "utf8" }).stdout.trim();
  process.kill(Number(inside), "SIGTERM");
  expect(await one.ended).toMatchObject({ code: 143, stdout: "up\nbye\n" });
});
