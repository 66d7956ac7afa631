// The driver of `supervise` without its doors, and without options being read for each: what a tree of
// supervisions would hold per child. No package gives it out, so it is bundled here from its source.

import { fileURLToPath } from "node:url";
import type { RestartPolicy } from "@steadfast/policy";
import type { Launcher } from "@steadfast/supervisor";
import { buildSync } from "esbuild";

interface Driver {
  readonly outcome: Promise<unknown>;
  begin(findings: unknown): void;
  act(event: { readonly type: "stop"; readonly by: "stop" }): void;
}

interface Source {
  readonly Driver: new (...parts: readonly unknown[]) => Driver;
  machineOf(rules: unknown): unknown;
  superviseSettings(
    options: object,
    system: unknown,
  ): readonly [{ readonly findings: unknown }, unknown];
  readonly realSystem: unknown;
}

const from = fileURLToPath(new URL("../../supervisor/src/", import.meta.url));

async function source(): Promise<Source> {
  const files = ["driver", "machines", "supervise-settings", "system"];
  const { outputFiles } = buildSync({
    stdin: {
      contents: files.map((file) => `export * from "./${file}.js";`).join("\n"),
      resolveDir: from,
    },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    write: false,
  });
  const text = outputFiles[0]?.text ?? "";
  const url = `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
  return (await import(url)) as Source;
}

const { Driver, machineOf, superviseSettings, realSystem } = await source();

class Alone extends Driver {
  stop(): void {
    this.act({ type: "stop", by: "stop" });
  }
}

/** Makes drivers of one kind: one machine and one object of settings for all. */
export function drivers(policy: RestartPolicy, launcher: Launcher) {
  const [settings, rules] = superviseSettings({ policy }, realSystem);
  const machine = machineOf(rules);
  return () => {
    const driver = new Alone(machine, launcher, settings, realSystem);
    driver.begin(settings.findings);
    return driver;
  };
}
