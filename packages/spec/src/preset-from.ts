import { readArguments } from "@steadfast/policy";
import type { Preset } from "@steadfast/presets";
import { isObject, plain } from "./plain.js";
import { wrong } from "./policy-spec-error.js";
import { presetAt } from "./read-node.js";

/**
 * Reads a preset from plain JSON: its policy, and the options of `supervise` that belong to it.
 *
 * Decides: the preset that is named, with its options, as `policyFrom` reads them; `policyFrom` gives the
 * policy alone. `supervise(launcher, { ...presetFrom(json) })` behaves as that system.
 * Effect on state: none. Errors: `PolicySpecError`, as `policyFrom`; a document of any other kind is
 * refused.
 *
 * @since 0.1.0
 * @example
 * const { policy, onNotYet } = presetFrom({ preset: "systemd", options: { restart: "on-failure" } });
 * policy.name; // => "systemd"
 * onNotYet; // => "end"
 */
export function presetFrom(json: unknown): Preset {
  readArguments("presetFrom", arguments, 1);
  const node = plain(json);
  if (isObject(node)) return presetAt(node, "");
  throw wrong("", "an object with a preset", node);
}
