// filters: one scheduling cycle up to Filter: the plugins in their order -> who remains, who was rejected, by whom and why.

import type { Context } from "../evaluate/context.js";
import type { Mask } from "../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../evaluate/mask.js";
import { inOrder } from "./external-plugin.js";
import { Narrowing } from "./narrowing.js";
import type { Candidate, Filtered, FilterName, NodeStep, Plugin, PluginStatus, RejectedNodes } from "./plugin.js";
import { UNRESOLVABLE } from "./plugin.js";

export interface PluginRejection extends RejectedNodes {
  readonly plugin: string;
}

/** Nodes without a verdict, and the text of the scheduler's error. */
export interface PluginFailure {
  readonly error: string;
  readonly nodes: Mask;
}

/** What a question is about beside its candidate. */
export interface Scope {
  /** The nodes that there are for it. */
  readonly asked: Mask;
  /** Plugins that run for this question only. */
  readonly external: readonly Plugin[];
}

const EVERYTHING: Scope = { asked: ALL_NODES, external: [] };

/** A plugin whose Filter runs, and what it decided: nothing, where no node remained for it. */
interface Ran {
  readonly plugin: string;
  readonly step: NodeStep;
  filtered: Filtered | undefined;
}

/** A cycle's outcome. Its masks hold until scratch is reset, and while nothing changes. */
export class CycleResult {
  /** The nodes that every plugin accepts. */
  accepted: Mask = NO_NODES;
  /** Set when PreFilter rejected the pod for all nodes. */
  preFilter: PluginStatus | undefined = undefined;
  /** Set when PreFilter ended the cycle. */
  error: string | undefined = undefined;
  /** The nodes that a PreFilter ruled out by name. */
  narrowed: PluginRejection | undefined = undefined;
  readonly ran: Ran[] = [];

  /** `asked`: the nodes that there are for the question. */
  constructor(readonly asked: Mask) {}

  /** Who rejected the other nodes: the narrowing first, then plugin by plugin. Masks may be empty. */
  get rejected(): readonly PluginRejection[] {
    const rejected: PluginRejection[] = this.narrowed === undefined ? [] : [this.narrowed];
    for (const { filtered, plugin } of this.ran) {
      for (const { code, nodes, reasons } of filtered?.rejected ?? []) rejected.push({ plugin, code, reasons, nodes });
    }
    return rejected;
  }

  /** Nodes whose Filter ended in an Error status, plugin by plugin. Masks may be empty. */
  get failures(): readonly PluginFailure[] {
    const failures: PluginFailure[] = [];
    for (const { filtered, plugin } of this.ran) {
      for (const { error, nodes } of filtered?.failed ?? []) {
        failures.push({ error: `running "${plugin}" filter plugin: ${error}`, nodes });
      }
    }
    return failures;
  }

  /** What a plugin's PreFilter left to its Filter, if it runs. */
  stepOf(name: FilterName): NodeStep | undefined {
    return this.ran.find(({ plugin }) => plugin === name)?.step;
  }
}

/** The plugins that run, in the scheduler's order. */
export class Cycle {
  constructor(
    readonly context: Context,
    readonly plugins: readonly Plugin[],
  ) {}

  /** The verdict on a candidate. Whoever asks has reset the scratch of masks before. */
  run(candidate: Candidate, { asked, external }: Scope = EVERYTHING): CycleResult {
    const result = new CycleResult(asked);
    let remaining = this.#preFilter(candidate, inOrder(this.plugins, external, this.context.behaviour.minor), result);
    for (const ran of result.ran) {
      // kube: R-FW-4 the first plugin that does not accept a node decides it; later ones are not asked about it.
      if (remaining === NO_NODES) break;
      ran.filtered = ran.step.filter(remaining);
      remaining = ran.filtered.accepted;
    }
    result.accepted = remaining;
    return result;
  }

  /** PreFilter, plugin by plugin; the nodes that it leaves to Filter. */
  #preFilter(candidate: Candidate, plugins: readonly Plugin[], result: CycleResult): Mask {
    const narrowing = new Narrowing();
    for (const plugin of plugins) {
      const answer = plugin.preFilter(candidate);
      // kube: R-FW-2 one that skips has no Filter.
      // path: PreFilter: skips if answer.kind === "skip"
      if (answer.kind === "skip") continue;
      if (answer.kind === "error") {
        // path: PreFilter: an error
        // kube: R-FW-2 it replaces what an earlier plugin said that was merely unschedulable.
        result.preFilter = undefined;
        result.error = `running PreFilter plugin "${plugin.name}": ${answer.error}`;
        return NO_NODES;
      }
      if (answer.kind === "rejected") {
        // path: PreFilter: rejects
        result.preFilter = { plugin: plugin.name, code: answer.code, reasons: answer.reasons };
        if (answer.code === UNRESOLVABLE) return NO_NODES;
        continue;
      }
      result.ran.push({ plugin: plugin.name, step: answer, filtered: undefined });
      if (answer.names === undefined) continue;
      const conflict = narrowing.add(plugin.name, answer.names);
      if (conflict === undefined) continue;
      result.preFilter = conflict;
      return NO_NODES;
    }
    if (result.preFilter !== undefined) return NO_NODES;
    const { masks } = this.context;
    const named = narrowing.nodes(this.context);
    const remaining = masks.and(result.asked, named);
    if (named !== ALL_NODES) result.narrowed = { ...narrowing.status, nodes: masks.andNot(result.asked, remaining) };
    return remaining;
  }
}
