// A tree with a dashboard: prints what a browser would be shown, and closes it again.

import { dashboard, recording } from "@steadfast/dashboard";
import { lifetimeCap } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { superviseTree } from "@steadfast/supervisor/tree";

const until = (signal) => new Promise((resolve) => signal.addEventListener("abort", resolve));
const seen = recording();
const tree = superviseTree(
  {
    children: [
      { id: "web", launcher: taskLauncher(({ signal }) => until(signal)) },
      {
        id: "mail",
        launcher: taskLauncher(({ signal }) => until(signal)),
        policy: lifetimeCap({ restarts: 3 }),
      },
    ],
  },
  { id: "shop", journal: seen.journal },
);
const page = await dashboard({ handle: tree, recording: seen }, { title: "Shop" });
// For a person: console.log(page.url) and look. A program asks with the token.
const [address, token] = page.url.split("#");
const response = await fetch(`${address}api/snapshot`, {
  headers: { Authorization: `Bearer ${token}` },
});
const { parts } = await response.json();
for (const { path, status } of parts[0].rows) console.log(`${path}: ${status}`);
await page.close();
await tree.stop();
