// Which exits want a restart at all: OTP's restart types.
//
// permanent: every exit. transient: an exit that failed, or one that nobody saw (`lost`: the child was
// alive when its supervisor died, so it did not end well either). temporary: none.
// `start` and `operator` pass at once, whatever the type: nobody's exit is asked about.

import { didYouMean } from "./did-you-mean.js";
import { PolicyOptionsError } from "./errors.js";
import { readArguments } from "./read-arguments.js";
import { readState } from "./read-state.js";
import { launch, type RestartPolicy, refuse } from "./restart.js";
import { restartPolicy } from "./restart-policy.js";

/**
 * When a child that has ended is wanted back.
 * @since 0.1.0
 */
export type RestartType = "permanent" | "transient" | "temporary";

/**
 * What is remembered between an exit and the launch that follows.
 * @since 0.1.0
 */
export interface RestartOnState {
  /** How the attempt since the last launch ended; null while there is nothing to say. */
  readonly last: "failed" | "ended" | "lost" | null;
}

const RESTART_TYPES: readonly RestartType[] = ["permanent", "transient", "temporary"];
const LAST = ["failed", "ended", "lost", null] as const;
const FRESH: RestartOnState = { last: null };

/** The words of other systems: Docker's, systemd's, Kubernetes', pm2's. */
const ELSEWHERE: { readonly [Type in RestartType]: RegExp } = {
  permanent: /^(always|unless-?stopped|any|true|yes|all)$/i,
  transient: /^(on-?(failure|failed|error|abnormal|abort|watchdog|crash)|failures?|unexpected)$/i,
  temporary: /^(no|never|none|false|off|once)$/i,
};

/** The type that a word of another system means, or the nearest one. */
function whatWasMeant(word: unknown): string {
  const said = Object(word) === word ? "" : String(word); // an object may not be asked for its text
  const type = RESTART_TYPES.find((known) => ELSEWHERE[known].test(said));
  return type ? `${said} is "${type}" here` : didYouMean(word, RESTART_TYPES);
}

/**
 * Refuses a restart that is not wanted, for good, with the reason `not-wanted`.
 *
 * Decides: `permanent` launches always; `transient` launches unless the last exit did not fail (an
 * exit of kind `lost` is wanted back although it is no failure); `temporary` never restarts.
 * No units. No default: the type must be given. Edge: a request with no exit before it launches,
 * except that `temporary` refuses every request of cause `restart`.
 * Effect on state: an exit is remembered until the next admitted launch or a `reset`.
 * Errors: `PolicyOptionsError` for another word, naming the type that Docker's, systemd's or pm2's word
 * means.
 * Source: Erlang/OTP `supervisor`, child specification key `restart`.
 *
 * Precedence, in the order of `allOf`: `stopWhen`, `restartOn`, `giveUpOn`, what counts.
 *
 * @since 0.1.0
 * @example
 * const child = cell(restartOn("temporary"), { clock: () => 0, random: () => 0 });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "not-wanted", retryAfterMs: null }
 */
export function restartOn(type: RestartType): RestartPolicy<RestartOnState> {
  readArguments("restartOn", arguments, 1);
  if (!RESTART_TYPES.includes(type)) {
    const allowed = `one of ${RESTART_TYPES.join(", ")}`;
    throw new PolicyOptionsError("restartOn", "type", allowed, type, whatWasMeant(type));
  }

  function wanted({ last }: RestartOnState): boolean {
    if (type === "transient") return last !== "ended";
    return type === "permanent";
  }

  return restartPolicy<RestartOnState>({
    name: "restartOn",
    describe: { options: { type } },
    initial: () => FRESH,
    exited(state, { exit, failed }) {
      const last = failed ? "failed" : exit.kind === "lost" ? "lost" : "ended";
      return last === state.last ? state : { last };
    },
    launch(state, { cause }) {
      if (cause === "restart" && !wanted(state)) return [state, refuse("not-wanted", null)];
      return [state.last === null ? state : FRESH, launch()];
    },
    parse: (raw) => ({ last: readState(raw).oneOf("last", LAST) }),
    idle: (state) => state.last === null,
  });
}
