// What happens, to all who look: events are numbered and kept in a ring, and told together, at most 25 times a second.
// While nobody looks nothing is made but the ring, and no timer is set.

import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { SupervisorEvent } from "@steadfast/supervisor";
import { Client } from "./client.js";
import { EventRing } from "./event-ring.js";
import { Refusal } from "./refusal.js";
import { shortEvent } from "./short-event.js";
import type { Source } from "./source.js";
import type { Change, ChangePart, Row, Snapshot, Told } from "./wire.js";

const EVERY_MS = 40;
/** The events that one message has at most, and a snapshot. */
const MOST_EVENTS = 2_000;

export interface FeedOptions {
  readonly title: string;
  readonly orders: boolean;
  readonly history: number;
  readonly maxClients: number;
}

export class Feed {
  readonly ring: EventRing;
  readonly #clients = new Set<Client>();
  readonly #removers: (() => void)[];
  /** Numbers of an earlier dashboard mean nothing to this one. */
  readonly #session = randomBytes(6).toString("base64url");
  #told = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    readonly sources: readonly Source[],
    private readonly options: FeedOptions,
  ) {
    this.ring = new EventRing(options.history);
    this.#removers = sources.map((source) =>
      source.listen((event) => this.#hear(source.of, event)),
    );
  }

  get clients(): number {
    return this.#clients.size;
  }

  #hear(of: string, event: SupervisorEvent): void {
    this.ring.push((seq) => shortEvent(event, of, seq));
    if (this.#clients.size === 0) return;
    this.#timer ??= setTimeout(() => this.#tell(), EVERY_MS).unref();
  }

  /** Tells all who look what has happened since the last time. */
  #tell(): void {
    this.#timer = null;
    const [name, message] = this.#since(this.#told);
    this.#told = this.ring.last;
    for (const client of this.#clients) client.send(this.#id(), name, message);
  }

  /** What has happened after that number; everything, if that is not known any more. */
  #since(after: number | null): readonly [name: string, message: string] {
    return after !== null && this.ring.has(after)
      ? ["change", JSON.stringify(this.#changeSince(after))]
      : ["snapshot", JSON.stringify(this.snapshot())];
  }

  /** Adds a reader. `lastId` is the id of the last message that it has seen. */
  join(response: ServerResponse, lastId: string): void {
    const { maxClients } = this.options;
    if (this.#clients.size >= maxClients) {
      const message = `at most ${maxClients} pages may look at once: close one`;
      throw new Refusal(503, "too-many-clients", message);
    }
    // The others get what is new first: a reader that comes now knows everything up to now.
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#tell();
    }
    this.#told = this.ring.last;
    const client = new Client(response, () => this.#clients.delete(client));
    response.on("close", () => this.#clients.delete(client));
    this.#clients.add(client);
    client.begin(this.#id(), ...this.#since(this.#after(lastId)));
  }

  snapshot(): Snapshot {
    const { title, orders } = this.options;
    return {
      seq: this.ring.last,
      title,
      orders,
      parts: this.sources.map((source) => ({ head: source.head(), rows: source.rows() })),
      told: this.ring.since(0, MOST_EVENTS),
    };
  }

  close(): void {
    for (const remove of this.#removers) remove();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    for (const client of this.#clients) client.drop();
  }

  #id(): string {
    return `${this.#session}.${this.ring.last}`;
  }

  /** The number in an id of this dashboard; null for any other text. */
  #after(id: string): number | null {
    const [session, number = ""] = id.split(".");
    return session === this.#session && /^\d{1,15}$/.test(number) ? Number(number) : null;
  }

  #changeSince(after: number): Change {
    const all = this.ring.since(after);
    const told = all.slice(-MOST_EVENTS);
    const parts = this.sources.map((source) => partOf(source, all));
    const missed = this.ring.last - after - told.length;
    return { seq: this.ring.last, parts, told, missed };
  }
}

/** How those are now to whom something happened. */
function partOf(source: Source, told: readonly Told[]): ChangePart {
  const paths = new Set(told.flatMap(({ of, id }) => (of === source.of ? [id] : [])));
  const rows: Row[] = [];
  const gone: string[] = [];
  for (const path of paths) {
    const row = source.row(path);
    if (row) rows.push(row);
    else gone.push(path);
  }
  return { head: source.head(), rows, gone };
}
