// Why nothing is published: each reason says what to do. Pure, so that a test can ask.

import { isPlaceholder } from "./publication.ts";

export interface Situation {
  /** `REPOSITORY` of publication.ts. */
  readonly repository: string;
  /** What `git status --porcelain` prints. */
  readonly changes: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function refusals({ repository, changes, env }: Situation): string[] {
  const reasons: string[] = [];
  if (isPlaceholder(repository)) {
    reasons.push(`REPOSITORY in scripts/release/publication.ts is still ${repository}`);
  }
  if (changes.trim() !== "") reasons.push("there are uncommitted changes");
  if (!env.ACTIONS_ID_TOKEN_REQUEST_URL) {
    reasons.push(
      "provenance needs a workflow with `id-token: write`: publish from CI, or try `--dry-run`",
    );
  }
  const { GITHUB_REPOSITORY: built } = env;
  if (built !== undefined && !repository.endsWith(`/${built}`)) {
    reasons.push(`this is ${built}, and the manifests say ${repository}`);
  }
  return reasons;
}
