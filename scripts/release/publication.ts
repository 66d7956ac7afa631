// What every published manifest says about where it comes from. `REPOSITORY` is a placeholder until the
// repository has a public place: change it here, run `pnpm manifests`, and nothing else has to be touched.

/** The public place of the repository. With the owner still to be named, `pnpm release` publishes nothing. */
export const REPOSITORY = "https://github.com/OWNER/steadfast";

const AUTHOR = "The Steadfast authors";

/** Words that all packages are found by, beside their own. */
const SHARED_KEYWORDS = ["restart", "supervision", "resilience"];

export const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  analysis: ["simulation", "lint", "restart-policy"],
  backoff: ["backoff", "jitter", "retry-delay"],
  bridges: ["bullmq", "effect", "systemd", "kubernetes", "pm2", "opentelemetry"],
  "child-process": ["child-process", "process-manager", "spawn", "fork"],
  "child-slot": ["state-machine", "lifecycle", "readiness"],
  cli: ["cli", "process-manager", "foreground", "procfile"],
  "crash-budget": ["crash-loop", "retry", "budget"],
  dashboard: ["dashboard", "monitoring", "observability"],
  laws: ["property-based-testing", "fast-check", "testing"],
  policy: ["restart-policy", "retry", "pure"],
  presets: ["otp", "systemd", "kubernetes", "pm2", "restart-policy"],
  "promise-tasks": ["retry", "promise", "timeout"],
  "sliding-window": ["sliding-window", "rate-limit", "restart-limit"],
  spec: ["json-schema", "configuration", "restart-policy"],
  stores: ["redis", "postgresql", "distributed", "rate-limit"],
  supervision: ["state-machine", "supervision-tree", "otp"],
  supervisor: ["supervisor", "restart-policy", "child-process", "worker-threads"],
  "worker-threads": ["worker-threads", "worker-pool", "threads"],
};

/** The fields of a manifest that are the same everywhere, the folder aside. */
export interface Publication {
  readonly keywords: readonly string[];
  readonly homepage: string;
  readonly bugs: { readonly url: string };
  readonly repository: { readonly type: "git"; readonly url: string; readonly directory: string };
  readonly funding: { readonly url: string };
  readonly author: string;
}

/** What the manifest in a folder such as `packages/backoff` says. */
export function publicationOf(folder: string): Publication {
  const name = folder.replace("packages/", "");
  return {
    keywords: [...SHARED_KEYWORDS, ...(KEYWORDS[name] ?? [])],
    homepage: `${REPOSITORY}/tree/main/${folder}#readme`,
    bugs: { url: `${REPOSITORY}/issues` },
    repository: { type: "git", url: `git+${REPOSITORY}.git`, directory: folder },
    funding: { url: REPOSITORY.replace(/com\/([^/]+)\/.*/, "com/sponsors/$1") },
    author: AUTHOR,
  };
}

/** What is packed beside what is built; a changelog exists from the first release on. */
export const PACKED_FILES: readonly string[] = ["dist", "examples", "CHANGELOG.md", "NOTICE"];

/** So that a README in a tarball has no relative link, and no tarball is made without it. */
export const PACK_SCRIPTS: Readonly<Record<string, string>> = {
  prepack: "node ../../scripts/release/prepack.mjs",
  postpack: "node ../../scripts/release/postpack.mjs",
};

export const isPlaceholder = (repository: string): boolean => repository.includes("/OWNER/");
