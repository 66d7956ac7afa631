// What stops a release: each reason alone.

import { expect, test } from "vitest";
import { refusals, type Situation } from "./refusals.ts";

const right: Situation = {
  repository: "https://github.com/someone/steadfast",
  changes: "",
  env: { ACTIONS_ID_TOKEN_REQUEST_URL: "there", GITHUB_REPOSITORY: "someone/steadfast" },
};

test("nothing stops a release of the right repository, from its CI", () => {
  expect(refusals(right)).toEqual([]);
});

test.each<[string, Partial<Situation>, RegExp]>([
  [
    "the placeholder",
    {
      repository: "https://github.com/OWNER/steadfast",
      env: { ...right.env, GITHUB_REPOSITORY: undefined },
    },
    /REPOSITORY in scripts\/release\/publication.ts is still/,
  ],
  ["a change that is not committed", { changes: " M README.md\n" }, /uncommitted/],
  ["a machine without provenance", { env: {} }, /id-token: write/],
  [
    "a fork",
    { env: { ...right.env, GITHUB_REPOSITORY: "other/steadfast" } },
    /this is other\/steadfast, and the manifests say/,
  ],
  [
    "a repository whose name only ends alike",
    { env: { ...right.env, GITHUB_REPOSITORY: "one/steadfast" } },
    /this is one\/steadfast/,
  ],
])("%s stops it", (_, changes, reason) => {
  const reasons = refusals({ ...right, ...changes });
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toMatch(reason);
});
