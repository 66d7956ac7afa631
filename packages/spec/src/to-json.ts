// From a policy to JSON, by what it says about itself. What is written is read back, and must describe
// itself as the policy does: a policy of one's own that goes by the name of another is found out.

import {
  isRemotePolicy,
  type Json,
  type KeyedDecision,
  type KeyedEvent,
  type KeyedState,
  type Policy,
  type RestartPolicy,
  readArguments,
} from "@steadfast/policy";
import { differsAt } from "./differs-at.js";
import { keyedFrom } from "./keyed-from.js";
import { kinds } from "./kinds.js";
import { isObject, plain } from "./plain.js";
import { policyFrom } from "./policy-from.js";
import { isPolicySpecError, join, PolicySpecError } from "./policy-spec-error.js";
import { PREDICATES, presets } from "./presets.js";
import { shown } from "./shown.js";
import type { KeyedSpec, KindSpec, PresetSpec } from "./spec.js";

const OTHERWISE = "one that describes itself otherwise than ours of that name";

type KeyedPolicy = Policy<KeyedState, KeyedEvent, KeyedDecision>;
interface Description {
  readonly [field: string]: Json;
}

/**
 * Writes a policy as plain JSON that `policyFrom` reads back.
 *
 * The document is canonical: equal policies give equal documents, with all options in force, defaults
 * filled in, in the order of `describe`; `toJson(policyFrom(json))` of such a document is the document. What
 * `keyed` made is read back by `keyedFrom`.
 * Effect on state: none; a policy has none. Errors: `PolicySpecError` with the path of the member that JSON
 * cannot hold: what takes a function (`stopWhen`, `giveUpOn`, `when`, a curve or jitter of your own, a
 * preset's `stopWhen`), and a policy of your own; also for one that is larger than a document may be. It goes by
 * `describe` and `name`: an object with the description of one of our policies and other functions is not
 * found out.
 *
 * @since 0.1.0
 * @example
 * toJson(giveUp(lifetimeCap({ restarts: 3 })));
 * // => { kind: "giveUp", members: [{ kind: "lifetimeCap", options: { restarts: 3 } }] }
 */
export function toJson(policy: RestartPolicy): KindSpec | PresetSpec;
export function toJson(policy: KeyedPolicy): KeyedSpec;
export function toJson(policy: RestartPolicy | KeyedPolicy): KindSpec | PresetSpec | KeyedSpec {
  readArguments("toJson", arguments, 1);
  const { described, name } = saidOf(policy);
  const isKeyed = described.kind === "keyed";
  // A copy with the usual prototypes.
  const spec = JSON.parse(JSON.stringify(written(described, "", isKeyed))) as KindSpec;
  const again = readBack(spec, isKeyed);
  const said = saidOf(again);
  const place = differsAt(said.described, described, "") ?? (said.name === name ? null : "");
  if (place === null) return spec;
  throw refused(place, OTHERWISE);
}

function refused(path: string, got: string): PolicySpecError {
  return new PolicySpecError(path, "a policy that JSON can hold", got);
}

/** What a policy says about itself. */
function saidOf(policy: unknown): { readonly described: Description; readonly name: unknown } {
  const { describe, name, preset, remote } = read(policy);
  if (remote) throw refused("", "one whose state lives elsewhere");
  if (preset) throw refused("", "a preset: give preset.policy");
  if (describe === undefined) throw refused("", shown(policy));
  const described = plain(describe);
  if (isObject(described)) return { described, name };
  throw refused("", shown(described));
}

/** What can be read of anything at all. */
function read(policy: unknown) {
  try {
    const given = (policy ?? {}) as Partial<Record<"describe" | "name" | "policy", unknown>>;
    const { describe, name } = given;
    const preset = describe === undefined && given.policy !== undefined;
    return { describe, name, preset, remote: isRemotePolicy(policy) };
  } catch {
    throw refused("", "an object that cannot be read"); // a Proxy
  }
}

/** The document of one description. */
function written(described: Description, path: string, isKeyed: boolean): Description {
  const { kind, options = {}, members = [] } = described;
  if (typeof kind !== "string" || !isObject(options)) throw refused(path, shown(described));
  if (Object.hasOwn(presets, kind)) {
    const predicate = PREDICATES.find((option) => options[option] !== undefined);
    if (predicate === undefined) return { preset: kind, options };
    throw refused(join(path, `options.${predicate}`), "a function");
  }
  const row = Object.hasOwn(kinds, kind)
    ? kinds[kind as keyof typeof kinds]
    : "a policy of your own";
  if (typeof row === "string" && !isKeyed) throw refused(path, `${kind}: ${row}`);
  const write = typeof row === "string" ? undefined : row.write;
  const own = write ? write(options, join(path, "options")) : options;
  return {
    kind,
    ...(Object.keys(own).length > 0 && { options: own }),
    ...(described.members !== undefined && { members: membersOf(members, path) }),
  };
}

function membersOf(members: Json, path: string): Json {
  if (!Array.isArray(members)) throw refused(path, "one whose members are no list");
  return members.map((member: Json, i) => {
    const place = join(path, `members[${i}]`);
    if (!isObject(member)) throw refused(place, shown(member));
    return written(member, place, false);
  });
}

/** The policy that a document is read back as. */
function readBack(spec: unknown, isKeyed: boolean): RestartPolicy | KeyedPolicy {
  try {
    return isKeyed ? keyedFrom(spec) : policyFrom(spec);
  } catch (error) {
    if (!isPolicySpecError(error)) throw error;
    const place = error.path.replace(/\.?(options|kind|preset|members(?!\[))\b.*$/, "");
    throw refused(place, OTHERWISE);
  }
}
