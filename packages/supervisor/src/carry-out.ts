// What each effect is, as a call or as news. Carried out at once, in the order given.

import type { SlotState } from "@steadfast/child-slot";
import { exitRecord, type Millis } from "@steadfast/policy";
import type { Effect, SupervisionState, Tag } from "@steadfast/supervision";
import type { ChildPort } from "./child-port.js";
import type { SupervisorNews } from "./events.js";
import type { Extras } from "./extras.js";
import type { SuperviseSettings } from "./supervise-settings.js";

/** Who has the child, and the listeners. */
export interface Stage {
  readonly state: Pick<SupervisionState, "seat"> & { readonly slot: Pick<SlotState, "lastExit"> };
  readonly settings: Pick<SuperviseSettings, "id" | "reloadMessage">;
  readonly port: ChildPort<unknown>;
  readonly extras: Extras | null;
  /** Whether anybody listens. */
  readonly isHeard: boolean;
  tell(news: SupervisorNews, tag?: Tag): void;
}

/** The effects that are a driver's own are left out. */
export type Call = Exclude<Effect, { readonly type: Own }>;

type Own = "drawn" | "share" | "forgiven" | "fault" | "answer" | "settle" | "callback-failed";

export function carryOut(stage: Stage, effect: Call, at: Millis, wall: Millis): void {
  const { port, extras } = stage;
  switch (effect.type) {
    case "launch":
      return launch(stage, effect);
    case "request-stop":
      stage.tell({ type: "stopping", reason: effect.reason }, effect);
      return port.call("requestStop", (child) => child.requestStop(effect.reason));
    case "kill":
      stage.tell({ type: "killing" }, effect);
      return port.call("kill", (child) => child.kill());
    case "abandon":
      stage.tell({ type: "abandoned" }, effect);
      return port.call("abandon", (child) => child.abandon?.());
    case "send":
      return port.call("send", (child) =>
        child[child.reload ? "reload" : "send"]?.(stage.settings.reloadMessage),
      );
    case "signal":
      return port.call("signal", (child) => child.signal?.(effect.signal));
    case "probe":
      return probe(stage, effect);
    case "exited":
      return exited(stage, effect);
    case "note": {
      const { event, decision, by, before } = effect;
      return extras?.journal?.write({ at, wall, event, decision, ...(by && { by }) }, before);
    }
    case "ask":
      return extras?.asker?.ask(effect.ask, effect.events);
    case "unask":
      return extras?.asker?.withdraw(effect.ask);
    case "prepare":
      return extras?.shelf?.prepare(effect.standby);
    case "discard":
      return extras?.shelf?.discard(effect.standby);
    default:
      return tellOf(stage, effect);
  }
}

type Of<Type extends Call["type"]> = Extract<Call, { readonly type: Type }>;

function launch(stage: Stage, { attempt, generation, cause, failures, standby }: Of<"launch">) {
  const prepared = stage.extras?.shelf?.take(standby) ?? null;
  const { id } = stage.settings;
  stage.port.launch({ id, attempt, generation, cause, failures }, prepared);
}

function probe(stage: Stage, { attempt, generation, probe: number, timeoutMs }: Of<"probe">) {
  const info = {
    id: stage.settings.id,
    attempt,
    generation,
    pid: stage.state.seat?.pid ?? null,
  };
  stage.extras?.prober?.look(info, number, timeoutMs);
}

function exited(stage: Stage, effect: Of<"exited">) {
  const { failed, uptimeMs, ordered } = effect;
  stage.port.gone();
  stage.extras?.prober?.stop();
  if (!stage.isHeard) return;
  // A step has one exit at most: the slot has its record.
  const exit = stage.state.slot.lastExit ?? exitRecord(effect.exit);
  stage.tell({ type: "exited", exit, failed, uptimeMs, ordered }, effect);
}

/** What is only news. */
function tellOf(
  stage: Stage,
  effect: Exclude<
    Call,
    Of<
      | "launch"
      | "request-stop"
      | "kill"
      | "abandon"
      | "send"
      | "signal"
      | "probe"
      | "exited"
      | "note"
      | "ask"
      | "unask"
      | "prepare"
      | "discard"
    >
  >,
): void {
  switch (effect.type) {
    case "up":
      return;
    case "report":
      return stage.tell(effect.report, effect);
    case "standby-lost": {
      if (!stage.isHeard) return;
      const { standby, exit, until } = effect;
      return stage.tell({ type: "standby-lost", standby, exit: exitRecord(exit), until }, effect);
    }
    default:
      return stage.tell(effect, effect);
  }
}
