// result: the outcome of a cycle over all nodes -> the verdict on a pod, copied.

import { allocating } from "../errors.js";
import type { Mask } from "../evaluate/mask.js";
import { ALL_NODES, NO_NODES } from "../evaluate/mask.js";
import { checkLimit } from "../objects/arguments.js";
import { INSPECT } from "./inspect.js";
import type { NodeIndex } from "./node-index.js";
import { MaskedNodes } from "./node-set.js";
import type { Outcome } from "./outcome.js";
import { acceptedOf, errorOf, messageOf, preFilterOf, rejectedOf, totalOf } from "./outcome.js";
import type { Plans } from "./plans.js";
import { checkRoom, Scores } from "./scores.js";
import type {
  Feasibility,
  NodeReport,
  Plan,
  PodReport,
  Rejection,
  RejectionStatus,
  ScoredNode,
  ScoreOptions,
} from "./types.js";

/** What is written for a node of a report: not in it, feasible, or which rejection has it. */
const FEASIBLE = 1;
const FIRST_REJECTED = 2;

interface NodesRejection extends Rejection {
  readonly nodes: MaskedNodes;
}

export class PodFeasibility implements Feasibility {
  readonly #index: NodeIndex;
  readonly #total: number;
  readonly #planner: Plans;

  constructor(
    readonly pod: string,
    readonly nodes: MaskedNodes,
    readonly rejected: readonly NodesRejection[],
    readonly preFilter: RejectionStatus | undefined,
    readonly error: string | undefined,
    index: NodeIndex,
    /** How many nodes were asked about. */
    total: number,
    planner: Plans,
  ) {
    this.#index = index;
    this.#total = total;
    this.#planner = planner;
  }

  get schedulable(): boolean {
    return this.nodes.size > 0 && this.error === undefined;
  }

  get message(): string | undefined {
    if (this.schedulable || this.error !== undefined) return undefined;
    return messageOf(this.#total, this.preFilter, this.rejected);
  }

  plan(node: string | number): Plan | undefined {
    if (typeof node !== "string") this.#index.checkId(node);
    const id = this.nodes.idOf(node);
    return id < 0 ? undefined : this.#planner.of(id);
  }

  scores(into: Float64Array, options: ScoreOptions = {}): void {
    const ids = this.nodes.idsThen();
    this.#planner.guard(() => this.#scored(ids, checkRoom(into, ids), options, "scores").clean());
  }

  best(limit: number, options: ScoreOptions = {}): ScoredNode[] {
    const most = Math.min(checkLimit(limit), this.nodes.size);
    return this.#planner.guard(() => {
      const best = new Uint32Array(most);
      const into = new Float64Array(this.#index.names.length);
      const count = this.#scored(this.nodes.idsThen(), into, options, "best").best(best);
      return Array.from(best.subarray(0, count), (id) => ({ node: this.#index.nameOf(id), score: into[id] }));
    });
  }

  #scored(ids: Uint32Array, into: Float64Array, options: ScoreOptions, call: string): Scores {
    return new Scores(ids, this.#index, this.#planner.scores(), options, into, call);
  }

  toReport(options: { readonly plans?: boolean | undefined } = {}): PodReport {
    return allocating(() => this.#report(options.plans === true));
  }

  #report(withPlans: boolean): PodReport {
    const { error, message, nodes, preFilter } = this;
    const index = this.#index;
    // A pod that PreFilter rejected has no verdict by node there.
    const rejected = preFilter === undefined ? this.rejected : [];
    const feasible: string[] = [];
    const infeasible: NodeReport[] = [];
    const plans: (readonly [node: string, plan: Plan])[] = [];
    if (nodes.size > 0 || rejected.length > 0) {
      const marks = new Uint32Array(index.names.length);
      nodes.mark(marks, FEASIBLE);
      for (const [i, { nodes: there }] of rejected.entries()) there.mark(marks, FIRST_REJECTED + i);
      const { ids, names } = index.order;
      for (let i = 0; i < ids.length; i++) {
        const mark = marks[ids[i]];
        if (mark === FEASIBLE) feasible.push(names[i]);
        else if (mark >= FIRST_REJECTED) {
          const { code, plugin, reasons } = rejected[mark - FIRST_REJECTED];
          infeasible.push({ node: names[i], plugin, code, reasons });
        }
        if (withPlans && mark === FEASIBLE) plans.push([names[i], this.#planner.of(ids[i])]);
      }
    }
    const report: { -readonly [Field in keyof PodReport]: PodReport[Field] } = {
      pod: this.pod,
      schedulable: this.schedulable,
      feasible,
      infeasible,
    };
    if (preFilter !== undefined) report.preFilter = preFilter;
    if (error !== undefined) report.error = error;
    if (message !== undefined) report.message = message;
    if (withPlans) report.plans = Object.fromEntries(plans);
    return report;
  }

  toJSON(): PodReport {
    return this.toReport();
  }

  [INSPECT](): string {
    return `Feasibility ${summaryOf(this, this.nodes.size, this.#total)}`;
  }
}

/** What `console.log` prints of a verdict behind its name. */
export function summaryOf(
  { error, message, pod, schedulable }: Pick<Feasibility, "pod" | "schedulable" | "error" | "message">,
  feasible: number,
  nodes: number,
): string {
  return `${pod}: ${schedulable ? `${feasible}/${nodes} nodes are feasible` : (error ?? message)}`;
}

/** Copies the masks, which end with the next question. */
export function feasibilityOf(pod: string, outcome: Outcome, planner: Plans): Feasibility {
  const { index } = outcome;
  const error = errorOf(outcome);
  const accepted = nodesOf(acceptedOf(outcome), outcome);
  const groups = rejectedOf(outcome).filter(({ nodes }) => nodes !== NO_NODES);
  // One list of reasons only: its nodes are those that were not accepted.
  const alone = groups.length === 1 && error === undefined && outcome.result.asked === ALL_NODES;
  const rejected = groups.map(({ code, nodes: mask, plugin, reasons }) => {
    const nodes = alone && mask !== ALL_NODES ? accepted.complement() : nodesOf(mask, outcome);
    return { plugin, code, reasons, count: nodes.size, nodes };
  });
  return new PodFeasibility(
    pod,
    accepted,
    rejected.filter(({ count }) => count > 0),
    preFilterOf(outcome),
    error,
    index,
    totalOf(outcome),
    planner,
  );
}

/** A mask, copied. */
export function nodesOf(mask: Mask, { index, masks }: Outcome): MaskedNodes {
  if (mask === NO_NODES) return MaskedNodes.none(index);
  if (mask === ALL_NODES) return MaskedNodes.all(index);
  if (masks.isRow(mask)) return new MaskedNodes(index, masks.copyRow(masks.rowOr(mask)), undefined, masks.count(mask));
  const ids = masks.ids(mask);
  return new MaskedNodes(index, undefined, ids, ids.length);
}
