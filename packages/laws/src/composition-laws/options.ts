import { PolicyOptionsError, type RestartPolicy } from "@steadfast/policy";
import type { CheckOptions } from "../kernel/settings.js";

/**
 * How a combinator is checked.
 * @since 0.1.0
 */
export interface CompositionCheckOptions extends CheckOptions {
  /**
   * The policies to compose, at least one, each of them steady: once willing, willing until an event.
   * Default: fifteen small ones of the kit, three of which are not steady, which the laws know.
   */
  readonly members?: readonly RestartPolicy[];
}

/** Throws `PolicyOptionsError` for what only checks of combinators have. */
export function readMembers(
  owner: string,
  options: CompositionCheckOptions,
): readonly RestartPolicy[] | undefined {
  const { members } = options;
  if (members === undefined) return undefined;
  const policies = members.every((member) => typeof member?.step === "function");
  if (policies && members.length > 0) return members;
  throw new PolicyOptionsError(owner, "members", "at least one policy", members);
}
