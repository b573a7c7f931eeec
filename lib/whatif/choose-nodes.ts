// whatif: a choice of nodes -> their names.

import { TopologyError } from "../errors.js";
import type { TopologyMatcher } from "../index.js";
import { badArgument } from "../objects/arguments.js";
import { isObject } from "../objects/fields.js";
import { whereabouts } from "../objects/near-keys.js";
import { compareUtf8 } from "../objects/utf8.js";
import type { Given } from "./given.js";
import { labelSelector } from "./label-selector.js";

/**
 * The names of the nodes, each once; those of a selector by name. O(nodes) with a selector.
 * @throws TopologyError `UnknownNode` with the nearest names; `BadArgument` for a selector that no node matches.
 */
export function chosenNodes(matcher: TopologyMatcher, given: Given): readonly string[] {
  if (typeof given.value === "string" && given.value !== "") return [known(matcher, given.value, given.path)];
  if (Array.isArray(given.value)) return allKnown(matcher, given);
  if (!isObject(given.value))
    throw given.refused("a node's name, a list of names, or an object with names or a selector");
  const [names, selector] = given.fields("names", "selector");
  if (names.isMissing && selector.isMissing) {
    throw badArgument(given.path, `${given.path} must have names or a selector`);
  }
  const chosen = new Set(names.isMissing ? [] : allKnown(matcher, names));
  if (!selector.isMissing) for (const name of matching(matcher, selector)) chosen.add(name);
  return [...chosen];
}

/** A node's name. @throws TopologyError `UnknownNode`. */
export function known(matcher: TopologyMatcher, name: string, path: string): string {
  if (matcher.nodes.has(name)) return name;
  const near = whereabouts(name, matcher.nodes.keys());
  throw new TopologyError("UnknownNode", `${path}: node ${name} is not known to the matcher${near}`, path);
}

function allKnown(matcher: TopologyMatcher, given: Given): string[] {
  return [...new Set(given.items().map((item) => known(matcher, item.text(), item.path)))];
}

function matching(matcher: TopologyMatcher, selector: Given): string[] {
  const text = selector.text();
  const matches = labelSelector(text, selector.path);
  const found = [...matcher.nodes.keys()].filter((name) => matches(matcher.nodes.get(name)?.metadata?.labels ?? {}));
  if (found.length > 0) return found.sort(compareUtf8);
  throw badArgument(selector.path, `${selector.path}: no node matches ${text}${valuesOf(matcher, text)}`);
}

const NAMED = 5;

/** What the nodes have for the first key of a selector. */
function valuesOf(matcher: TopologyMatcher, text: string): string {
  const [key = ""] = /[^\s,!=()<>]+/.exec(text) ?? [];
  const values = new Set<string>();
  for (const name of matcher.nodes.keys()) {
    const value = matcher.nodes.get(name)?.metadata?.labels?.[key];
    if (value !== undefined) values.add(value);
  }
  if (values.size === 0) return `: none has the label ${key}`;
  const some = [...values].sort(compareUtf8).slice(0, NAMED).join(", ");
  return `: the values of ${key} are ${some}${values.size > NAMED ? ` and ${values.size - NAMED} more` : ""}`;
}
