// `steadfast export systemd|kubernetes|compose [FILE]`: a stack in the words of a service manager, on standard output or as files; what
// does not map is said on standard error. Without `--lossy` whatever would change how often it is restarted is refused.

import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Finding, isNotExpressibleError, type Service } from "@steadfast/bridges";
import { toDockerCompose } from "@steadfast/bridges/compose";
import { toKubernetes } from "@steadfast/bridges/kubernetes";
import { toSystemd } from "@steadfast/bridges/systemd";
import { didYouMean } from "@steadfast/policy";
import { stringify } from "yaml";
import type { CliCommand } from "../cli-command.js";
import { CliError } from "../cli-error.js";
import { readStack } from "../stack/read-stack.js";
import { reportLines } from "../stack/report-lines.js";
import { variables } from "../world.js";

interface ExportOptions {
  readonly image?: string;
  readonly lossy?: boolean;
  readonly into?: string;
}

/** A file that is written: its name, and its text. */
interface Written {
  readonly name: string;
  readonly text: string;
  readonly report: readonly Finding[];
}

type Exporter = (services: readonly Service[], options: ExportOptions) => readonly Written[];

const EXPORTERS: { readonly [target: string]: Exporter } = {
  systemd: (services, { lossy = false }) =>
    services.map((one) => ofService(one, () => toSystemd(one, { lossy }))),
  kubernetes: (services, options) =>
    services.map((one) =>
      ofService(one, () => {
        const image = imageOf(one.id, options);
        const { manifest, report } = toKubernetes(one, { image, lossy: options.lossy ?? false });
        return { name: `${one.id}.yaml`, text: stringify(manifest), report };
      }),
    ),
  compose(services, options) {
    const images = Object.fromEntries(services.map(({ id }) => [id, imageOf(id, options)]));
    const { file, report } = toDockerCompose(services, { images, lossy: options.lossy ?? false });
    return [{ name: "compose.yaml", text: stringify(file), report }];
  },
};

/** Of a compiler of one service: what it says is about that one. */
function ofService({ id }: Service, write: () => Written): Written {
  const written = writtenBy(write, `${id}: `);
  const report = written.report.map((one) => ({ ...one, part: `${id}.${one.part}` }));
  return { ...written, report };
}

export const exportCommand: CliCommand = {
  name: "export",
  summary: "write a stack as units of systemd, manifests of Kubernetes or a file of Compose",
  example: "steadfast export systemd --lossy --into units",
  define(command) {
    command
      .argument("<target>", "systemd, kubernetes or compose")
      .argument("[file]", "a stack (default: that of this folder)")
      .option("--into <folder>", "files in this folder in place of standard output")
      .option("--image <name>", "the image of the containers; {id} is the name of the child")
      .option("--lossy", "leave out what the target cannot express, and say what");
  },
  async run(command, world) {
    const [target = "", file] = command.args;
    const exporter = Object.hasOwn(EXPORTERS, target) ? EXPORTERS[target] : undefined;
    if (!exporter) throw new CliError(unknown(target));
    const options = command.opts<ExportOptions>();
    const { services, report: read } = await readStack(file, world.cwd, variables(world));
    const written = writtenBy(() => exporter(services, options));
    const report = [...read, ...written.flatMap((one) => one.report)];
    if (options.into === undefined) {
      const separator = target === "systemd" ? (name: string) => `# ${name}\n` : () => "---\n";
      for (const { name, text } of written) world.out.line(`${separator(name)}${text.trimEnd()}`);
    } else {
      const folder = resolve(world.cwd, options.into);
      mkdirSync(folder, { recursive: true });
      for (const { name, text } of written) {
        writeFileSync(join(folder, name), text);
        world.out.line(join(options.into, name));
      }
    }
    for (const line of reportLines(report, file ?? target, world.err.paint)) world.err.line(line);
    return 0;
  },
};

function imageOf(id: string, { image }: ExportOptions): string {
  if (image !== undefined) return image.replaceAll("{id}", id);
  throw new CliError("--image is missing: the image of the containers, such as example/{id}:1");
}

function unknown(target: string): string {
  const names = Object.keys(EXPORTERS);
  const hint = didYouMean(target, names);
  return `there is no ${target} to export to${hint ? ` (${hint})` : ""}: ${names.join(", ")}`;
}

/** A refusal of the compiler with each of its reasons. */
function writtenBy<Result>(write: () => Result, who = ""): Result {
  try {
    return write();
  } catch (error) {
    if (!isNotExpressibleError(error)) throw error;
    const reasons = error.report.map(({ part, message }) => `\n  ${part}: ${message}`).join("");
    throw new CliError(`${who}${error.target} cannot express it; --lossy leaves it out:${reasons}`);
  }
}
