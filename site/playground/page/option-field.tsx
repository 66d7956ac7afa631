// One option in a form, by its shape in the schema.

import type { Json } from "@steadfast/policy";
import { begunPart } from "../model/begun.ts";
import { type Field, rangeWords } from "../model/fields.ts";
import { type Fault, isNode, joined } from "../model/policy-in.ts";
import { typedText, typedValue } from "../model/typed.ts";
import { TextField } from "./text-field.tsx";

interface Props {
  readonly field: Field;
  /** Its path in the document, and that as a part of an id. */
  readonly path: string;
  readonly side: string;
  readonly value: Json | undefined;
  /** What holds if it is left out. */
  readonly otherwise: Json | undefined;
  readonly fault: Fault | null;
  readonly give: (value: Json | undefined) => void;
}

/** What is wrong here, or in something that has no field of its own. */
function faultAt(path: string, fault: Fault | null): string | null {
  if (fault === null) return null;
  const rest = fault.path.startsWith(path) ? fault.path.slice(path.length) : null;
  return rest === "" || rest?.startsWith("[") ? withoutPath(fault) : null;
}

const withoutPath = ({ message }: Fault): string =>
  message.replace(/^policy[^ ]* (?=must|is|has)/, "");

export function OptionField(props: Props) {
  const { field, path, side, value, otherwise, give } = props;
  const { name, shape, required } = field;
  const id = `${side}-${path}`;
  const label = required ? `${name} *` : name;
  switch (shape.type) {
    case "words":
      return <Choice {...props} words={shape.words} nullable={shape.nullable} />;
    case "flag":
      return <Choice {...props} words={["true", "false"]} nullable={false} />;
    case "kinds":
      return <Parts {...props} />;
    case "group":
      return <Group {...props} fields={shape.fields} label={name} give={give} />;
    default:
      return (
        <TextField
          key={id}
          id={id}
          label={label}
          text={typedText(shape, value)}
          hint={rangeWords(shape)}
          otherwise={otherwise === undefined ? rangeWords(shape) : typedText(shape, otherwise)}
          fault={faultAt(path, props.fault)}
          give={(text: string) => give(typedValue(shape, text))}
        />
      );
  }
}

interface ChoiceProps extends Props {
  readonly words: readonly string[];
  readonly nullable: boolean;
}

/** `true`, `false` and `null` are values, other words are texts. */
const LITERALS: { readonly [word: string]: Json } = { true: true, false: false, null: null };

function Choice(props: ChoiceProps) {
  const { field, path, side, value, otherwise, words, nullable, give } = props;
  const id = `${side}-${path}`;
  const given = value === undefined ? "" : String(value);
  const all = nullable ? [...words, "null"] : words;
  const fault = faultAt(path, props.fault);
  const isFlag = field.shape.type === "flag";
  const pick = (event: Event) => {
    const word = (event.currentTarget as HTMLSelectElement).value;
    if (word === "") give(undefined);
    else give(isFlag || (nullable && word === "null") ? LITERALS[word] : word);
  };
  return (
    <div class="field" key={id}>
      <label for={id}>{field.required ? `${field.name} *` : field.name}</label>
      <select id={id} value={given} aria-invalid={fault ? true : undefined} onChange={pick}>
        <option value="">{otherwise === undefined ? "default" : `${otherwise} (default)`}</option>
        {given !== "" && !all.includes(given) && <option value={given}>{given}</option>}
        {all.map((word) => (
          <option key={word} value={word}>
            {word}
          </option>
        ))}
      </select>
      {fault && <p class="fault">{fault}</p>}
    </div>
  );
}

/** A word, or one of several kinds with options of their own: a curve, a jitter. */
function Parts(props: Props) {
  const { field, path, side, value, otherwise, fault, give } = props;
  if (field.shape.type !== "kinds") return null;
  const { words, kinds } = field.shape;
  const id = `${side}-${path}`;
  const kind = isNode(value) ? String(value.kind) : undefined;
  const form = kinds.find(({ name }) => name === kind);
  const wrong = faultAt(path, fault) ?? faultAt(`${path}.kind`, fault);
  const pick = (event: Event) => {
    const word = (event.currentTarget as HTMLSelectElement).value;
    const picked = kinds.find(({ name }) => name === word);
    give(word === "" ? undefined : picked ? begunPart(picked) : word);
  };
  const usual = typeof otherwise === "string" ? `${otherwise} (default)` : "default";
  return (
    <>
      <div class="field" key={id}>
        <label for={id}>{field.name}</label>
        <select
          id={id}
          value={kind ?? (typeof value === "string" ? value : "")}
          aria-invalid={wrong ? true : undefined}
          onChange={pick}
        >
          <option value="">{usual}</option>
          {[...words, ...kinds.map(({ name }) => name)].map((word) => (
            <option key={word} value={word}>
              {word}
            </option>
          ))}
        </select>
        {wrong && <p class="fault">{wrong}</p>}
      </div>
      {form && isNode(value) && (
        <Group
          key={`${id} ${kind}`}
          {...props}
          fields={form.fields}
          label={`${field.name}: ${kind}`}
          path={joined(path, "options")}
          value={value.options}
          give={(options: Json | undefined) =>
            give(options === undefined ? { kind: form.name } : { ...value, options })
          }
        />
      )}
    </>
  );
}

interface GroupProps extends Props {
  readonly fields: readonly Field[];
  readonly label: string;
}

function Group({ fields, label, value, path, otherwise, give, ...props }: GroupProps) {
  const there = isNode(value) ? value : {};
  const put = (name: string, one: Json | undefined) => {
    const { [name]: _, ...others } = there;
    const next = one === undefined ? others : { ...there, [name]: one };
    give(Object.keys(next).length === 0 ? undefined : next);
  };
  const usual = isNode(otherwise) ? otherwise : {};
  return (
    <fieldset class="group">
      <legend>{label}</legend>
      {fields.map((one) => (
        <OptionField
          key={one.name}
          {...props}
          field={one}
          path={joined(path, one.name)}
          value={there[one.name]}
          otherwise={usual[one.name]}
          give={(inner: Json | undefined) => put(one.name, inner)}
        />
      ))}
    </fieldset>
  );
}
