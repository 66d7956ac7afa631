// What the user sees while it runs: a table that is drawn over and over on a terminal, lines elsewhere.

import type { SupervisorEvent } from "@steadfast/supervisor";
import logUpdate from "log-update";
import type { Stack } from "./stack.js";
import { renderTable } from "./table.js";
import { causeOf, type Tally } from "./tally.js";

const FRAME_MS = 80;

export interface View {
  onEvent(event: SupervisorEvent): void;
  /** So many files are counted. */
  onProgress(): void;
  /** Leaves the screen as it is. */
  end(): void;
}

/** A terminal gets the table, unless it cannot draw (`TERM=dumb`) or belongs to a CI. */
export function makeView(stack: () => Stack, tally: Tally): View {
  const { CI, TERM } = process.env;
  return process.stdout.isTTY && !CI && TERM !== "dumb" ? liveView(stack, tally) : plainView(stack);
}

function liveView(stack: () => Stack, tally: Tally): View {
  let frame: NodeJS.Timeout | null = null;

  function draw(): void {
    frame = null;
    const { ids, tree, ledger } = stack();
    const rows = ids.flatMap((id) => {
      const status = tree.child(id).status();
      return status ? [{ status, refusals: tally.of(id).refusals }] : [];
    });
    const { columns } = process.stdout;
    logUpdate(renderTable(rows, ledger.total.files, ledger.size, Date.now(), columns));
  }

  function soon(): void {
    frame ??= setTimeout(draw, FRAME_MS);
  }

  return {
    onEvent: soon,
    onProgress: soon,
    end() {
      if (frame) clearTimeout(frame);
      draw();
      logUpdate.done();
    },
  };
}

function plainView(stack: () => Stack): View {
  let shown = 0;
  const share = () => {
    const { ledger } = stack();
    return ledger.size === 0 ? 0 : Math.floor((100 * ledger.total.files) / ledger.size);
  };

  return {
    onEvent(event) {
      if (event.type === "launched" && event.pid !== undefined) {
        console.log(`${event.id}: attempt ${event.attempt} has pid ${event.pid}`);
      }
      if (event.type === "exited" && event.failed) {
        console.log(`${event.id}: attempt ${event.attempt} ended (${causeOf(event.exit)})`);
      }
      if (event.type === "refused" && event.retryAfterMs !== null) {
        console.log(
          `${event.id}: refused (${event.reason}), ask again in ${event.retryAfterMs} ms`,
        );
      }
    },
    onProgress() {
      const now = share();
      if (now < shown + 10) return;
      shown = now - (now % 10);
      console.log(`counted ${shown} %`);
    },
    end() {},
  };
}
