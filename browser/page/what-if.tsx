// "What if": a person edits the policy, and sees which of the kept decisions would have been others.

import type { Control } from "./control.ts";
import type { ChildDetail, WhatIf, WhatIfStep } from "./types.ts";
import { clock, duration, exitWords } from "./words.ts";

export function WhatIfForm({ control, detail }: { control: Control; detail: ChildDetail }) {
  const { model } = control;
  const { policy } = detail;
  if (!model.part?.head.journal) {
    return (
      <section class="what-if">
        <h3>What if</h3>
        <p class="faint">
          No decisions are kept. Give the dashboard a recording to replay them here.
        </p>
      </section>
    );
  }
  return (
    <section class="what-if">
      <h3>What if it had another policy?</h3>
      {policy?.spec === null && (
        <p class="faint">
          JSON cannot hold the present policy: it takes a function. Write another, such as 10/10m.
        </p>
      )}
      {policy?.shared && (
        <p class="faint">{`The shared budget (${policy.shared}) stays, as full as it was.`}</p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void control.askWhatIf();
        }}
      >
        <label for="policy">Policy as JSON</label>
        <textarea
          id="policy"
          rows={9}
          spellcheck={false}
          value={model.edited ?? ""}
          onInput={(event) => control.edit(event.currentTarget.value)}
        />
        <div class="buttons">
          <button type="submit">Replay</button>
        </div>
      </form>
      {model.whatIfError && <p class="error">{model.whatIfError}</p>}
      {model.whatIf && <Result control={control} result={model.whatIf} />}
    </section>
  );
}

function Result({ control, result }: { control: Control; result: WhatIf }) {
  const { model } = control;
  const steps = result.steps.filter(({ same }) => !model.onlyDifferent || !same);
  return (
    <div class="result">
      <p>
        <b>{result.differ}</b>
        {` of ${result.requests} answers differ under ${result.policy}.`}
        {!result.complete &&
          " Older decisions were dropped: it begins as if nothing had been before."}
      </p>
      <label class="check">
        <input
          type="checkbox"
          checked={model.onlyDifferent}
          onChange={(event) => {
            model.onlyDifferent = event.currentTarget.checked;
            control.changed();
          }}
        />
        only what differs
      </label>
      <div class="steps" tabIndex={0} role="group" aria-label="Decisions">
        <table>
          <thead>
            <tr>
              <th scope="col">when</th>
              <th scope="col">what</th>
              <th scope="col">it was</th>
              <th scope="col">it would be</th>
            </tr>
          </thead>
          <tbody>
            {steps.slice(-200).map((step, i) => (
              <Step key={`${step.at} ${i}`} step={step} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Step({ step }: { step: WhatIfStep }) {
  const { at, event, exit, recorded, replayed, same, asked } = step;
  const what = event === "exited" && exit ? `exited: ${exitWords(exit)}` : event;
  return (
    <tr class={same ? "" : "differs"}>
      <td>{clock(at)}</td>
      <td>{what}</td>
      <td>{decisionWords(recorded)}</td>
      <td>
        {!same && <span class="mark">differs: </span>}
        {asked ? decisionWords(replayed) : "not asked"}
      </td>
    </tr>
  );
}

function decisionWords(decision: WhatIfStep["recorded"]): string {
  if (decision.type === "noted") return "noted";
  if (decision.type === "launch") {
    return decision.delayMs === 0 ? "launched" : `launched in ${duration(decision.delayMs)}`;
  }
  const { reason, retryAfterMs } = decision;
  return retryAfterMs === null
    ? `never: ${reason}`
    : `not for ${duration(retryAfterMs)}: ${reason}`;
}
