// One of the two policies: as a form, as JSON, and as code to paste.

import { defineComponent, ref } from "vue";
import { codeOf } from "../model/code.ts";
import { documentText, readDocument } from "../model/document.ts";
import type { PolicyDocument } from "../model/scene.ts";
import { PolicyForm } from "./policy-form.tsx";
import type { Side } from "./store.ts";
import { TextField } from "./text-field.tsx";

interface Props {
  readonly side: Side;
  readonly give: (document: PolicyDocument) => void;
  /** Null for the one that is always there. */
  readonly remove: (() => void) | null;
}

const VIEWS = ["Form", "JSON", "TypeScript"] as const;
type ViewName = (typeof VIEWS)[number];

export const PolicyPanel = defineComponent(
  (props: Props) => {
    const view = ref<ViewName>("Form");
    /** Text that is no JSON yet. */
    const unread = ref<string | null>(null);
    const giveText = (text: string) => {
      const { document, fault } = readDocument(text);
      unread.value = fault === null ? null : `The text ${fault}`;
      if (fault === null) props.give(document);
    };
    return () => {
      const { side, remove } = props;
      const { name, read } = side;
      const title = name.toUpperCase();
      const fault = unread.value ?? read.fault?.message ?? null;
      return (
        <section class={`panel ${name}`} aria-label={`Policy ${title}`}>
          <div class="bar">
            <h2>
              <span class="badge">{title}</span>
              <span class="name">{read.policy?.name ?? "not a policy"}</span>
            </h2>
            {remove && (
              <button type="button" onClick={remove}>
                Remove B
              </button>
            )}
          </div>
          <div class="views" role="group" aria-label={`Show policy ${title} as`}>
            {VIEWS.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={view.value === one}
                onClick={() => {
                  view.value = one;
                  unread.value = null;
                }}
              >
                {one}
              </button>
            ))}
          </div>
          <p class="fault" role="alert">
            {fault}
          </p>
          <View {...props} view={view.value} giveText={giveText} />
        </section>
      );
    };
  },
  { props: ["side", "give", "remove"] },
);

interface ViewProps extends Props {
  readonly view: ViewName;
  readonly giveText: (text: string) => void;
}

function View({ view, side, give, giveText }: ViewProps) {
  const { name, document, read } = side;
  const title = name.toUpperCase();
  if (view === "Form") {
    return (
      <PolicyForm
        side={name}
        document={document}
        path=""
        fault={read.fault}
        give={give}
        remove={null}
        up={null}
      />
    );
  }
  if (view === "JSON") {
    return (
      <TextField
        id={`${name}-json`}
        label={`Policy ${title} as JSON, or a short form such as 10/10m`}
        text={documentText(document, 2)}
        rows={14}
        give={giveText}
      />
    );
  }
  return (
    <pre class="code" tabindex={0} role="group" aria-label={`Policy ${title} as TypeScript`}>
      {read.policy ? codeOf(document) : "It is not a policy."}
    </pre>
  );
}
