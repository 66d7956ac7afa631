// The whole page.

import type { Control } from "./control.ts";
import { Detail } from "./detail.tsx";
import { Header } from "./header.tsx";
import { OverviewBar } from "./overview-bar.tsx";
import { Table } from "./table.tsx";

export function App({ control }: { control: Control }) {
  const { model } = control;
  if (model.connection === "refused") return <Refused why={model.trouble} />;
  return (
    <div class={`app ${model.selected === null ? "" : "chosen"}`}>
      <Header control={control} />
      <OverviewBar control={control} />
      <main>
        <section class="children" aria-label="Children">
          <div class="bar">
            <input
              id="find"
              type="search"
              aria-label="Find a child"
              placeholder="Find a child"
              value={model.text}
              onInput={(event) => control.setText(event.currentTarget.value)}
            />
            <span class="faint">
              {model.part && `${model.visible().length} of ${model.part.rows.size}`}
            </span>
          </div>
          <Table control={control} />
        </section>
        <Detail control={control} />
      </main>
      <p class="said" role="status" aria-live="polite">
        {model.said}
      </p>
    </div>
  );
}

function Refused({ why }: { why: string }) {
  return (
    <main class="not-let-in">
      <h1>Not let in</h1>
      <p role="alert">{why}</p>
    </main>
  );
}
