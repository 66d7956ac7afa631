// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Compose and systemd

// What nobody means to write, and what files have all the same: other line ends, names that JavaScript knows,
// numbers out of range, settings in the wrong section. It is read as its system reads it, or reported; what is
// answered is always something that can be started.

import { policyFrom } from "@steadfast/spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromCompose, toDockerCompose } from "../src/compose.js";
import type { Imported, Service } from "../src/index.js";
import { toKubernetes } from "../src/kubernetes.js";
import { fromEcosystem } from "../src/pm2.js";
import { fromProcessCompose } from "../src/process-compose.js";
import { treeOf } from "../src/processes.js";
import { fromProcfile } from "../src/procfile.js";
import { fromSupervisord } from "../src/supervisord.js";
import { fromUnit, toSystemd } from "../src/systemd.js";

const said = ({ report }: Imported) =>
  report.map(({ line, path, message }) => [line ?? path?.join("."), message]);
const ids = ({ services }: Imported) => services.map(({ id }) => id);

describe("a text with a byte order mark and line ends of Windows", () => {
  it("is read as one without", () => {
    const strange = (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}`;
    const unit = "[Service]\n; a\nExecStart=/bin/web \\\n  a\nNice=5\n";
    expect(fromUnit(strange(unit))).toEqual(fromUnit(unit));
    const ini = "[program:web]\ncommand=web\n  a\nnice=5\n";
    expect(fromSupervisord(strange(ini))).toEqual(fromSupervisord(ini));
    const procfile = "web: a\nno\n";
    expect(fromProcfile(strange(procfile))).toEqual(fromProcfile(procfile));
  });

  it("may be empty", () => {
    for (const from of [fromUnit, fromSupervisord, fromProcfile]) {
      expect(from("").services).toEqual([]);
      expect(from("\uFEFF\r\n").services).toEqual([]);
    }
  });
});

describe("names that JavaScript knows", () => {
  const NAMES = ["__proto__", "constructor", "toString"];

  it.each(NAMES)("%s is a name like any other", (name) => {
    const own = <Value>(value: Value) =>
      JSON.parse(`{"${name}":${JSON.stringify(value)}}`) as object;
    const compose = fromCompose({ services: own({ command: "a", environment: own("1") }) });
    expect(ids(compose)).toEqual([name]);
    expect(Object.entries(compose.services[0]?.env ?? {})).toEqual([[name, "1"]]);
    const list = fromCompose({ services: { a: { command: "a", environment: [`${name}=1`] } } });
    expect(Object.entries(list.services[0]?.env ?? {})).toEqual([[name, "1"]]);
    expect(ids(fromProcessCompose({ processes: own({ command: "a" }) }))).toEqual([name]);
    expect(said(fromEcosystem({ script: "a.js", ...own(1) }))).toEqual([
      [`apps.0.${name}`, "it has no counterpart here"],
    ]);
    expect(fromEcosystem({ script: `./a.${name}` }).services[0]?.command).toBe("node");
    const unit = fromUnit(
      `[Service]\nExecStart=/bin/a\n${name}=1\nType=${name}\nEnvironment=${name}=1`,
    );
    expect(said(unit)).toEqual([[3, "it has no counterpart here"]]);
    expect(Object.entries(unit.services[0]?.env ?? {})).toEqual([[name, "1"]]);
    const ini = fromSupervisord(
      `[program:${name}]\ncommand=a %(${name})s\n${name}=1\nenvironment=${name}=1`,
    );
    expect(said(ini)).toEqual([
      [2, `%(${name})s is not known here`],
      [3, "it has no counterpart here"],
    ]);
    expect(Object.entries(ini.services[0]?.env ?? {})).toEqual([[name, "1"]]);
    const web = { id: name, command: "a", policy: { preset: "docker" } } as const;
    expect(() => toDockerCompose([web], { images: {} })).toThrow("there is none in `images`");
  });
});

describe("numbers out of range", () => {
  const numbers = [
    "-1",
    "1.5",
    "1e300",
    "99999999999999999999",
    "NaN",
    "Infinity",
    "0x10",
    "-0",
    "",
  ];
  const text = fc.oneof(
    fc.constantFrom(...numbers, "infinity", "99999999999y", "999999999999999h", "1us", "0"),
    fc.integer().map(String),
    fc.double().map(String),
  );

  function canBeStarted(services: readonly Service[]): void {
    for (const { policy, replicas = 1, maxRunMs = 0, stop, probe } of services) {
      policyFrom(policy);
      for (const one of [replicas, maxRunMs, stop?.gracePeriodMs ?? 0]) {
        expect(Number.isSafeInteger(one) && one >= 0).toBe(true);
      }
      expect(replicas).toBeLessThanOrEqual(100_000);
      const least = [probe?.periodMs, probe?.timeoutMs, probe?.failures].map((one) => one ?? 1);
      expect(least.every((one) => Number.isSafeInteger(one) && one >= 1)).toBe(true);
    }
    treeOf({ services });
  }

  it("are reported, and leave what can be started", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 10, maxLength: 10 }), (given) => {
        const [a, b, c, d, e, f, g, h, i, j] = given;
        const { services } = fromUnit(
          `[Unit]\nStartLimitIntervalSec=${a}\nStartLimitBurst=${b}\n[Service]\nExecStart=/bin/a\nRestartSec=${c}\nRestartSteps=${d}\nRestartMaxDelaySec=${e}\nTimeoutStopSec=${f}\nRuntimeMaxSec=${g}\nSuccessExitStatus=${h}\nKillSignal=${i}`,
        );
        canBeStarted(services);
        const ini = `[program:a]\ncommand=a\nstartsecs=${a}\nstartretries=${b}\nexitcodes=${c}\nstopwaitsecs=${d}\nnumprocs=${e}\nstopsignal=${f}`;
        canBeStarted(fromSupervisord(ini).services);
        const pm2 = { max_restarts: a, min_uptime: b, restart_delay: c, stop_exit_codes: [d] };
        const more = { exp_backoff_restart_delay: e, kill_timeout: f, instances: g };
        const ready = { wait_ready: true, listen_timeout: h };
        canBeStarted(fromEcosystem({ script: "a.js", ...pm2, ...more, ...ready }).services);
        const restart_policy = { delay: a, max_attempts: b, window: c };
        const healthcheck = { test: "a", interval: d, timeout: e, retries: f };
        const deploy = { replicas: g, restart_policy };
        const web = { command: "a", deploy, healthcheck, stop_grace_period: h };
        canBeStarted(fromCompose({ services: { web, b: { ...web, scale: i } } }).services);
        const probe = { period_seconds: a, timeout_seconds: b, failure_threshold: c };
        const readiness_probe = { ...probe, success_threshold: d, exec: { command: "a" } };
        const availability = { backoff_seconds: e, max_restarts: f };
        const shutdown = { timeout_seconds: g, signal: h };
        const own = { command: "a", readiness_probe, availability, shutdown };
        const all = { ...own, replicas: i, success_exit_codes: [j] };
        canBeStarted(fromProcessCompose({ processes: { all } }).services);
      }),
    );
  });

  it("are not passed over in silence", () => {
    const report = said(
      fromProcessCompose({
        processes: {
          a: {
            command: "a",
            replicas: -2,
            success_exit_codes: "x",
            shutdown: { timeout_seconds: -5 },
          },
        },
      }),
    );
    expect(report).toEqual([
      ["processes.a.success_exit_codes", "a code is a whole number"],
      ["processes.a.replicas", "it is no whole number from 0 to 100000"],
      ["processes.a.shutdown.timeout_seconds", "it is no number of at least 0"],
    ]);
  });
});

describe("what would be lost in silence", () => {
  it.each([
    ["a variable that is none", { environment: [{}] }, "environment"],
    ["a file that is none", { env_file: [5] }, "env_file"],
    ["a quote", { command: ["a"], entrypoint: "b 'c" }, "entrypoint"],
  ])("%s is reported", (_, options, key) => {
    const { report } = fromCompose({ services: { web: { command: "web", ...options } } });
    expect(report.map(({ path }) => path?.join("."))).toEqual([`services.web.${key}`]);
  });

  it("a quote of pm2 that is open, a name that is there twice, a flag that is none", () => {
    expect(said(fromEcosystem([{ script: "a.js", args: "'b" }, { script: "a.js" }]))).toEqual([
      ["apps.0.args", "a quote is not closed"],
      ["apps.1.name", "there is another a above: it is left out"],
    ]);
    const ini = "[program:a]\ncommand=a\nautostart=maybe\nstopasgroup=2";
    expect(ids(fromSupervisord(ini))).toEqual(["a"]);
    expect(said(fromSupervisord(ini)).map(([line]) => line)).toEqual([3, 4]);
    expect(said(fromUnit("[Service]\nExecStart=/a\nSendSIGKILL=perhaps"))).toEqual([
      [3, "neither yes nor no; yes holds"],
    ]);
  });

  it("a name that no child may have", () => {
    const left = "a name is not blank and has no slash: it is left out";
    const pair = { "a/b": { command: "a" }, " ": { command: "a" } };
    expect(said(fromCompose({ services: pair })).map(([, why]) => why)).toEqual([left, left]);
    expect(said(fromProcessCompose({ processes: pair })).map(([, why]) => why)).toEqual([
      left,
      left,
    ]);
    expect(said(fromSupervisord("[program:a/b]\ncommand=a"))).toEqual([[1, left]]);
    expect(ids(fromEcosystem({ script: "a.js", name: " " }))).toEqual(["a"]);
  });
});

describe("a unit", () => {
  it("is read by section, as systemd does", () => {
    const text =
      "[Unit]\nRestart=always\n[Service]\nAfter=db.service\nStartLimitIntervalSec=5\nExecStart=/bin/web\n[X-Other]\nExecStart=/bin/other\nExecStart=";
    const { services, report } = fromUnit(text);
    expect(services).toEqual([
      { id: "service", command: "/bin/web", policy: { preset: "systemd", options: {} } },
    ]);
    expect(report.map(({ line, message }) => [line, message])).toEqual([
      [2, "systemd ignores it in [Unit]"],
      [4, "systemd ignores it in [Service]"],
      [5, "systemd ignores it in [Service]"],
      [8, "no setting of a service"],
      [9, "no setting of a service"],
    ]);
  });

  it.each([
    String.raw`\UFFFFFFFF`,
    String.raw`\U00110000`,
    String.raw`\x00`,
    String.raw`\777`,
    String.raw`\ud800`,
  ])("leaves an escape that is no letter as it is: %s", (one) => {
    expect(fromUnit(`[Service]\nExecStart=/bin/a ${one}`).services[0]?.args).toEqual([one]);
  });
});

it("supervisord's comments and sections are those of Python 3", () => {
  const text = "[program:a]\ncommand=a # b\nstartsecs=1\n[program:a]\nstartsecs=2";
  expect(fromSupervisord(text).services).toEqual([
    {
      id: "a",
      command: "a",
      policy: { preset: "supervisord", options: { startMs: 2_000 } },
      stop: { killScope: "process" },
    },
  ]);
});

describe("what a unit cannot hold", () => {
  const web = { id: "web", command: "/bin/web", policy: { preset: "systemd" } } as const;
  const unit = (more: object, lossy = false) => toSystemd({ ...web, ...more }, { lossy });

  it.each([
    ["cwd", { cwd: "/a\nUser=root" }],
    ["cwd", { cwd: "/a\\" }],
    ["envFiles", { envFiles: ["/a\nUser=root"] }],
    ["after", { after: [{ id: "a\nUser=root", until: "ready" }] }],
    ["stop.signal", { stop: { signal: "SIGTERM\nUser=root" } }],
    ["reloadSignal", { reloadSignal: "HUP\nUser=root" }],
    ["env.A B", { env: { "A B": "1" } }],
    ["env.A", { env: { A: "\0" } }],
    ["command", { command: "" }],
    ["command", { args: ["a\0b"] }],
  ])("%s is refused by its name", (part, more) => {
    expect(() => unit(more)).toThrow(`systemd cannot express ${part}: `);
    const { text } = unit(more, true);
    expect(text.split("\n").filter((line) => line.startsWith("User="))).toEqual([]);
    expect(text.split("\n").filter((line) => line.endsWith("\\"))).toEqual([]);
  });

  it("a description that would go on in the next line", () => {
    expect(() => toSystemd(web, { description: "a\\" })).toThrow("express description: ");
  });
});

describe("what a Compose file cannot hold", () => {
  const web = { id: "web", command: "web", policy: { preset: "docker" } } as const;
  it.each([
    ["web: id", [web, web]],
    ["a b: id", [{ ...web, id: "a b" }]],
    ["web: after", [{ ...web, after: [{ id: "db", until: "ready" } as const] }]],
    ["web: stop.signal", [{ ...web, stop: { signal: "SIGNO" } }]],
    ["web: stop.gracePeriodMs", [{ ...web, stop: { gracePeriodMs: 2 ** 53 - 1 } }]],
    ["web: env", [{ ...web, env: { "A=B": "1" } }]],
  ])("%s is refused by its name", (part, services) => {
    const images = { web: "a", "a b": "a" };
    expect(() => toDockerCompose(services, { images })).toThrow(`Compose cannot express ${part}: `);
  });

  it("dollar signs of folders and files are read back", () => {
    const service = { ...web, cwd: "/$HOME", envFiles: ["${A}.env"] };
    const { file } = toDockerCompose([service], { images: { web: "a" } });
    const [back] = fromCompose(file).services;
    expect([back?.cwd, back?.envFiles]).toEqual(["/$HOME", ["${A}.env"]]);
  });
});

describe("Kubernetes", () => {
  const web = { id: "web", command: "web", policy: { preset: "kubernetes" } } as const;

  /** As the kubelet fills in variables, of which none is known: `third_party/forked/golang/expansion`. */
  const expanded = (text: string) =>
    text.replaceAll(/\$(\$|\([^)]*\))/g, (whole, next: string) =>
      next === "$" ? "$" : whole && "?",
    );

  it("gets words that it expands to what was meant", () => {
    const part = fc.constantFrom("$", "(", ")", "A", "$$", "$(A)");
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join("")),
        (word) => {
          const { manifest } = toKubernetes({ ...web, args: [word] }, { image: "a" });
          const { spec } = (manifest.spec as { template: { spec: { containers: object[] } } })
            .template as never as { spec: { containers: { command: string[] }[] } };
          expect(expanded(spec.containers[0]?.command[1] ?? "")).toBe(word);
        },
      ),
    );
  });

  it.each(["localhost/up", "localhost:80/up", ""])(
    "refuses a probe of what is no URL: %s",
    (http) => {
      const service = { ...web, probe: { check: { http } } };
      const refused = "Kubernetes cannot express probe.check: it is no URL";
      expect(() => toKubernetes(service, { image: "a" })).toThrow(refused);
    },
  );

  it("refuses the name of a variable that is none", () => {
    const service = { ...web, env: { "A B": "1" } };
    expect(() => toKubernetes(service, { image: "a" })).toThrow("Kubernetes cannot express env: ");
  });
});
