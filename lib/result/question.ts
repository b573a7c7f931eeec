// result: what a caller asks beside the pod -> the nodes that there are for it, and plugins that say what they were told.

import { TopologyError } from "../errors.js";
import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../evaluate/mask.js";
import type { Scope } from "../filters/cycle.js";
import { ExternalPlugin } from "../filters/external-plugin.js";
import type { Plugin, Status } from "../filters/plugin.js";
import { UNRESOLVABLE } from "../filters/plugin.js";
import { badArgument, givenName, itemsOf } from "../objects/arguments.js";
import { LiveNodeMask } from "./node-mask.js";
import type { EvaluateOptions, ExternalRejection, NodeMask } from "./types.js";

/** A caller's nodes, read once. */
type Named = LiveNodeMask | readonly (string | number)[];

interface Entry extends Status {
  readonly plugin: string;
  /** Undefined where PreFilter rejects. */
  readonly nodes: Named | undefined;
}

/** Options that were read; `scope` makes masks of them, in the scratch of the question. */
export class Question {
  readonly #nodes: Named | undefined;
  readonly #rejected: readonly Entry[];

  /** `plugins` run. @throws TopologyError `BadArgument`. */
  constructor(
    options: EvaluateOptions,
    readonly context: Context,
    plugins: readonly Plugin[],
  ) {
    checkNames(options, "options", ["rejected", "nodes"]);
    const { nodes, rejected = [] } = options;
    this.#nodes = nodes === undefined ? undefined : named(nodes, "nodes");
    this.#rejected = itemsOf(rejected, "rejected", "evaluatePod").map((entry, i) => read(entry, `rejected[${i}]`));
    for (const [i, { plugin }] of this.#rejected.entries()) {
      if (!plugins.some(({ name }) => name === plugin)) continue;
      throw badArgument(`rejected[${i}].plugin`, `rejected[${i}].plugin: ${plugin} runs here: leave it out of filters`);
    }
  }

  /** @throws TopologyError `UnknownNode`, or `BadArgument` for a node that one plugin rejects twice. */
  scope(): Scope {
    const asked = this.#nodes === undefined ? ALL_NODES : this.#mask(this.#nodes, "nodes");
    const { masks } = this.context;
    const plugins = new Map<string, ExternalPlugin>();
    const seen = new Map<string, Mask>();
    for (const [i, { code, nodes, plugin: name, reasons }] of this.#rejected.entries()) {
      const plugin = plugins.get(name) ?? new ExternalPlugin(name, masks);
      plugins.set(name, plugin);
      const mask = nodes === undefined ? ALL_NODES : this.#mask(nodes, `rejected[${i}].nodes`);
      const before = seen.get(name) ?? NO_NODES;
      this.#refuseTwice(masks.and(before, mask), name, `rejected[${i}]`);
      seen.set(name, masks.or(before, mask));
      if (nodes === undefined) plugin.preFiltered = { code, reasons };
      else plugin.rejected.push({ code, reasons, nodes: mask });
    }
    return { asked, external: [...plugins.values()] };
  }

  #mask(nodes: Named, path: string): Mask {
    const { cluster, masks } = this.context;
    if (nodes instanceof LiveNodeMask) return masks.scratchCopy(masks.rowOr(LiveNodeMask.maskOf(nodes, masks)));
    const ids = nodes.map((node, i) => {
      const id = typeof node === "string" ? cluster.nodes.findKey(node) : node;
      if (cluster.nodes.has(id)) return id;
      const what = typeof node === "string" ? `node ${node}` : `node id ${node}`;
      throw new TopologyError("UnknownNode", `${path}: ${what} is not known to the matcher`, `${path}[${i}]`);
    });
    return masks.scratchIds([...new Set(ids)].sort((a, b) => a - b));
  }

  #refuseTwice(twice: Mask, plugin: string, path: string): void {
    const { cluster, masks } = this.context;
    if (masks.count(twice) === 0) return;
    const [node] = masks.ids(twice);
    throw badArgument(`${path}.nodes`, `${path}: ${plugin} has rejected node ${cluster.nodes.keyOf(node)} already`);
  }
}

function read(entry: ExternalRejection, path: string): Entry {
  checkNames(entry, path, ["plugin", "code", "reasons", "nodes", "preFilter"]);
  const { code, nodes, plugin, preFilter, reasons } = entry;
  if (typeof plugin !== "string" || plugin === "") {
    throw badArgument(`${path}.plugin`, `${path}.plugin must be a plugin's name, but is ${found(plugin)}`);
  }
  if (code !== "Unschedulable" && code !== UNRESOLVABLE) {
    const codes = `Unschedulable or ${UNRESOLVABLE}`;
    throw badArgument(`${path}.code`, `${path}.code must be ${codes}, but is ${found(code)}`);
  }
  if (!Array.isArray(reasons)) {
    throw badArgument(`${path}.reasons`, `${path}.reasons must be a list of texts, but is ${givenName(reasons)}`);
  }
  for (const [i, reason] of reasons.entries()) {
    if (typeof reason === "string") continue;
    throw badArgument(`${path}.reasons[${i}]`, `${path}.reasons[${i}] must be text, but is ${givenName(reason)}`);
  }
  if ((preFilter === true) === (nodes !== undefined) || (preFilter !== undefined && preFilter !== true)) {
    throw badArgument(`${path}.nodes`, `${path} must have either nodes or preFilter: true`);
  }
  return {
    plugin,
    code,
    reasons: [...reasons],
    nodes: nodes === undefined ? undefined : named(nodes, `${path}.nodes`),
  };
}

function named(nodes: Iterable<string | number> | NodeMask, path: string): Named {
  if (nodes instanceof LiveNodeMask) return nodes;
  const list = itemsOf(nodes, path, path);
  for (const [i, node] of list.entries()) {
    if (typeof node === "string" || Number.isInteger(node)) continue;
    throw badArgument(`${path}[${i}]`, `${path}[${i}] must be a node's name or id, but is ${found(node)}`);
  }
  return list;
}

function checkNames(value: object, path: string, known: readonly string[]): void {
  if (typeof value !== "object" || value === null) {
    throw badArgument(path, `${path} must be an object, but is ${givenName(value)}`);
  }
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) throw badArgument(path, `${path} has no ${name}: there are ${known.join(", ")}`);
  }
}

function found(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? JSON.stringify(value) : givenName(value);
}
