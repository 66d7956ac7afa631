// The mark that is chosen, with its exact instant; and the world: how long it is looked at, when a child is healthy, the seed.

import { durationText } from "@steadfast/spec";
import { instantOf, seedOf } from "../model/address.ts";
import { MARK_KINDS, type MarkKind, MOST } from "../model/scene.ts";
import { hitWords, MARK_WORDS } from "../model/words.ts";
import { CheckedField } from "./checked-field.tsx";
import { withMark } from "./marks.ts";
import type { Store } from "./store.ts";

export function ChosenMark({ store }: { readonly store: Store }) {
  const { scene, chosen } = store;
  const i = chosen.value ?? -1;
  const { marks } = scene.value;
  const mark = marks[i];
  if (mark === undefined) {
    return (
      <p class="chosen-mark faint">
        Drag a crash, or move it with the arrow keys (shift: ten steps; alt: a millisecond; delete:
        away).
      </p>
    );
  }
  const hits = [store.a.value, store.b.value]
    .filter((side) => side !== null)
    .map(({ name, played }) => ({ name, hit: played?.hits[i] }))
    .map(({ name, hit }) => `${name.toUpperCase()}: ${(hit && hitWords(hit)) || "ends the child"}`);
  return (
    <div class="chosen-mark" role="group" aria-label="The chosen mark">
      <CheckedField
        key={i}
        id="mark-at"
        label={`Mark ${i + 1} at`}
        text={durationText(mark.at)}
        take={(text: string) =>
          store.edit({ marks: withMark(marks, i, { at: instantOf(text, 0) }) })
        }
      />
      <div class="field">
        <label for="mark-kind">is a</label>
        <select
          id="mark-kind"
          value={mark.kind}
          onChange={(event: Event) => {
            const kind = (event.currentTarget as HTMLSelectElement).value as MarkKind;
            store.edit({ marks: withMark(marks, i, { kind }) });
          }}
        >
          {MARK_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {MARK_WORDS[kind]}
            </option>
          ))}
        </select>
      </div>
      <button
        type="button"
        onClick={() => {
          store.edit({ marks: marks.filter((_, j) => j !== i) });
          chosen.value = null;
        }}
      >
        Remove mark
      </button>
      {mark.kind !== "reset" && <p class="faint">{hits.join(". ")}.</p>}
    </div>
  );
}

export function WorldFields({ store }: { readonly store: Store }) {
  const { scene } = store;
  const { forMs, healthyAfterMs, seed } = scene.value;
  return (
    <div class="world">
      <CheckedField
        id="world-for"
        label="length of the line"
        text={durationText(forMs)}
        take={(text: string) => store.edit({ forMs: instantOf(text, 1) })}
      />
      <CheckedField
        id="world-healthy"
        label="healthy after"
        text={healthyAfterMs === null ? "" : durationText(healthyAfterMs)}
        otherwise="10s, or as the preset says"
        take={(text: string) =>
          store.edit({ healthyAfterMs: text === "" ? null : instantOf(text, 0) })
        }
      />
      <CheckedField
        id="world-seed"
        label="seed of chance"
        text={String(seed)}
        take={(text: string) => store.edit({ seed: seedOf(text) })}
      />
      <button
        type="button"
        onClick={() => store.edit({ seed: Math.floor(Math.random() * (MOST.seed + 1)) })}
      >
        Another seed
      </button>
    </div>
  );
}
