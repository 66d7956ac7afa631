// Wall 6: what a published package must bring along, so that nobody finds out after `npm install`; and
// that the tests of every package are run.

import { isDeepStrictEqual } from "node:util";
import { KEYWORDS, PACK_SCRIPTS, PACKED_FILES, publicationOf } from "../release/publication.ts";
import type { Finding } from "./finding.ts";
import type { Manifest, Package, Repo } from "./repo.ts";
import { TABLE } from "./table.ts";

const RULE = "published";
/** Those with `process.getBuiltinModule`, by which the supervisor finds AsyncLocalStorage and stays portable. */
const NODE = "^20.16 || >=22.3";

/** pnpm packs the repository's LICENSE with every package that has none of its own. */
function againstFiles(folder: string, repo: Repo): string[] {
  const isText = (path: string) => (repo.get(path) ?? "").trim() !== "";
  const wrong: string[] = [];
  if (!isText(`${folder}/README.md`)) wrong.push("no README.md");
  if (!isText(`${folder}/LICENSE`) && !isText("LICENSE")) wrong.push("no LICENSE to pack");
  const tests = [...repo.keys()].some(
    (path) => path.startsWith(`${folder}/test/`) && path.endsWith(".test.ts"),
  );
  if (!tests) wrong.push("no test under test/");
  return wrong;
}

function againstManifest(folder: string, manifest: Manifest): string[] {
  const { exports: exported = {}, publishConfig, engines, files = [] } = manifest;
  const expectations: readonly (readonly [boolean, string])[] = [
    [manifest.name === `@steadfast/${folder.split("/")[1]}`, "its name is not that of its folder"],
    [manifest.license === "MIT", '"license" is not "MIT"'],
    [manifest.type === "module", '"type" is not "module"'],
    [manifest.sideEffects === false, '"sideEffects" is not false'],
    [
      PACKED_FILES.every((file) => files.includes(file)),
      `"files" does not list ${PACKED_FILES.join(", ")}: pnpm manifests`,
    ],
    [engines?.node === NODE, `"engines" does not say node ${NODE}`],
    [publishConfig?.access === "public", '"publishConfig" does not say access public'],
    [publishConfig?.provenance === true, '"publishConfig" does not say provenance true'],
    ["." in exported, '"exports" has no "."'],
    ["./package.json" in exported, '"exports" has no "./package.json"'],
  ];
  return expectations.filter(([holds]) => !holds).map(([, message]) => message);
}

/** What says where the package comes from, and how it is packed: `pnpm manifests` writes both. */
function againstPublication(folder: string, manifest: Manifest): string[] {
  const wrong: string[] = [];
  if (!(folder.replace("packages/", "") in KEYWORDS)) {
    wrong.push("it has no keywords in scripts/release/publication.ts");
  }
  for (const [field, wanted] of Object.entries(publicationOf(folder))) {
    const has = (manifest as Readonly<Record<string, unknown>>)[field];
    if (isDeepStrictEqual(has, wanted)) continue;
    wrong.push(`"${field}" is not what scripts/release/publication.ts says: pnpm manifests`);
  }
  for (const [script, wanted] of Object.entries(PACK_SCRIPTS)) {
    if (manifest.scripts?.[script] !== wanted) wrong.push(`no script "${script}": pnpm manifests`);
  }
  return wrong;
}

/** Tests for which there is no script are never run, and nobody would notice. */
function againstScripts(folder: string, scripts: Manifest["scripts"] = {}, repo: Repo): string[] {
  const inside = [...repo.keys()].filter(
    (path) => path.startsWith(`${folder}/test/`) && path.endsWith(".test.ts"),
  );
  const isReal = (path: string) => path.startsWith(`${folder}/test/real/`);
  const wrong: string[] = [];
  if (inside.some(isReal) && !("test:real" in scripts)) {
    wrong.push('test/real has tests, but there is no script "test:real"');
  }
  if (!inside.every(isReal) && !("test" in scripts)) {
    wrong.push('test has tests, but there is no script "test"');
  }
  return wrong;
}

/** What keeps ambient types out of a core is its tsconfig; it may not be changed on the way. */
function againstTsconfig(folder: string, repo: Repo): string[] {
  if (TABLE[folder]?.surroundings !== "core") return [];
  const shared = '{ "extends": "../../config/tsconfig.core.json" }';
  const own = (repo.get(`${folder}/tsconfig.json`) ?? "").replaceAll(/\s+/g, " ").trim();
  return own === shared ? [] : [`a core's tsconfig.json is exactly ${shared}`];
}

export function checkPublished(repo: Repo, packages: readonly Package[]): Finding[] {
  return packages.flatMap(({ folder, manifest }) => {
    const messages = againstScripts(folder, manifest.scripts, repo);
    if (manifest.private !== true) {
      messages.push(
        ...againstManifest(folder, manifest),
        ...againstPublication(folder, manifest),
        ...againstFiles(folder, repo),
        ...againstTsconfig(folder, repo),
      );
    }
    return messages.map((message) => ({
      file: `${folder}/package.json`,
      line: 1,
      rule: RULE,
      message,
    }));
  });
}
