// The children of a tree, live, by path. One is made when the tree first says something about it, and
// made again when another child has taken its place.

import type { JournalEntry } from "@steadfast/policy";
import { ContractError } from "../errors.js";
import type { JournalWriter } from "../journal-writer.js";
import type { Launcher } from "../launcher.js";
import { Member, type MemberOwner, type Path } from "./member.js";
import type { TreeJournalEntry } from "./options.js";
import type { KindPlan, TreePlan } from "./read-spec.js";

export class Members {
  readonly #top = new Map<string, Member>();

  constructor(
    private readonly owner: MemberOwner,
    private readonly plan: TreePlan,
    private readonly journal: JournalWriter<TreeJournalEntry> | null,
  ) {}

  /** One that was made, also if it is gone; null for none. */
  find(path: Path): Member | null {
    let level = this.#top;
    let found: Member | null = null;
    for (const id of path) {
      found = level.get(id) ?? null;
      if (!found) return null;
      level = found.inner;
    }
    return found;
  }

  /** One that is there: it is made if there is none. */
  get(path: Path): Member {
    let level = this.#top;
    let { plan } = this;
    let member: Member | undefined;
    for (const [i, id] of path.entries()) {
      member = level.get(id);
      if (!member || member.isGone) {
        const way = i + 1 === path.length ? path : path.slice(0, i + 1);
        member = this.#make(way, plan);
        level.set(id, member);
      }
      level = member.inner;
      plan = member.kind.tree ?? plan;
    }
    return member as Member;
  }

  remove(path: Path): void {
    this.find(path)?.leave();
  }

  close(): void {
    for (const member of this.#top.values()) member.leave();
  }

  #make(path: Path, plan: TreePlan): Member {
    const id = path.join("/");
    const kind = plan.kinds.get(this.owner.look(path)?.kind ?? "") as KindPlan;
    return new Member(this.owner, path, kind, launcherOf(kind, id), this.#journalOf(id));
  }

  #journalOf(id: string) {
    const { journal } = this;
    if (!journal) return null;
    return {
      write: (entry: JournalEntry, before: unknown) => journal.write({ ...entry, id }, before),
    };
  }
}

/** A function that makes a launcher is called once per child, at its first launch. */
function launcherOf({ launcher }: KindPlan, id: string): Launcher {
  if (typeof launcher !== "function") return launcher ?? NO_LAUNCHER;
  let made: Launcher | null = null;
  const one = () => {
    made ??= launcher(id);
    return made;
  };
  return {
    launch: (info, prepared) => (prepared ? one().launch(info, prepared) : one().launch(info)),
    prepare: (info) => one().prepare?.(info) as never,
    requests: (desk) => one().requests?.(desk) as never,
    settlePast: (past) => one().settlePast?.(past) ?? Promise.resolve(),
  };
}

/** Of a tree: its launches are its own. */
const NO_LAUNCHER: Launcher = {
  launch() {
    throw new ContractError("launcher", "a tree is not launched");
  },
};
