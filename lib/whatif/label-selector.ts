// whatif: the text of a label selector, as kubectl takes it -> whether labels match.

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
  const forms = "KEY, !KEY, KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY notin (A,B)";
  throw badArgument(path, `${path}: ${JSON.stringify(part)} in ${JSON.stringify(text)} is none of ${forms}`);
}

function listed(values: string): string[] {
  return values.split(",").map((value) => value.trim());
}
