// What an importer answers: services, and where it could not carry over what stood in the source.

import type { Service } from "./service.js";

/**
 * What was read of a foreign configuration.
 * @since 0.1.0
 */
export interface Imported {
  /** The services, in the order of the source. */
  readonly services: readonly Service[];
  /** What could not be carried over, or means something else here, in the order of the source. */
  readonly report: readonly Finding[];
}

/**
 * One thing that does not map.
 * @since 0.1.0
 */
export interface Finding {
  /** `dropped`: it has no counterpart and is left out. `changed`: what is there instead differs in some way. */
  readonly kind: "dropped" | "changed";
  /** The part that it is about, such as `MemoryMax` or `services.web.ports`. */
  readonly part: string;
  /** What happens instead, in words. */
  readonly message: string;
  /** Of a text: the line, counted from 1. Left out: the source is no text. */
  readonly line?: number;
  /** Of a text with others beside it: which file. Left out: the main one. */
  readonly file?: string;
  /** Of a parsed object: the keys that lead to the place. Left out: the source is no parsed object. */
  readonly path?: readonly (string | number)[];
}

/** A finding about a part that is left out. */
export function dropped(part: string, message: string): Finding {
  return { kind: "dropped", part, message };
}

/** A finding about a part that means something else here. */
export function changed(part: string, message: string): Finding {
  return { kind: "changed", part, message };
}

/**
 * Joins what was read of several sources, such as units, so that one may wait for another.
 *
 * Decides: services in the order given; where an id is there twice, the later one replaces the earlier, with a
 * finding; a dependency on what is not there is dropped, with a finding. Effect on state: none. Never throws.
 *
 * @since 0.1.0
 * @example
 * const policy = { preset: "docker" } as const;
 * const after = [{ id: "db", until: "ready" }] as const;
 * const web = { services: [{ id: "web", command: "web", policy, after }], report: [] };
 * joined(web).report[0]?.message; // => "web waits for db, which is not there"
 */
export function joined(...sources: readonly Imported[]): Imported {
  const services = new Map<string, Service>();
  const report = sources.flatMap((source) => source.report);
  for (const service of sources.flatMap((source) => source.services)) {
    if (services.has(service.id)) {
      report.push(dropped(service.id, `there is another ${service.id}, which replaces it`));
    }
    services.set(service.id, service);
  }
  const there = withoutMissing([...services.values()], ({ id }, missing) =>
    report.push(dropped("after", `${id} waits for ${missing}, which is not there`)),
  );
  return { services: there, report };
}

/** Services that wait for one another only; what else they wait for is handed to `tell`. */
export function withoutMissing(
  services: readonly Service[],
  tell: (service: Service, missing: string) => void,
): readonly Service[] {
  const ids = new Set(services.map((service) => service.id));
  return services.map((service) => {
    const { after = [], ...rest } = service;
    const there = after.filter(({ id }) => ids.has(id));
    for (const { id } of after) if (!ids.has(id)) tell(service, id);
    return there.length > 0 ? { ...rest, after: there } : rest;
  });
}
