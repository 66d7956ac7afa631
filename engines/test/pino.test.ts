// Lines by pino itself, as it writes them.

import { pinoEvents } from "@steadfast/bridges/pino";
import { spawnLauncher } from "@steadfast/child-process";
import { lifetimeCap } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { type Level, pino } from "pino";
import { expect, it } from "vitest";
import { scriptedMail } from "./scripted-mail.ts";

function logger(level: Level, lines: string[]) {
  const write = (line: string) => void lines.push(line);
  const formatters = { level: (label: string) => ({ level: label }) };
  return pino({ base: null, timestamp: false, level, formatters }, { write });
}
const said = (lines: readonly string[]) =>
  lines.map((line) => JSON.parse(line)).map(({ level, event, msg }) => `${level} ${event}: ${msg}`);

it("says what happens, each by its level, in the words of logEvents", async () => {
  const lines: string[] = [];
  await scriptedMail(pinoEvents(logger("info", lines), { explain: { "exit-3": "no password" } }));
  expect(said(lines)).toEqual([
    "info launched: starting",
    "warn exited: failed after 400 ms: exit code 3 (no password)",
    "info delayed: restart in 2 s",
    "info launched: restarting, attempt 2",
    "warn exited: could not be started, spawn mail ENOENT (no such file or command)",
    "info delayed: restart in 2 s",
    "info launched: restarting, attempt 3",
    "info healthy: healthy again after 2 exits",
    "warn exited: failed after 1 min: signal SIGSEGV (bad memory access)",
    "info delayed: restart in 2 s",
    "warn exited: could not be started, no memory",
    "error refused: not restarted any more: it has had all its restarts (cap-reached)",
    "error ended: given up after 4 attempts",
  ]);
  expect(JSON.parse(lines[11] ?? "")).toEqual({
    level: "error",
    id: "mail",
    attempt: 4,
    event: "refused",
    reason: "cap-reached",
    retryAfterMs: null,
    msg: "not restarted any more: it has had all its restarts (cap-reached)",
  });
});

it("says the rest at the level debug, once each", async () => {
  const lines: string[] = [];
  const heard: string[] = [];
  const hear = pinoEvents(logger("debug", lines));
  await scriptedMail((event) => {
    heard.push(event.type);
    hear(event);
  });
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(heard);
  expect(lines[1]).toBe(
    '{"level":"debug","id":"mail","attempt":1,"event":"ready","msg":"ready"}\n',
  );
});

it("has nothing of the arguments and the environment of a process; its last words are said", async () => {
  const lines: string[] = [];
  const script = "console.error('no port'); process.exit(3)";
  const launcher = spawnLauncher("node", ["-e", script, "secret-1"], {
    env: { ...process.env, TOKEN: "secret-2" },
    stderr: "ignore",
  });
  const onEvent = pinoEvents(logger("trace", lines));
  await supervise(launcher, { policy: lifetimeCap({ restarts: 0 }), onEvent }).outcome;
  expect(lines).toContainEqual(expect.stringContaining("exit code 3, no port"));
  expect(lines.join("")).not.toMatch(/secret|argv|TOKEN/);
});

it("goes on when the logger throws, and counts what was lost", async () => {
  const lines: string[] = [];
  let broken = 3;
  const real = logger("debug", lines);
  const say = (level: "debug" | "info" | "warn" | "error") => (fields: object, text: string) => {
    if (broken-- > 0) throw new Error("disk full");
    real[level](fields, text);
  };
  const throwing = {
    debug: say("debug"),
    info: say("info"),
    warn: say("warn"),
    error: say("error"),
  };
  await scriptedMail(pinoEvents(throwing));
  expect(said(lines)).toContain(
    "error lines-lost: 2 lines lost: the output failed or was too slow",
  );
  expect(said(lines).at(-1)).toBe("error ended: given up after 4 attempts");
});

it("refuses what is no logger", () => {
  const { debug, ...rest } = logger("info", []);
  expect(() => pinoEvents(rest as never)).toThrow(
    "pinoEvents: logger.debug must be a function, got",
  );
  expect(() => pinoEvents(undefined as never)).toThrow("pinoEvents: logger.debug");
  expect(() => pinoEvents(logger("info", []), { everMs: 3 } as never)).toThrow("everyMs");
});
