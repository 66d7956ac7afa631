// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Compose and systemd

// Edges of the importers of parsed objects and of the other texts, and what none of them may do: throw.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromCompose } from "../src/compose.js";
import { type Imported, joined } from "../src/index.js";
import { fromEcosystem } from "../src/pm2.js";
import { fromProcessCompose } from "../src/process-compose.js";
import { fromProcfile } from "../src/procfile.js";
import { fromSupervisord } from "../src/supervisord.js";
import { fromUnit } from "../src/systemd.js";

const said = ({ report }: Imported) =>
  report.map(({ line, path, message }) => [line ?? path?.join("."), message]);

describe("fromEcosystem", () => {
  const app = (options: object, more = {}) =>
    fromEcosystem({ apps: [{ script: "a.js", ...options }] }, more);
  const policy = (options: object) => app(options).services[0]?.policy;

  it.each([
    ["a number is milliseconds", { min_uptime: 500 }, { minUptimeMs: 500 }],
    ["a text may be a number", { min_uptime: "500" }, { minUptimeMs: 500 }],
    ["a text may have a unit", { restart_delay: "1.5s" }, { restartDelayMs: 1_500 }],
    ["hours", { exp_backoff_restart_delay: "1h" }, { expBackoffRestartDelayMs: 3_600_000 }],
    ["flags as texts", { autorestart: "false" }, { autorestart: false }],
    ["one stop code", { stop_exit_codes: 3 }, { stopExitCodes: [3] }],
    [
      "several",
      { stop_exit_codes: [0, 3], max_restarts: 0 },
      { stopExitCodes: [0, 3], maxRestarts: 0 },
    ],
  ])("%s", (_, given, expected) => {
    expect(policy(given)).toEqual({ preset: "pm2", options: expected });
  });

  it.each([
    ["by its ending", {}, "node", ["a.js"]],
    ["a shell script", { script: "./a.sh" }, "bash", ["./a.sh"]],
    ["no ending, in a folder", { script: "bin/www" }, "node", ["bin/www"]],
    ["a command", { script: "npm", args: "run 'the web'" }, "npm", ["run", "the web"]],
    [
      "its own interpreter",
      { interpreter: "deno", interpreter_args: "-A" },
      "deno",
      ["-A", "a.js"],
    ],
    [
      "node's arguments",
      { node_args: ["--a", "--b"], args: ["c d"] },
      "node",
      ["--a", "--b", "a.js", "c d"],
    ],
    ["none", { script: "./web", interpreter: "none" }, "./web", undefined],
    ["a command line", { script: "nodemon ./a.ts", args: "-q" }, "nodemon ./a.ts -q", undefined],
  ])("runs %s", (_, given, command, args) => {
    const [service] = app(given).services;
    expect([service?.command, service?.args]).toEqual([command, args]);
  });

  it("has variables of an environment, instances, and a channel where messages are wanted", () => {
    const apps = { env: { A: 1, B: "b" }, env_production: { B: "p" }, instances: -1 };
    expect(app(apps).services[0]?.env).toEqual({ A: "1", B: "b" });
    const production = app(apps, { env: "production", cpus: 4 });
    expect(production.services[0]).toMatchObject({ env: { A: "1", B: "p" }, replicas: 3 });
    expect(app({ shutdown_with_message: true, kill_timeout: "3s" }).services[0]).toMatchObject({
      channel: true,
      stop: { message: true, gracePeriodMs: 3_000 },
    });
  });

  it("takes one app, a list, and JSON with `apps` as an object", () => {
    for (const file of [{ script: "a.js" }, [{ script: "a.js" }], { apps: { script: "a.js" } }]) {
      expect(fromEcosystem(file).services.map(({ id }) => id)).toEqual(["a"]);
    }
    expect(said(fromEcosystem({ apps: [{ name: "x" }], deploy: {} }))).toEqual([
      ["apps.0", "it has no script"],
      ["deploy", "nothing is deployed"],
    ]);
  });
});

describe("fromCompose", () => {
  const web = (options: object, more = {}) =>
    fromCompose({ services: { web: { command: "web", ...options } } }, more);

  it.each([
    [undefined, "no"],
    ["no", "no"],
    [false, "no"],
    ["always", "always"],
    ["on-failure", "on-failure"],
    ["on-failure:0", "on-failure:0"],
    ["sometimes", "no"],
  ])("restart: %s", (restart, expected) => {
    expect(web({ restart }).services[0]?.policy).toEqual({
      preset: "docker",
      options: { restart: expected },
    });
  });

  it.each([
    ["the list of a program", { entrypoint: ["a", "b c"], command: ["d"] }, ["a", "b c", "d"]],
    ["a line is split", { command: `a "b c" d\\ e` }, ["a", "b c", "d e"]],
    [
      "a dollar sign, a variable, a default",
      { command: ["a", "$$B", "$X", "${Y:-y}", "${Z-z}", "${E:-e}", "${E-e}"] },
      ["a", "$B", "x", "y", "z", "e", ""],
    ],
  ])("%s", (_, given, words) => {
    const [service] = web(given, { env: { X: "x", E: "" } }).services;
    expect([service?.command, ...(service?.args ?? [])]).toEqual(words);
  });

  it("has durations, signals, replicas, files of variables and conditions", () => {
    const deploy = { replicas: 3, restart_policy: { condition: "any", window: "2h" } };
    const file = {
      services: {
        db: { command: "db", healthcheck: { test: ["CMD", "look"], interval: "1.5s", retries: 5 } },
        off: { command: "off", healthcheck: { test: ["NONE"] } },
        web: {
          command: "web",
          deploy,
          stop_signal: "QUIT",
          stop_grace_period: "1m30s",
          env_file: ["a.env", { path: "b.env", required: false }],
          depends_on: {
            db: { condition: "service_healthy" },
            off: { condition: "service_completed_successfully" },
          },
        },
      },
    };
    const { services, report } = fromCompose(file);
    expect(services[0]?.probe).toEqual({
      check: { command: "look", args: [] },
      for: "readiness",
      periodMs: 1_500,
      timeoutMs: 30_000,
      failures: 5,
    });
    expect(services[1]?.probe).toBeUndefined();
    expect(services[2]).toMatchObject({
      stop: { signal: "SIGQUIT", gracePeriodMs: 90_000 },
      envFiles: ["a.env", "b.env"],
      replicas: 3,
      policy: { preset: "dockerSwarm", options: { condition: "any", windowMs: 7_200_000 } },
      after: [
        { id: "db", until: "ready" },
        { id: "off", until: "completed" },
      ],
    });
    expect(report.map(({ path }) => path?.join("."))).toEqual(["services.web.env_file"]);
  });

  it("says what is no duration, which of two decides, and what is started on demand", () => {
    const both = {
      restart: "always",
      deploy: { restart_policy: { condition: "any" } },
      stop_grace_period: "soon",
    };
    expect(said(web(both))).toEqual([
      ["services.web.deploy.restart_policy", "`restart` decides"],
      ["services.web.stop_grace_period", "it is no duration; the default holds"],
    ]);
    expect(said(web({ profiles: ["debug"] }))).toEqual([
      ["services.web", "it is started on demand, and is left out"],
    ]);
  });
});

describe("fromSupervisord", () => {
  const program = (...lines: string[]) =>
    fromSupervisord(["[program:web]", "command=web", ...lines].join("\n"));

  it.each([
    ["seconds", ["startsecs=5", "startretries=0"], { startMs: 5_000, startRetries: 0 }],
    ["always", ["autorestart=true"], { autorestart: true }],
    ["never", ["autorestart=false"], { autorestart: false }],
    ["codes", ["exitcodes=0, 2"], { exitCodes: [0, 2] }],
    ["a comment behind a value", ["startsecs=7 ; seven"], { startMs: 7_000 }],
    ["a colon", ["startsecs: 7"], { startMs: 7_000 }],
  ])("%s", (_, lines, options) => {
    expect(program(...lines).services[0]?.policy).toEqual({ preset: "supervisord", options });
  });

  it.each([
    [[], "process"],
    [["killasgroup=true"], "mixed"],
    [["stopasgroup=true"], "group"],
    [["stopasgroup=true", "killasgroup=false"], "group"],
  ])("signals: %s", (lines, killScope) => {
    expect(program(...lines).services[0]?.stop).toEqual({ killScope });
  });

  it("has variables over several lines, expansions, and numbers of a program", () => {
    const text = `[program:web]\ncommand=%(here)s/%(program_name)s --home %(ENV_HOME)s 100%% %(host_node_name)s\nnumprocs=2\nenvironment=A="a,b",B='c',\n  C=d`;
    const { services, report } = fromSupervisord(text, { here: "/srv", env: { HOME: "/me" } });
    expect(services[0]).toMatchObject({
      command: "/srv/web",
      replicas: 2,
      env: { A: "a,b", B: "c", C: "d" },
    });
    expect(services[0]?.args).toEqual(["--home", "/me", "100%", "%(host_node_name)s"]);
    expect(report.map(({ line, message }) => [line, message])).toEqual([
      [2, "%(host_node_name)s is not known here"],
    ]);
  });

  it("leaves out what does not start, and says what it cannot read", () => {
    const text =
      "stray\n[program:a]\ncommand=a\nautostart=false\n[program:b]\n[eventlistener:c]\ncommand=c\n[program:d]\ncommand=d\nstartsecs=-1\nautorestart=maybe\nstopsignal=NO";
    const { services, report } = fromSupervisord(text);
    expect(services.map(({ id }) => id)).toEqual(["d"]);
    expect(report.map(({ line }) => line)).toEqual([1, 4, 5, 6, 10, 11, 12]);
  });
});

describe("fromProcfile", () => {
  it("says which line is none, and which name is there twice", () => {
    const read = fromProcfile("# comment\n\nweb: a\nno command\nweb: b\n b : c\nx:y", {
      port: null,
    });
    expect(read.services).toEqual([
      { id: "web", command: "a", shell: true, policy: "never" },
      { id: "x", command: "y", shell: true, policy: "never" },
    ]);
    expect(read.report.map(({ line }) => line)).toEqual([4, 5, 6]);
  });
});

describe("joined", () => {
  const one = (id: string, ...after: string[]): Imported => ({
    services: [
      {
        id,
        command: id,
        policy: "always",
        after: after.map((other) => ({ id: other, until: "ready" })),
      },
    ],
    report: [],
  });

  it("keeps what is waited for and there, and the last of one name", () => {
    const all = joined(one("web", "db", "cache"), one("db"), one("db"));
    expect(all.services.map(({ id, after }) => [id, after?.map((other) => other.id)])).toEqual([
      ["web", ["db"]],
      ["db", undefined],
    ]);
    expect(all.report.map(({ message }) => message)).toEqual([
      "there is another db, which replaces it",
      "web waits for cache, which is not there",
    ]);
  });
});

describe("whatever is read, nothing is thrown", () => {
  const keys =
    "services processes apps web command entrypoint script environment env depends_on healthcheck test deploy restart_policy restart availability shutdown signal instances args interpreter readiness_probe http_get port exec shell env_file profiles stop_exit_codes __proto__ constructor";
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom<unknown>(
        null,
        undefined,
        true,
        false,
        0,
        -1,
        1.5,
        "",
        "a",
        "a 'b",
        "${A",
        "$A",
        "1s",
        "-1s",
        "NONE",
        "max",
      ),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys.split(" ")), tie("any"), { maxKeys: 5 }),
    ),
  })).any;
  const rooted = fc
    .tuple(value, fc.constantFrom("services", "processes", "apps"))
    .map(([one, key]) => ({ [key]: { web: one, b: one } }));

  it("of objects", () => {
    fc.assert(
      fc.property(fc.oneof(value, rooted), (object) => {
        for (const from of [fromCompose, fromProcessCompose, fromEcosystem]) {
          for (const { path } of from(object).report) expect(path).toBeInstanceOf(Array);
        }
      }),
    );
  });

  it("of texts", () => {
    const line = fc.constantFrom(
      "[Service]",
      "[Unit]",
      "[program:a]",
      "ExecStart=",
      'ExecStart="',
      "ExecStart=/a $B ${C} \\",
      "Environment=",
      "Environment=A",
      "command=",
      "command='",
      "environment=A",
      "RestartSec=",
      "After=",
      "=",
      "\\",
      " x",
      "web: a",
      "web:",
      "KillSignal=99",
      "%",
      "exitcodes=,",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = lines.join("\n");
        for (const from of [fromUnit, fromSupervisord, fromProcfile]) from(text);
      }),
    );
  });
});
