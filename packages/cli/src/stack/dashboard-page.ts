// `--dashboard`: the page of a running stack, from a package that a person installs beside this one if they want it.

import type { TreeHandle, TreeJournalEntry } from "@steadfast/supervisor/tree";
import { CliError, messageOf } from "../cli-error.js";

/** What of that package is used here: it is no dependency, so its types are not at hand. */
interface DashboardPackage {
  recording(): { readonly journal: Journal };
  dashboard(
    watched: { readonly handle: TreeHandle; readonly recording: unknown },
    options: { readonly title: string },
  ): Promise<AsyncDisposable & { readonly url: string }>;
}

type Journal = (entry: TreeJournalEntry, before: unknown) => void;

export interface DashboardPage {
  /** Keeps decisions, for "why" and "what if". */
  readonly journal: Journal;
  /** Serves the page until it is disposed of, and says where it is. */
  show(tree: TreeHandle, title: string, say: (line: string) => void): Promise<AsyncDisposable>;
}

const PACKAGE = "@steadfast/dashboard";
/** What an import rejects with where there is no such package. */
const MISSING = ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"];

/** @throws CliError where the package is not installed. */
export async function dashboardPage(
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<DashboardPage> {
  const { dashboard, recording } = await loaded(load);
  const seen = recording();
  return {
    journal: seen.journal,
    async show(tree, title, say) {
      const page = await dashboard({ handle: tree, recording: seen }, { title }).catch(broken);
      say(`dashboard: ${page.url}`);
      return page;
    },
  };
}

async function loaded(load: (name: string) => Promise<unknown>): Promise<DashboardPackage> {
  try {
    return (await load(PACKAGE)) as DashboardPackage;
  } catch (error) {
    if (!MISSING.includes((error as { readonly code?: string }).code ?? "")) throw error;
    throw new CliError(
      `--dashboard needs ${PACKAGE} beside @steadfast/cli: npm install ${PACKAGE}`,
    );
  }
}

function broken(error: unknown): never {
  throw new CliError(messageOf(error));
}
