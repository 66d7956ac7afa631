// The form of one policy, and inside it those of the policies that it is made of.

import type { Json } from "@steadfast/policy";
import { begun, choiceOf } from "../model/begun.ts";
import { membersOf, retyped, withMember, withOption, withSwapped, wrapped } from "../model/edit.ts";
import { type Form, KINDS, PRESETS } from "../model/fields.ts";
import { type Fault, isNode, joined } from "../model/policy-in.ts";
import type { PolicyDocument } from "../model/scene.ts";
import { usualOf } from "../model/usual.ts";
import { OptionField } from "./option-field.tsx";
import { TextField } from "./text-field.tsx";

interface Props {
  readonly side: string;
  readonly document: PolicyDocument;
  /** Where it stands in the whole document. */
  readonly path: string;
  readonly fault: Fault | null;
  readonly give: (document: PolicyDocument) => void;
  /** Null for the outermost one, and where it may not be. */
  readonly remove: (() => void) | null;
  readonly up: (() => void) | null;
}

const COMBINERS = [...KINDS.values()].filter(({ members }) => members !== 0);
const SINGLE = [...KINDS.values()].filter(({ members }) => members === 0);

export function PolicyForm(props: Props) {
  const { side, document, path, fault, give } = props;
  const choice = choiceOf(document);
  const form = KINDS.get(choice) ?? PRESETS.get(choice.replace(/^preset:/, ""));
  const own = fault !== null && /^(kind|preset|members)?$/.test(after(path, fault) ?? "-");
  return (
    <fieldset class={`policy ${form?.members ? "combines" : ""}`}>
      <legend class="visually-hidden">{`Policy ${side.toUpperCase()} ${path}`}</legend>
      <Head {...props} choice={choice} />
      {own && path !== "" && <p class="fault">{fault.message}</p>}
      {typeof document === "string" && (
        <TextField
          id={`${side}-${path}-short`}
          label="short form"
          text={document}
          hint="10/10m, 200ms..30s x1.5 equal, on-failure"
          otherwise="10/10m, 200ms..30s, on-failure"
          fault={null}
          give={(text: string) => give(text)}
        />
      )}
      {form && isNode(document) && <Options {...props} form={form} />}
      {form && form.members !== 0 && <Members {...props} form={form} />}
    </fieldset>
  );
}

/** The path of a fault from a policy on; null if it is elsewhere. */
function after(path: string, fault: Fault): string | null {
  if (path === "") return fault.path;
  return fault.path.startsWith(path) ? fault.path.slice(path.length).replace(/^\./, "") : null;
}

function Head(props: Props & { readonly choice: string }) {
  const { side, path, remove, up } = props;
  const what = `policy ${side.toUpperCase()}${path === "" ? "" : ` at ${path}`}`;
  return (
    <div class="head">
      <KindChoice {...props} what={what} />
      <WrapChoice {...props} what={what} />
      {up && (
        <button type="button" aria-label={`Move up ${what}`} onClick={up}>
          ↑
        </button>
      )}
      {remove && (
        <button type="button" aria-label={`Remove ${what}`} onClick={remove}>
          ×
        </button>
      )}
    </div>
  );
}

interface ChoiceProps extends Props {
  readonly choice: string;
  /** How it is called for people who do not see where it stands. */
  readonly what: string;
}

const picked = (event: Event) => (event.currentTarget as HTMLSelectElement).value;

function KindChoice({ document, give, choice, what }: ChoiceProps) {
  return (
    <select
      class="kind"
      aria-label={`Kind of ${what}`}
      value={choice}
      onChange={(event: Event) => give(retyped(document, picked(event)))}
    >
      {choice === "" && <option value="">unknown</option>}
      <optgroup label="Limits, delays, wishes">
        {SINGLE.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        <option value="short">short form</option>
      </optgroup>
      <optgroup label="Made of policies">
        {COMBINERS.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </optgroup>
      <optgroup label="Presets">
        {[...PRESETS.keys()].map((name) => (
          <option key={name} value={`preset:${name}`}>
            {name}
          </option>
        ))}
      </optgroup>
    </select>
  );
}

function WrapChoice({ document, give, what }: ChoiceProps) {
  return (
    <select
      class="wrap"
      aria-label={`Put something around ${what}`}
      value=""
      onChange={(event: Event) => {
        give(wrapped(document, picked(event)));
        (event.currentTarget as HTMLSelectElement).value = "";
      }}
    >
      <option value="">wrap…</option>
      {COMBINERS.map(({ name }) => (
        <option key={name} value={name}>
          {`${name}(…)`}
        </option>
      ))}
    </select>
  );
}

function Options({ side, document, path, fault, give, form }: Props & { form: Form }) {
  const options = isNode(document) && isNode(document.options) ? document.options : {};
  const usual = usualOf(document);
  if (form.fields.length === 0) return null;
  return (
    <div class="options">
      {form.fields.map((field) => (
        <OptionField
          key={`${form.name} ${field.name}`}
          side={side}
          field={field}
          path={joined(path, `options.${field.name}`)}
          value={options[field.name]}
          otherwise={usual[field.name]}
          fault={fault}
          give={(value: Json | undefined) => give(withOption(document, [field.name], value))}
        />
      ))}
    </div>
  );
}

function Members({ side, document, path, fault, give, form }: Props & { form: Form }) {
  const members = membersOf(document);
  const place = path === "" ? "" : ` at ${path}`;
  const put = (i: number, member: PolicyDocument | null) => {
    if (!isNode(document)) return;
    const next = members.flatMap((one, j) => (i === j ? (member === null ? [] : [member]) : [one]));
    give({ ...document, members: next });
  };
  return (
    <div class="members">
      {members.map((member, i) => (
        <PolicyForm
          key={i}
          side={side}
          document={member}
          path={joined(path, `members[${i}]`)}
          fault={fault}
          give={(one: PolicyDocument) => put(i, one)}
          remove={form.members === 1 ? null : () => put(i, null)}
          up={i === 0 ? null : () => give(withSwapped(document, i, i - 1))}
        />
      ))}
      {(form.members === "any" || members.length === 0) && (
        <button
          type="button"
          class="add"
          aria-label={`Add a policy to ${side.toUpperCase()}${place}`}
          onClick={() => give(withMember(document, begun("slidingWindow")))}
        >
          + policy
        </button>
      )}
    </div>
  );
}
