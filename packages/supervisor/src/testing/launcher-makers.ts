import type { Launcher } from "../launcher.js";

/**
 * Makes a launcher of one kind of child.
 * @since 0.1.0
 */
export type MakeLauncher = () => Launcher | Promise<Launcher>;

/**
 * What an adapter supplies. Where its kind of child cannot do something, it says null.
 * @since 0.1.0
 */
export interface LauncherMakers {
  /** Ends well by itself, soon. */
  readonly completes: MakeLauncher;
  /** Ends badly by itself, soon. */
  readonly fails: MakeLauncher;
  /** Runs until it is asked to stop, and then ends soon. */
  readonly stopsWhenAsked: MakeLauncher;
  /** Runs forever, whatever it is asked, from its launch on. */
  readonly ignoresStop: MakeLauncher;
  /** The system refuses to start it: no such file, no such module. Null: that cannot happen. */
  readonly cannotStart: MakeLauncher | null;
  /** Says `ready` as its first signal, then runs until it is asked to stop. Null: it cannot. */
  readonly saysReady: MakeLauncher | null;
  /** Whether a kill ends a child that ignores the request to stop. Default true. */
  readonly canForce?: boolean;
  /** How many listeners and handles the adapter holds outside its children. Default: not looked at. */
  readonly countListeners?: () => number;
  /** How long a case waits for something before it fails. Default 10 000. */
  readonly timeoutMs?: number;
}

/**
 * One case: `run` rejects with an error that says what is wrong.
 * @since 0.1.0
 */
export interface LauncherCase {
  /** The sentence of the contract. */
  readonly name: string;
  /** Settles when the sentence holds; rejects with an error that says how it does not. */
  run(): Promise<void>;
}
