import type { Exit } from "./exit.js";

type FieldOf<One> = One extends unknown ? keyof One : never;

type Completed<One> = One extends unknown
  ? One & { readonly [Field in Exclude<FieldOf<Exit>, keyof One>]?: undefined }
  : never;

/**
 * An exit as a predicate sees it: every field of every kind can be read, and is undefined where the kind
 * has none, so that `({ error }) => ...` and `({ code }) => ...` compile. Every `Exit` is one.
 *
 * @since 0.1.0
 */
export type AnyExit = Completed<Exit>;
