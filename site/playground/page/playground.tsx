// The playground: policies in forms, crashes on a line, decisions in a table; all of it in the address.

import { defineComponent, ref } from "vue";
import { EXAMPLES, worldOf } from "../model/examples.ts";
import { START } from "../model/scene.ts";
import { Decisions } from "./decisions.tsx";
import { PolicyPanel } from "./policy-panel.tsx";
import { type Store, useStore } from "./store.ts";
import { TimeLine } from "./time-line.tsx";
import { ChosenMark, WorldFields } from "./world-fields.tsx";
import "./playground.css";

export default defineComponent(() => {
  const store = useStore();
  const said = ref("");
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(store.link());
      said.value = "Copied: everybody who opens the link sees the same.";
    } catch {
      said.value = "The browser does not let a page copy here: the link is in its address bar.";
    }
  }
  return () => (
    <div class="playground">
      <Toolbar store={store} copy={copy} />
      <p class="said" role="status">
        {said.value}
      </p>
      {store.faults.value.length > 0 && (
        <div class="faults" role="alert">
          <p>Parts of the address are wrong, and were left out:</p>
          <ul>
            {store.faults.value.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </div>
      )}
      <div class="columns">
        <div class="policies">
          <PolicyPanel side={store.a.value} give={(a) => store.edit({ a })} remove={null} />
          {store.b.value && (
            <PolicyPanel
              side={store.b.value}
              give={(b) => store.edit({ b })}
              remove={() => store.edit({ b: null })}
            />
          )}
        </div>
        <div class="results">
          <div class="line-box">
            <TimeLine store={store} />
            <ChosenMark store={store} />
            <WorldFields store={store} />
          </div>
          <Decisions store={store} />
        </div>
      </div>
    </div>
  );
});

function Toolbar({ store, copy }: { readonly store: Store; readonly copy: () => Promise<void> }) {
  const begin = (event: Event) => {
    const select = event.currentTarget as HTMLSelectElement;
    const example = EXAMPLES[Number(select.value)];
    select.value = "";
    if (example === undefined) return;
    store.chosen.value = null;
    store.edit({ ...START, ...worldOf(example), a: example.a, b: example.b ?? null });
  };
  return (
    <div class="toolbar">
      <select aria-label="Begin with an example" value="" onChange={begin}>
        <option value="" disabled>
          Begin with an example…
        </option>
        {EXAMPLES.map(({ name }, i) => (
          <option key={name} value={i}>
            {name}
          </option>
        ))}
      </select>
      {store.b.value === null && (
        <button type="button" onClick={() => store.edit({ b: store.scene.value.a })}>
          Compare with another
        </button>
      )}
      <button type="button" class="brand" onClick={copy}>
        Copy link
      </button>
    </div>
  );
}
