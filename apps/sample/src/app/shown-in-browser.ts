// The dashboard of the tree, for `--dashboard`: loaded only then. It stays until Ctrl-C, so that there is time to look.

import { once } from "node:events";
import type { TreeHandle, TreeJournalEntry } from "@steadfast/supervisor/tree";

export interface InBrowser {
  readonly journal: (entry: TreeJournalEntry, before: unknown) => void;
  /** Says where the page is. */
  show(tree: TreeHandle): Promise<void>;
  /** Waits until somebody interrupts, and closes the page. */
  end(interrupted: AbortSignal): Promise<void>;
}

export async function shownInBrowser(): Promise<InBrowser> {
  const { dashboard, recording } = await import("@steadfast/dashboard");
  const seen = recording();
  let close = async () => {};
  return {
    journal: seen.journal,
    async show(tree) {
      const page = await dashboard({ handle: tree, recording: seen }, { title: "Counting words" });
      close = page.close;
      console.log(`dashboard: ${page.url}`);
    },
    async end(interrupted) {
      if (!interrupted.aborted) {
        console.log("the dashboard stays until Ctrl-C");
        await once(interrupted, "abort");
      }
      await close();
    },
  };
}
