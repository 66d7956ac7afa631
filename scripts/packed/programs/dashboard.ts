// The page of a tree, from the tarball: its files are there, and nothing about the tree is said without the token.

import { dashboard, recording } from "@steadfast/dashboard";
import { taskLauncher } from "@steadfast/promise-tasks";
import { superviseTree } from "@steadfast/supervisor/tree";
import { same } from "./same.js";

export async function main(): Promise<void> {
  const seen = recording();
  const launcher = taskLauncher(
    ({ signal }) => new Promise((resolve) => signal.addEventListener("abort", resolve)),
  );
  const tree = superviseTree(
    { children: [{ id: "web", launcher }] },
    { id: "shop", journal: seen.journal },
  );
  const page = await dashboard({ handle: tree, recording: seen });
  const [address = "", token = ""] = page.url.split("#");
  const html = await (await fetch(address)).text();
  same(html.includes("./page.js"), true);
  for (const file of ["page.js", "page.css"]) same((await fetch(`${address}${file}`)).status, 200);
  same((await fetch(`${address}api/snapshot`)).status, 401);
  const headers = { Authorization: `Bearer ${token}` };
  const snapshot = (await (await fetch(`${address}api/snapshot`, { headers })).json()) as {
    readonly parts: readonly { readonly rows: readonly { readonly path: string }[] }[];
  };
  same(
    snapshot.parts[0]?.rows.map(({ path }) => path),
    ["web"],
  );
  await page.close();
  same((await tree.stop()).type, "stopped");
}
