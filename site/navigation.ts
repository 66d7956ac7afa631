// The pages of the site in the order in which a newcomer needs them. Each is a Markdown file of the repository.

import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

export interface Group {
  readonly title: string;
  /** Files of the repository. */
  readonly files: readonly string[];
}

const readme = (name: string) => `packages/${name}/README.md`;

/** What is for contributors to this repository, and no page for users. */
const INSIDE = ["packages/bench/README.md", "packages/conformance/README.md"];

/** The index by name, which `write-pages.ts` makes of the reference. */
export const NAMES = "docs/api/names.md";

const ORDER: readonly Group[] = [
  { title: "Start", files: ["docs/start.md"] },
  {
    title: "Choose a policy",
    files: [
      "docs/which-policy.md",
      "docs/time-and-windows.md",
      ...["policy", "sliding-window", "backoff", "crash-budget", "presets", "spec"].map(readme),
    ],
  },
  { title: "Playground", files: ["docs/playground.md"] },
  {
    title: "Supervise",
    files: [
      ...["supervisor", "child-process", "worker-threads", "promise-tasks"].map(readme),
      ...["cli", "dashboard", "child-slot"].map(readme),
      "docs/supervision.md",
      readme("supervision"),
    ],
  },
  { title: "Trees", files: ["docs/trees.md"] },
  {
    title: "Test your policy",
    files: ["docs/writing-a-policy.md", "docs/property-testing.md", readme("laws")],
  },
  { title: "More than one machine", files: ["docs/more-than-one-machine.md", readme("stores")] },
  { title: "Analyse", files: ["docs/what-if.md", readme("analysis")] },
  { title: "Migrate", files: globSync("docs/migrat*/**/*.md", { cwd: ROOT }).sort() },
  { title: "Inside other systems", files: [readme("bridges")] },
  {
    title: "Reference",
    files: [NAMES, "docs/api/README.md", "docs/errors.md", "docs/vocabulary.md"],
  },
  {
    title: "Reference by package",
    files: globSync("docs/api/*.md", { cwd: ROOT, exclude: ["docs/api/README.md"] }).sort(),
  },
  { title: "Compared", files: ["docs/compared.md"] },
  { title: "Performance", files: ["docs/performance.md"] },
  {
    title: "How it is proved",
    files: ["docs/provenance.md", "docs/mutants.md", "docs/stability.md"],
  },
  {
    title: "The project",
    files: [
      "docs/README.md",
      "apps/sample/README.md",
      "CONTRIBUTING.md",
      "CODE_OF_CONDUCT.md",
      "SECURITY.md",
    ],
  },
];

/** All groups that have pages; a page that has no place yet stands in the last one. */
export function navigation(): readonly Group[] {
  const placed = new Set([...ORDER.flatMap(({ files }) => files), ...INSIDE]);
  const further = globSync(["docs/**/*.md", "packages/*/README.md"], { cwd: ROOT })
    .filter((file) => !placed.has(file))
    .sort();
  return [...ORDER, { title: "Further", files: further }].filter(({ files }) => files.length > 0);
}

/** Of the reference, by package: what `write-pages.ts` makes several pages of. */
export const isReference = (file: string): boolean =>
  /^docs\/api\/(?!README\.md$|names\.md$)[\w-]+\.md$/.test(file);

/** The address of a page in the site, as a Markdown file: `/packages/backoff.md`. */
export function addressOf(file: string): string {
  if (file === "README.md") return "/index.md";
  if (file === "docs/README.md") return "/documentation.md";
  if (file === "docs/api/README.md") return "/reference/index.md";
  if (file === NAMES) return "/reference/names.md";
  return `/${file
    .replace(/^docs\/api\/(.*)\.md$/, "reference/$1/index.md")
    .replace(/^docs\//, "")
    .replace(/\/README\.md$/, ".md")
    .toLowerCase()}`;
}
