// What becomes of the child under one policy, as a lane: up, delayed, refused, over; and the marks that hit nothing.

import { durationWords } from "../model/durations.ts";
import type { Span } from "../model/played.ts";
import type { Mark } from "../model/scene.ts";
import { endWords } from "../model/words.ts";
import type { Side } from "./store.ts";

interface Props {
  readonly side: Side;
  readonly marks: readonly Mark[];
  readonly forMs: number;
}

export function LaneOf({ side, marks, forMs }: Props) {
  const { name, read, played } = side;
  const share = (ms: number) => `${(ms / forMs) * 100}%`;
  if (played === null) {
    return (
      <div class="lane">
        <p class="lane-head">
          <span class={`badge ${name}`}>{name.toUpperCase()}</span> not a policy
        </p>
        <div class="spans" />
      </div>
    );
  }
  return (
    <div class="lane">
      <p class="lane-head">
        <span class={`badge ${name}`}>{name.toUpperCase()}</span> {endWords(played)}
        <span class="visually-hidden">{` (${read.policy?.name ?? ""})`}</span>
      </p>
      <div class="spans">
        {played.spans.map((span, i) => (
          <div
            key={`${i}`}
            class={`span ${span.kind} ${span.end ?? ""}`}
            style={{ left: share(span.from), width: share(span.to - span.from) }}
            title={spanWords(span)}
          >
            {span.healthyAt !== null && (
              <i
                class="healthy"
                style={{
                  left: `${((span.healthyAt - span.from) / (span.to - span.from)) * 100}%`,
                }}
              />
            )}
            {span.kind !== "up" && <span class="text">{shortWords(span)}</span>}
          </div>
        ))}
        {played.over && (
          <div class="span over" style={{ left: share(played.over.at), right: 0 }}>
            <span class="text">{played.over.reason ?? played.over.outcome}</span>
          </div>
        )}
        {marks.map(
          ({ at }, i) =>
            played.hits[i]?.type === "missed" && (
              <i key={`missed ${i}`} class="missed" style={{ left: share(at) }} />
            ),
        )}
      </div>
    </div>
  );
}

const shortWords = ({ from, to }: Span): string => durationWords(to - from);

function spanWords({ kind, from, to, healthyAt, end, reason }: Span): string {
  const span = `${durationWords(from)} to ${durationWords(to)}`;
  if (kind === "delay") return `delay: ${span}`;
  if (kind === "not-yet") return `refused for now (${reason}): ${span}`;
  const healthy = healthyAt === null ? "" : `, healthy from ${durationWords(healthyAt)}`;
  return `up: ${span}${healthy}${end === null ? "" : `, ${end}`}`;
}
