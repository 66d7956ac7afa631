// One real child under the real supervisor, with everything that can be watched about it.

import type { ExitRecord, JournalEntry } from "@steadfast/policy";
import {
  type Launcher,
  type SuperviseOptions,
  type SupervisorEvent,
  type SupervisorHandle,
  type System,
  supervise,
} from "@steadfast/supervisor";
import { Told } from "./told.js";

export type StageOptions = Omit<SuperviseOptions, "onEvent" | "onMessage" | "journal">;

type EventType = SupervisorEvent["type"];
type EventOf<Type extends EventType> = Extract<SupervisorEvent, { readonly type: Type }>;

export interface Stage<Value> {
  readonly handle: SupervisorHandle<Value>;
  readonly events: readonly SupervisorEvent[];
  readonly journal: readonly JournalEntry[];
  /** The n-th event of a type; waits for it. Rejects if the supervision ends first. */
  event<Type extends EventType>(type: Type, n?: number): Promise<EventOf<Type>>;
  /** The n-th message of the child, counted over all attempts; waits for it, and likewise. */
  message(n: number): Promise<unknown>;
  /** The first message that is equal to this one as JSON. */
  said(message: unknown): Promise<unknown>;
  /** The types of what was told of launches and ends, in order. */
  story(): string[];
  /** The exits, in order. */
  exits(): ExitRecord[];
}

const STORY: readonly EventType[] = [
  "launched",
  "exited",
  "stopping",
  "killing",
  "abandoned",
  "refused",
  "ended",
];

/** Puts a child on the stage. */
export function stage<Value>(
  launcher: Launcher<Value>,
  options: StageOptions,
  system?: System,
): Stage<Value> {
  const events = new Told<SupervisorEvent>();
  const messages = new Told<{ readonly message: unknown }>();
  const journal: JournalEntry[] = [];
  const handle = supervise(
    launcher,
    {
      ...options,
      onEvent: (event) => {
        events.add(event);
        if (event.type !== "ended") return;
        const why = `it ended first: ${JSON.stringify(events.items)}`;
        events.end(why);
        messages.end(why);
      },
      onMessage: (message) => messages.add({ message }),
      journal: (entry) => void journal.push(entry),
    },
    system,
  );
  const is =
    <Type extends EventType>(type: Type) =>
    (event: SupervisorEvent): event is EventOf<Type> =>
      event.type === type;

  return {
    handle,
    events: events.items,
    journal,
    event: async (type, n = 1) => (await events.nth(n, is(type))) as EventOf<typeof type>,
    message: async (n) => (await messages.nth(n, () => true)).message,
    async said(message) {
      const wanted = JSON.stringify(message);
      return (await messages.nth(1, (one) => JSON.stringify(one.message) === wanted)).message;
    },
    story: () => events.items.map(({ type }) => type).filter((type) => STORY.includes(type)),
    exits: () => events.items.filter(is("exited")).map(({ exit }) => exit),
  };
}
