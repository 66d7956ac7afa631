// The units that we write, read by systemd itself; its units of time and its names of exit codes, beside ours.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Service } from "@steadfast/bridges";
import { fromUnit, toSystemd } from "@steadfast/bridges/systemd";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMissing } from "../tools.ts";

const run = (...args: string[]) => spawnSync("systemd-analyze", args, { encoding: "utf8" });
const word = fc.oneof(
  fc.stringMatching(/^[ -~\t\n\u00e4\u20ac]{0,12}$/),
  fc.constantFrom("$HOME", "%n", "'", '"', "\\x41", ";", ""),
);
const policy = fc.constantFrom<Service["policy"]>(
  "on-failure",
  "10/10m",
  { preset: "systemd", options: { restartMs: 0.5, startLimitIntervalMs: null } },
  {
    kind: "inTurn",
    members: ["1500ms..1500ms x1 none", { kind: "lifetimeCap", options: { restarts: 3 } }],
  },
);
const services: fc.Arbitrary<Service> = fc.record({
  id: fc.constantFrom("web", "web-1", "a.b"),
  command: fc.constantFrom("/usr/bin/env", "env"),
  args: fc.array(word, { minLength: 1, maxLength: 5 }),
  env: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,5}$/), word, { maxKeys: 3 }),
  policy,
  stop: fc.constantFrom({ signal: "SIGQUIT" }, {
    killScope: "mixed",
    gracePeriodMs: 90_061,
  } as const),
  reloadSignal: fc.constantFrom("SIGHUP", "SIGUSR2"),
  maxRunMs: fc.constantFrom(1, 3_600_000),
  after: fc.constant([{ id: "db", until: "ready" } as const]),
});

/** How one setting with this value is read. */
function optionsOf(setting: string): { readonly [option: string]: unknown } {
  const [service] = fromUnit(`[Service]\nExecStart=/bin/a\n${setting}`).services;
  return service && typeof service.policy === "object" ? (service.policy.options ?? {}) : {};
}

describe.skipIf(isMissing("systemd-analyze"))("systemd", () => {
  it("has nothing to say about a unit of ours", () => {
    const folder = mkdtempSync(join(tmpdir(), "steadfast-units-"));
    try {
      const units = fc
        .sample(services, 40)
        .map((one, i) =>
          toSystemd({ ...one, id: `${one.id}-${i}` }, { version: 252, lossy: true }),
        );
      units.push(toSystemd({ id: "db", command: "/usr/bin/env", policy: "always" }));
      const paths = units.map(({ name, text }) => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      });
      const { stdout, stderr, status } = run("verify", "--man=no", "--generators=no", ...paths);
      expect({ stdout, stderr, status }).toEqual({ stdout: "", stderr: "", status: 0 });
      // It exits with 0 whatever it has to say: here it has something to say.
      const [first = ""] = paths;
      writeFileSync(first, "[Service]\nExecStart=/usr/bin/env\nRestartt=always\n");
      expect(run("verify", "--man=no", "--generators=no", first).stderr).toContain("Restartt");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("ignores in a section what we ignore in it", () => {
    const folder = mkdtempSync(join(tmpdir(), "steadfast-units-"));
    try {
      const text =
        "[Unit]\nRestart=always\nStartLimitBurst=2\n[Service]\nExecStart=/usr/bin/env\nAfter=a.service\nStartLimitIntervalSec=1\nStartLimitInterval=1";
      const path = join(folder, "sections.service");
      writeFileSync(path, text);
      const { stderr } = run("verify", "--man=no", "--generators=no", path);
      const theirs = [...stderr.matchAll(/:(\d+): Unknown key/g)].map(([, line]) => Number(line));
      expect(theirs).toEqual([2, 6, 7]);
      expect(fromUnit(text).report.map(({ line }) => line)).toEqual(theirs);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("reads a time span as we do", () => {
    const units = ["", "us", "ms", "msec", "s", "sec", "min", "m", "hr", "days", "w", "M", "years"];
    const part = fc
      .tuple(fc.nat(5_000), fc.constantFrom("", ".5", ".25"), fc.constantFrom(...units))
      .map(([n, fraction, unit]) => `${n}${fraction}${unit}`);
    const spans = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(" "));
    const texts = [...fc.sample(spans, 150), "5min 20s", "1h30min", "10 s", "0", "1.000001s"];
    const said = [...run("timespan", ...texts).stdout.matchAll(/^ +.s: (\d+)$/gm)];
    expect(said).toHaveLength(texts.length);
    for (const [i, text] of texts.entries()) {
      const { restartMs } = optionsOf(`RestartSec=${text}`);
      expect([text, Math.round(Number(restartMs) * 1_000)]).toEqual([text, Number(said[i]?.[1])]);
    }
    for (const wrong of ["soon", "5 parsecs", "-1s"]) {
      expect(optionsOf(`RestartSec=${wrong}`)).toEqual({});
      expect(run("timespan", wrong).status).not.toBe(0);
    }
  });

  it("has the names of exit codes that we have", () => {
    const names = [...run("exit-status").stdout.matchAll(/^(\w+) +(\d+) /gm)];
    expect(names.length).toBeGreaterThan(60);
    for (const [, name, code] of names) {
      const options = optionsOf(`SuccessExitStatus=${name}`);
      expect([name, options]).toEqual([name, { successExitStatus: [Number(code)] }]);
    }
  });
});
