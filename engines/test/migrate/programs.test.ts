// The programs of docs/migrate that are run as they stand, there and here: each prints what the page says, and they
// differ in nothing that the page does not show.

import { beforeAll, describe, expect, it } from "vitest";
import { blocksOf, folderOf, pageNames, printedBy, saidOf } from "../../migrate/page.ts";
import { node, type Ran, ran } from "../../migrate/run.ts";
import { isMissing, type ToolName } from "../../tools.ts";

interface Pair {
  readonly page: string;
  readonly theirs: string;
  readonly ours: string;
  /** What theirs needs besides npm packages. */
  readonly tool?: ToolName;
}

const pairs: readonly Pair[] = [
  { page: "retry", theirs: "p-retry.mjs", ours: "retry.mjs" },
  { page: "retry", theirs: "cockatiel.mjs", ours: "retry.mjs" },
  { page: "piscina", theirs: "piscina.mjs", ours: "pool.mjs" },
  { page: "otp", theirs: "shop.escript", ours: "shop.mjs", tool: "erl" },
];

const execute = (file: string, cwd: string): Promise<Ran> =>
  file.endsWith(".escript") ? ran("escript", [file], { cwd }) : node(file, cwd);

describe.each(["retry", "piscina", "otp"])("the page %s", (page) => {
  let folder = "";
  beforeAll(() => {
    folder = folderOf(page);
  });

  it.for(pairs.filter((one) => one.page === page))(
    "$theirs and $ours print what it says",
    async ({ theirs, ours, tool }, context) => {
      const [there, here] = printedBy(page, `${theirs} ${ours}`);
      const isSkipped = tool !== undefined && isMissing(tool);
      const said = await Promise.all([
        isSkipped ? null : execute(theirs, folder),
        execute(ours, folder),
      ]);
      const right = (lines: unknown) => ({ lines, errors: "", code: 0 });
      expect(said[1]).toEqual(right(here));
      if (said[0] === null) return context.skip();
      expect(said[0]).toEqual(right(there));
    },
  );
});

it("every program of these pages is a file, and every page says what its programs print", () => {
  const LANGUAGES = ["js", "mjs", "ts", "erlang", "ini", "yaml"];
  const blocks = pageNames.flatMap((page) => blocksOf(page).map((block) => ({ page, block })));
  const loose = blocks.filter(
    ({ block }) => LANGUAGES.includes(block.language) && saidOf(block, "file") === null,
  );
  expect(loose).toEqual([]);
  const saying = blocks.filter(({ block }) => saidOf(block, "printed-by") !== null);
  const pages = pageNames.filter((page) => page !== "README");
  expect([...new Set(saying.map(({ page }) => page))]).toEqual(pages);
});
