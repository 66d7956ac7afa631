import {
  type KeyedDecision,
  type KeyedEvent,
  type KeyedOptions,
  type KeyedState,
  keyed,
  type Policy,
  type RestartPolicy,
  readArguments,
} from "@steadfast/policy";
import { onlyFields } from "./fields.js";
import { make, optionsAt } from "./options.js";
import { isObject, plain } from "./plain.js";
import { wrong } from "./policy-spec-error.js";
import { membersAt, schemaAt } from "./read-node.js";

/**
 * Reads a keyed store of policies from plain JSON.
 *
 * Decides: `keyed` of the one member, with `options.maxKeys`; the member is read as by `policyFrom`. A
 * door of its own, because the events of a keyed policy have a key: it is no member of another policy.
 * Units: keys. Range: `maxKeys` whole, from 0 to 2^53-1. Edge: as `keyed`.
 * Effect on state: none. Errors: `PolicySpecError`, as `policyFrom`. Source: none.
 *
 * @since 0.1.0
 * @example
 * const json = { kind: "keyed", options: { maxKeys: 1_000 }, members: ["5/1m"] };
 * keyedFrom(json).name; // => "keyed(slidingWindow)"
 */
export function keyedFrom(json: unknown): Policy<KeyedState, KeyedEvent, KeyedDecision> {
  readArguments("keyedFrom", arguments, 1);
  const node = plain(json);
  if (!isObject(node)) throw wrong("", "an object of the kind keyed", node);
  onlyFields(node, ["kind", "options", "members", "$schema"], "");
  schemaAt(node, "");
  if (node.kind !== "keyed") throw wrong("kind", `"keyed"`, node.kind);
  const options = optionsAt(node.options, "options");
  const [member] = membersAt(node.members, "members", 1);
  return make("options", options, (read: KeyedOptions) => keyed(member as RestartPolicy, read));
}
