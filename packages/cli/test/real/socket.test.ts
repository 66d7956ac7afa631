// A second terminal: what it can see and order, whose socket it is, and that nobody is harmed by what comes over it.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type How, ran, start } from "./started.js";

const folder = mkdtempSync(join(tmpdir(), "steadfast-socket-"));
afterAll(() => rmSync(folder, { recursive: true }));

const node = (program: string) => [process.execPath, "-e", program];
const SERVER = `
process.on('SIGHUP', () => console.log('reads again'));
console.log('up', process.env.STEADFAST_ID, process.env.STEADFAST_ATTEMPT);
console.error('to stderr');
setInterval(() => {}, 1e6);`;

/** A stack with a folder and a runtime folder of its own. */
function place(
  children: object = { web: { command: node(SERVER), reloadSignal: "SIGHUP" } },
): How & { cwd: string; env: { XDG_RUNTIME_DIR: string } } {
  const cwd = mkdtempSync(join(folder, "stack-"));
  const runtime = join(cwd, "runtime");
  mkdirSync(runtime, { mode: 0o700 });
  writeFileSync(join(cwd, "steadfast.config.json"), JSON.stringify({ name: "shop", children }));
  return { cwd, env: { XDG_RUNTIME_DIR: runtime } };
}

const socketIn = ({ env }: ReturnType<typeof place>) => {
  const sockets = join(env.XDG_RUNTIME_DIR, "steadfast");
  return join(sockets, readdirSync(sockets).find((name) => name.endsWith(".sock")) ?? "none");
};

const READY = /all children are up/;
const up = (how: How) => start(["up", "--log", "text"], how);

describe("a running stack", () => {
  it("is shown, restarted, reloaded and stopped from a second terminal", async () => {
    const how = place();
    await using one = up(how);
    await one.said(/up web 1/);
    const inside = { ...how, cwd: join(how.cwd, "runtime") }; // a folder below that of the project
    expect((await ran(["ls"], inside)).stdout).toMatch(
      /^name .*\nweb +ready +\d+ +[\d.]+m?s +0 +9 of 10 in 10m$/m,
    );
    expect((await ran(["restart", "web"], how)).code).toBe(0);
    await one.said(/up web 2/);
    expect(await ran(["reload", "web"], how)).toMatchObject({
      code: 0,
      stdout: "web was asked to reload\n",
    });
    await one.said(/reads again/);
    const status = await ran(["status", "--json"], how);
    expect(JSON.parse(status.stdout)).toMatchObject({
      name: "shop",
      folder: how.cwd,
      pid: one.pid,
      rows: [{ name: "web", restarts: 1 }],
    });
    expect(await ran(["stop", "web"], how)).toMatchObject({ code: 0 });
    await one.said(/asked to stop, for a pause/);
    expect((await ran(["restart", "web"], how)).stdout).toBe("web is started again\n");
    await one.said(/up web 3/);
    expect(await ran(["stop"], how)).toMatchObject({ code: 0, stdout: "shop is stopping\n" });
    expect(await one.ended).toMatchObject({ code: 0 });
    expect(
      existsSync(join(how.env.XDG_RUNTIME_DIR, "steadfast")) &&
        readdirSync(join(how.env.XDG_RUNTIME_DIR, "steadfast")),
    ).toEqual([]);
  });

  it("gives the last lines, and goes on with what comes", async () => {
    const how = place();
    await using one = up(how);
    await one.said(/to stderr/);
    const { stdout, stderr } = await ran(["logs", "web"], how);
    expect(stdout).toBe("web          | up web 1\n");
    expect(stderr).toBe("web          | to stderr\n");
    await using follower = start(["logs", "-f"], how);
    await follower.said(/up web 1/);
    await ran(["restart", "web"], how);
    await follower.said(/up web 2/);
    one.kill("SIGTERM");
    expect(await follower.ended).toMatchObject({ code: 0 });
  });

  it("says why, and exits with 1 where a child is not well", async () => {
    const policy = { kind: "inTurn", members: ["1ms..1ms", "2/1h"] };
    const how = place({
      web: { command: node("console.error('Error: no database'); process.exit(3)"), policy },
    });
    await using one = up(how);
    await one.said(/not restarted yet/);
    const { code, stdout } = await ran(["status"], how);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^shop \(pid \d+\) in .*: 0 of 1 ready$/m);
    expect(stdout).toMatch(
      /^web is not yet\. failed after .*exit code 3, Error: no database\. Refused for now \(window-full\): slidingWindow has counted 2 launches in 1h, and its limit is 2; asked again in \S+, at \d\d:\d\d:\d\d, it is launched at once\.$/m,
    );
  });

  it("knows the nearest name, and says so where nobody runs", async () => {
    const how = place();
    expect(await ran(["ls"], how)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no stack is running in .*`steadfast up` starts one/),
    });
    await using one = up(how);
    await one.said(READY);
    expect(await ran(["restart", "wbe"], how)).toMatchObject({
      code: 1,
      stderr: "there is no wbe here (there are web)\n",
    });
    expect(await ran(["logs", "webb"], how)).toMatchObject({
      code: 1,
      stderr: "there is no webb here (did you mean web?)\n",
    });
  });

  it("restarts replicas one after the other", async () => {
    const how = place({ web: { command: node(SERVER), replicas: 2 } });
    await using one = up(how);
    await one.said(READY);
    expect(await ran(["restart", "web"], how)).toMatchObject({
      code: 0,
      stdout: "web was restarted, one after the other\n",
    });
    const { stdout } = await ran(["status", "--json"], how);
    expect(
      JSON.parse(stdout).rows.map(({ name, restarts }: Record<string, unknown>) => [
        name,
        restarts,
      ]),
    ).toEqual([
      ["web.1", 1],
      ["web.2", 1],
    ]);
  });
});

describe("the socket", () => {
  it("can be opened by its user alone", async () => {
    const how = place();
    await using one = up(how);
    await one.said(READY);
    const socket = socketIn(how);
    expect((statSync(socket).mode & 0o777).toString(8)).toBe("600");
    expect((statSync(join(socket, "..")).mode & 0o777).toString(8)).toBe("700");
  });

  it("is nowhere that others may enter", async () => {
    const how = place();
    mkdirSync(join(how.env.XDG_RUNTIME_DIR, "steadfast"));
    chmodSync(join(how.env.XDG_RUNTIME_DIR, "steadfast"), 0o755);
    const { code, stderr } = await ran(["up", "--log", "text"], how);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/others may enter .*mode 0700/),
    });
  });

  it("of a dead host is replaced, one of a live host never", async () => {
    const how = place();
    await using first = up(how);
    await first.said(READY);
    const second = await ran(["up", "--log", "text"], how);
    expect(second.stdout + second.stderr).not.toMatch(/started|up web/); // before anything was started
    expect(second).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/a stack of this folder is running already/),
    });
    expect(await ran(["ls"], how)).toMatchObject({ code: 0 });
    first.kill("SIGKILL");
    await first.ended;
    expect(existsSync(socketIn(how))).toBe(true);
    expect(await ran(["ls"], how)).toMatchObject({ code: 1 });
    await using third = up(how);
    await third.said(READY);
    expect(await ran(["ls"], how)).toMatchObject({ code: 0 });
  });

  it("may be named, for a second stack of the folder", async () => {
    const how = place();
    await using first = up(how);
    await first.said(READY);
    const socket = join(how.env.XDG_RUNTIME_DIR, "other", "second.sock");
    await using second = start(["up", "--log", "text", "--socket", socket], how);
    await second.said(READY);
    const { stdout } = await ran(["status", "--json", "--socket", socket], how);
    expect(JSON.parse(stdout).pid).toBe(second.pid);
  });

  it.each([
    ["what is no request", "GET / HTTP/1.1\r\n\r\n", /"error":"a request is one line/],
    ["a name that is none", '{"ask":"restart","name":"__proto__"}\n', /there is no __proto__ here/],
    ["a line without an end", "x".repeat(1_000_000), /^$/],
    ["zeros", "\0".repeat(10_000), /^$/],
  ])("survives %s", async (_, text, reply) => {
    const how = place();
    await using one = up(how);
    await one.said(READY);
    const socket = connect(socketIn(how));
    let said = "";
    socket.setEncoding("utf8").on("data", (piece: string) => {
      said += piece;
    });
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => {}); // the host may have closed it before all was sent
    socket.write(text);
    await closed;
    expect(said).toMatch(reply);
    expect(await ran(["ls"], how)).toMatchObject({ code: 0 });
  });
});
