// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of systemd

import { describe, expect, it } from "vitest";
import { fromUnit } from "../src/systemd.js";

const unit = (...lines: string[]) => ["[Service]", "ExecStart=/bin/web", ...lines].join("\n");
const service = (...lines: string[]) => fromUnit(unit(...lines)).services[0];
const options = (...lines: string[]) =>
  (service(...lines)?.policy as { options?: object } | undefined)?.options;
const said = (...lines: string[]) =>
  fromUnit(unit(...lines)).report.map(({ line, message }) => [line, message]);

describe("units of time", () => {
  it.each([
    ["a bare number is seconds", "RestartSec=90", { restartMs: 90_000 }],
    ["units add up", "RestartSec=1h 5min 2s", { restartMs: 3_902_000 }],
    ["less than a millisecond stays", "RestartSec=100us", { restartMs: 0.1 }],
    ["infinity is null", "RestartSec=infinity", { restartMs: null }],
    ["0 is no delay", "RestartSec=0", { restartMs: 0 }],
    ["a window may be forever", "StartLimitInterval=infinity", { startLimitIntervalMs: null }],
    ["0 is never for a stop", "TimeoutStopSec=0", { gracePeriodMs: null }],
    ["of two the last one", "RestartSec=1\nRestartSec=2", { restartMs: 2_000 }],
    ["TimeoutSec is for the stop, too", "TimeoutSec=7", { gracePeriodMs: 7_000 }],
    [
      "TimeoutStopSec beside it is more special",
      "TimeoutStopSec=3\nTimeoutSec=7",
      { gracePeriodMs: 3_000 },
    ],
    ["the old name of the window", "StartLimitInterval=5min", { startLimitIntervalMs: 300_000 }],
    ["no SIGKILL", "SendSIGKILL=no", { gracePeriodMs: null }],
  ])("%s", (_, line, expected) => {
    expect(options(line)).toEqual(expected);
  });

  it("says where a window is not whole milliseconds, and where a text is no time", () => {
    expect(options("StartLimitInterval=1500us")).toEqual({ startLimitIntervalMs: 2 });
    expect(said("StartLimitInterval=1500us")).toEqual([[3, "rounded up to 2 ms"]]);
    expect(options("RestartSec=soon")).toEqual({});
    expect(said("RestartSec=soon")).toEqual([[3, "no time span; the default holds"]]);
    expect(said("StartLimitBurst=many", "Restart=sometimes")).toHaveLength(2);
  });
});

describe("names of codes and signals", () => {
  it.each([
    ["SuccessExitStatus=TEMPFAIL 250 SIGUSR1", { successExitStatus: [75, 250, "SIGUSR1"] }],
    ["SuccessExitStatus=1\nSuccessExitStatus=2", { successExitStatus: [1, 2] }],
    ["SuccessExitStatus=1\nSuccessExitStatus=\nSuccessExitStatus=2", { successExitStatus: [2] }],
    ["RestartPreventExitStatus=CONFIG", { restartPreventExitStatus: [78] }],
    ["RestartForceExitStatus=KILL", { restartForceExitStatus: ["SIGKILL"] }],
  ])("%s", (line, expected) => {
    expect(options(line)).toEqual(expected);
  });

  it("knows signals by number, with and without SIG, and says what is none", () => {
    expect(service("KillSignal=3")?.stop).toEqual({ signal: "SIGQUIT" });
    expect(service("KillSignal=QUIT")?.stop).toEqual({ signal: "SIGQUIT" });
    expect(service("KillSignal=6")?.stop).toEqual({ signal: "SIGABRT" });
    const none = "no signal that Node sends to ask for something; SIGTERM is sent";
    for (const signal of ["SIGNOTHING", "SIGRTMIN+3", "SIGSTOP", "17"]) {
      expect(said(`KillSignal=${signal}`)).toEqual([[3, none]]);
    }
    expect(said("SuccessExitStatus=256 NOTHING")).toHaveLength(2);
  });
});

describe("commands", () => {
  const command = (line: string, ...more: string[]) => {
    const { services } = fromUnit(["[Service]", ...more, `ExecStart=${line}`].join("\n"), {
      name: "a@b-c.service",
    });
    const { command: program, args, shell } = services[0] ?? {};
    return { program, args, ...(shell && { shell }) };
  };

  it.each([
    ["words", "/bin/web a  b", ["a", "b"]],
    ["quotes", `/bin/web "a b" 'c d' e"f g"h`, ["a b", "c d", "ef gh"]],
    [
      "escapes",
      String.raw`/bin/web a\x20b \u20ac \101 \s \q`,
      ["a b", "€", "A", " ", String.raw`\q`],
    ],
    [
      "specifiers",
      "/bin/web %i %I %n %p %N 100%%",
      ["b-c", "b/c", "a@b-c.service", "a", "a@b-c", "100%"],
    ],
    ["a dollar sign", "/bin/web $$HOME", ["$HOME"]],
    ["an empty word", `/bin/web ""`, [""]],
    ["before a semicolon", "/bin/web a ; /bin/other", ["a"]],
    ["a semicolon that is a word", String.raw`/bin/web ";" \; a;`, [";", ";", "a;"]],
    ["marks", "-+/bin/web a", ["a"]],
    ["another argv[0]", "@/bin/web other a", ["a"]],
  ])("%s", (_, line, args) => {
    expect(command(line)).toEqual({ program: "/bin/web", args });
  });

  it("fills in variables that are known, in words and as words", () => {
    const line = "/bin/web ${PORT}0 $FLAGS $NONE";
    expect(command(line, "Environment=PORT=8 'FLAGS=-a  -b' NONE=").args).toEqual([
      "80",
      "-a",
      "-b",
    ]);
    expect(command(":/bin/web $HOME").args).toEqual(["$HOME"]);
  });

  it("leaves others to a shell", () => {
    expect(command(`/bin/web \${PORT}0 $FLAGS "it's" *`)).toEqual({
      program: `set -f; exec /bin/web "\${PORT}"0 $FLAGS 'it'\\''s' '*'`,
      args: undefined,
      shell: true,
    });
  });

  it("says what is wrong with a command, and when there is none", () => {
    expect(said("ExecStart=/bin/second")).toEqual([[3, "only the first command is run"]]);
    const none = fromUnit("[Service]\nType=oneshot\n", { name: "x.service" });
    expect(none).toMatchObject({ services: [], report: [{ part: "x" }] });
    expect(fromUnit(`[Service]\nExecStart="/bin/web`).report[0]?.message).toBe(
      "a quote is not closed",
    );
  });
});

describe("drop-ins", () => {
  const base = "[Service]\nExecStart=/bin/old\nEnvironment=A=1\nRestart=no";

  it("win over the unit, in their order, and empty a list", () => {
    const dropIns = [
      { name: "10.conf", text: "[Service]\nExecStart=\nExecStart=/bin/new\nEnvironment=B=2" },
      {
        name: "20.conf",
        text: "[Service]\nRestart=always\nEnvironment=\nEnvironment=C=3\nMemoryMax=1G",
      },
    ];
    const { services, report } = fromUnit(base, { name: "web.service", dropIns });
    expect(services[0]).toMatchObject({ command: "/bin/new", env: { C: "3" } });
    expect(services[0]?.policy).toEqual({ preset: "systemd", options: { restart: "always" } });
    expect(report).toEqual([
      {
        kind: "dropped",
        part: "MemoryMax",
        message: "it has no counterpart here",
        line: 5,
        file: "20.conf",
      },
    ]);
  });
});

it("goes on in the next line, over comments, and reports the first one", () => {
  const text = "[Service]\nExecStart=/bin/web \\\n# a comment\n  a \\\n  b\nNonsense\nUser=me";
  const { services, report } = fromUnit(text);
  expect(services[0]?.args).toEqual(["a", "b"]);
  expect(report.map(({ line, part }) => [line, part])).toEqual([
    [6, "Nonsense"],
    [7, "User"],
  ]);
});

it("waits for services, and says what it does not wait for", () => {
  const text =
    "[Unit]\nAfter=db.service a.target\nWants=cache.service db.service\n[Service]\nExecStart=/bin/web";
  const { services, report } = fromUnit(text);
  expect(services[0]?.after).toEqual([{ id: "db", until: "ready" }]);
  expect(report.map(({ message }) => message)).toEqual([
    "a.target is no service, and is not waited for",
    "cache.service is not started for it",
  ]);
});
