// docs/migrate/systemd.md: the unit is one for systemd itself, `steadfast up` starts it as often as systemd's own rule
// allows, and `steadfast import` prints what the page says. A manager of systemd cannot be started here.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { goldenCases } from "../../../config/testing/vectors.ts";
import { folderOf, printedBy } from "../../migrate/page.ts";
import { linesOfChild, steadfast } from "../../migrate/steadfast.ts";
import { isMissing } from "../../tools.ts";

const UNIT = "importer.service";

let folder = "";
beforeAll(() => {
  folder = folderOf("systemd");
});

/** systemd's `ratelimit_below`, written anew: a window opens with a start and closes when it is older than the interval. */
function startLimit(intervalMs: number, burst: number): (at: number) => boolean {
  let opened: number | null = null;
  let count = 0;
  return (at) => {
    if (intervalMs <= 0 || burst <= 0) return true;
    if (opened === null || at - opened > intervalMs) [opened, count] = [at, 0];
    count += 1;
    return count <= burst;
  };
}

describe("the rule of systemd, written anew", () => {
  interface Recorded {
    readonly id: string;
    readonly intervalMs: number;
    readonly burst: number;
    readonly starts: readonly (readonly [at: number, allowed: boolean])[];
  }
  const recorded = "../../../packages/presets/test/vectors/systemd_start_limit.json";

  it("answers as the recorded cases do", () => {
    for (const { id, intervalMs, burst, starts } of goldenCases<Recorded>(
      new URL(recorded, import.meta.url),
    )) {
      const allows = startLimit(intervalMs, burst);
      expect([id, starts.map(([at]) => allows(at))]).toEqual([id, starts.map(([, yes]) => yes)]);
    }
  });

  it("allows the starts that the page shows", async () => {
    const wanted = printedBy("systemd", UNIT)[0];
    const allows = startLimit(60_000, 4);
    const starts = Array.from({ length: 20 }, (_, i) => allows(i * 20)).filter(Boolean).length;
    expect(wanted).toHaveLength(starts);
    const { lines, code } = await steadfast(["up", UNIT], { cwd: folder });
    expect({ lines: linesOfChild("importer", lines), code }).toEqual({ lines: wanted, code: 1 });
  });
});

it.skipIf(isMissing("systemd-analyze"))("systemd has nothing to say about the unit", () => {
  const args = ["verify", "--man=no", "--generators=no", `${folder}${UNIT}`];
  const { stdout, stderr, status } = spawnSync("systemd-analyze", args, { encoding: "utf8" });
  expect({ stdout, stderr, status }).toEqual({ stdout: "", stderr: "", status: 0 });
});

it("is imported as the page says", async () => {
  const { lines, errors, code } = await steadfast(["import", UNIT], { cwd: folder });
  const yaml = readFileSync(`${folder}steadfast.config.yaml`, "utf8").trimEnd().split("\n");
  expect({ lines, errors, code }).toEqual({
    lines: yaml,
    errors: `${UNIT}:11: dropped PrivateTmp: it has no counterpart here\n`,
    code: 0,
  });
});
