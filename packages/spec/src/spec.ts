// What a document is, for those who write one in TypeScript.

import type { Json } from "@steadfast/policy";
import type { SpecKind } from "./kinds.js";
import type { PresetName } from "./presets.js";

/**
 * A policy as plain JSON: by its factory's name, as a preset, or as a short text such as `10/10m`.
 * @since 0.1.0
 */
export type PolicySpec = KindSpec | PresetSpec | string;

/**
 * A policy by the name of its factory, with the options that the factory takes.
 * @since 0.1.0
 */
export interface KindSpec {
  /** The factory's name, such as `slidingWindow`. */
  readonly kind: SpecKind;
  /** Its options; durations in milliseconds, or as text. Left out: all defaults. */
  readonly options?: { readonly [option: string]: Json };
  /** The policies it is made of; only for what is made of policies. */
  readonly members?: readonly PolicySpec[];
  /** For editors; it means nothing here. */
  readonly $schema?: string;
}

/**
 * A preset, with its options.
 * @since 0.1.0
 */
export interface PresetSpec {
  /** The preset's name, such as `systemd`. */
  readonly preset: PresetName;
  /** Its options; durations in milliseconds, or as text. Left out: all defaults. */
  readonly options?: { readonly [option: string]: Json };
  /** For editors; it means nothing here. */
  readonly $schema?: string;
}

/**
 * Policies for many keys as plain JSON: what `keyedFrom` reads.
 * @since 0.1.0
 */
export interface KeyedSpec {
  /** Always this. */
  readonly kind: "keyed";
  /** The most keys held, whole, from 0 to 2^53-1. */
  readonly options: { readonly maxKeys: number };
  /** The policy of each key. */
  readonly members: readonly [PolicySpec];
  /** For editors; it means nothing here. */
  readonly $schema?: string;
}
