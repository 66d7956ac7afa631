// Where a child listens, as its launcher says it in the environment: a descriptor that it was given, or a socket that it
// is to open itself.

/** What Node's `listen` is given. */
export type PortPlace =
  | { readonly fd: number }
  | { readonly port: number; readonly host?: string; readonly reusePort: true };

/** The variable that says it. */
export const PLACE_VARIABLE = "STEADFAST_LISTEN";

/** The place of this process, once: what it starts itself is not to take it for its own. Null where there is none. */
export function takePlace(env: NodeJS.ProcessEnv = process.env): PortPlace | null {
  const text = env[PLACE_VARIABLE];
  delete env[PLACE_VARIABLE];
  return text ? (JSON.parse(text) as PortPlace) : null;
}
