// whatif: the text of a label selector, as kubectl takes it -> whether labels match.

import { parseLabelInteger } from "../compile/label-grammar.js";
import { badArgument } from "../objects/arguments.js";

type Labels = { readonly [key: string]: string };
type Requirement = (labels: Labels) => boolean;

const KEY = String.raw`([^\s,!=()<>]+)`;
const FORMS: readonly (readonly [RegExp, (key: string, values: string) => Requirement])[] = [
  [new RegExp(`^!\\s*${KEY}$`), (key) => (labels) => !Object.hasOwn(labels, key)],
  [new RegExp(`^${KEY}$`), (key) => (labels) => Object.hasOwn(labels, key)],
  [new RegExp(`^${KEY}\\s*!=\\s*([^\\s,!=()<>]*)$`), (key, value) => (labels) => labels[key] !== value],
  [
    new RegExp(`^${KEY}\\s*==?\\s*([^\\s,!=()<>]*)$`),
    (key, value) => (labels) => Object.hasOwn(labels, key) && labels[key] === value,
  ],
  [
    new RegExp(`^${KEY}\\s+in\\s*\\(([^()]*)\\)$`),
    (key, values) => (labels) => Object.hasOwn(labels, key) && listed(values).includes(labels[key]),
  ],
  [new RegExp(`^${KEY}\\s*>\\s*([+-]?\\d+)$`), (key, bound) => (labels) => compare(labels, key, bound) > 0],
  [new RegExp(`^${KEY}\\s*<\\s*([+-]?\\d+)$`), (key, bound) => (labels) => compare(labels, key, bound) < 0],
  [
    new RegExp(`^${KEY}\\s+notin\\s*\\(([^()]*)\\)$`),
    (key, values) => (labels) => !Object.hasOwn(labels, key) || !listed(values).includes(labels[key]),
  ],
];

/** Requirements are separated by commas, and all of them have to be met. @throws TopologyError `BadArgument`. */
export function labelSelector(text: string, path: string): (labels: Labels) => boolean {
  const requirements = text.split(/,(?![^(]*\))/).map((part) => requirementOf(part.trim(), text, path));
  return (labels) => requirements.every((requirement) => requirement(labels));
}

function requirementOf(part: string, text: string, path: string): Requirement {
  for (const [form, make] of FORMS) {
    const [found, key, values = ""] = form.exec(part) ?? [];
    if (found !== undefined) return make(key, values);
  }
  const forms = "KEY, !KEY, KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY notin (A,B), KEY>N, KEY<N";
  throw badArgument(path, `${path}: ${JSON.stringify(part)} in ${JSON.stringify(text)} is none of ${forms}`);
}

/** NaN where the label is absent or no whole number. */
function compare(labels: Labels, key: string, bound: string): number {
  const label = Object.hasOwn(labels, key) ? parseLabelInteger(labels[key]) : undefined;
  const wanted = parseLabelInteger(bound);
  if (label === undefined || wanted === undefined) return Number.NaN;
  return label > wanted ? 1 : label < wanted ? -1 : 0;
}

function listed(values: string): string[] {
  return values.split(",").map((value) => value.trim());
}
