// Variables of a Compose file, and of process-compose: $NAME, ${NAME}, ${NAME:-default}, ${NAME-default}, ${NAME:?error}, ${NAME:+other},
// and $$ for a dollar sign.

const VARIABLE = /\$(?:\$|(\w+)|\{(\w+)(?:(:?[-+?])([^}]*))?\})/g;

/** A text with its variables filled in; one that is not known is empty, and handed to `unknown`. */
export function interpolated(
  text: string,
  env: { readonly [name: string]: string },
  unknown: (name: string) => void,
): string {
  return text.replaceAll(VARIABLE, (_, bare, braced, operator: string | undefined, other = "") => {
    const name: string | undefined = bare ?? braced;
    if (name === undefined) return "$";
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    const isThere = operator?.startsWith(":") ? Boolean(value) : value !== undefined;
    if (operator?.endsWith("+")) return isThere ? other : "";
    if (isThere) return value ?? "";
    if (operator?.endsWith("-")) return other;
    unknown(name);
    return "";
  });
}
