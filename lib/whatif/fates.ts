// whatif: pods before and after changes -> which of them lose and gain nodes, and what the scheduler says of those without.

import type { Evaluation } from "../evaluation.js";
import type { EvaluateOptions, NodeMask, Overlay, TopologyMatcher, Verdict } from "../index.js";
import { Matcher } from "../matcher.js";
import type { PodLike } from "../objects/types.js";
import { compareUtf8 } from "../objects/utf8.js";
import type { NodeIndex } from "../result/node-index.js";
import type { Question } from "../result/question.js";
import type { ChangedPod, ClaimReach, DisplacedPod } from "./answer-types.js";
import type { Baseline } from "./baseline.js";
import { whyNot } from "./place.js";

type Draft = { -readonly [Field in keyof ChangedPod]: ChangedPod[Field] };

type Names = Required<Pick<ChangedPod, "lostNodes" | "gainedNodes">>;

const RESTRICTIONS = "VolumeRestrictions";

/** Tells of pods in a view, whose rows are shown meanwhile. */
export class Fates {
  /** Some pod's verdict may rest on nodes that were only left out. */
  isDoubtful = false;
  readonly evaluation: Evaluation;
  readonly #after: NodeIndex;
  readonly #question: Question | undefined;
  /** By the set before and the one after. */
  readonly #names = new Map<number, Map<number, Names>>();
  #verdict: Verdict | undefined;

  private constructor(
    readonly view: TopologyMatcher,
    readonly baseline: Baseline,
    readonly options: EvaluateOptions | undefined,
    /** Rows of nodes that are other nodes after the changes. */
    readonly others: ReadonlySet<number>,
    readonly details: boolean,
  ) {
    this.evaluation = Matcher.behind(view) as Evaluation;
    this.#after = this.evaluation.nodeIndex;
    this.#question = this.evaluation.question(options);
  }

  /** In an overlay that has the changes. O(N). */
  static in(overlay: Overlay, baseline: Baseline, details: boolean): Fates {
    const { nodeIndex } = Matcher.behind(overlay) as Evaluation;
    const others = new Set<number>();
    const { names } = baseline.index;
    for (let node = 0; node < names.length; node++) {
      const now = nodeIndex.names[node] ?? 0;
      // Names that are held have one id each.
      if (names[node] !== 0 && now !== 0 && names[node] !== now) others.add(node);
    }
    return new Fates(overlay, baseline, undefined, others, details);
  }

  /** Among nodes of the matcher, as if there were no others: see `isDoubtful`. */
  static among(matcher: TopologyMatcher, baseline: Baseline, nodes: NodeMask, details: boolean): Fates {
    return new Fates(matcher, baseline, { nodes }, new Set(), details);
  }

  /** The nodes that a pod (a row) fits, as the number of a set. */
  setOf(pod: number): number {
    const { fragile, set } = this.baseline.fits(pod, this.#question);
    this.#doubt(fragile);
    return set;
  }

  /** What becomes of a pod (a row) that had one set of nodes and has another. */
  of(pod: number, before: number, after: number): ChangedPod {
    const { baseline, details, evaluation, others } = this;
    const { sets } = baseline;
    const fate: Draft = {
      pod: evaluation.cluster.pods.keyOf(pod),
      before: sets.count(before),
      after: sets.count(after),
      lost: sets.beyond(before, after, others),
      gained: sets.beyond(after, before, others),
    };
    if (details) Object.assign(fate, this.#namesBetween(before, after));
    if (fate.after === 0) fate.message = this.#message(pod);
    return fate;
  }

  /** The nodes that are in one set alone. Pods that fit the same nodes share the lists. */
  #namesBetween(before: number, after: number): Names {
    const { baseline, others } = this;
    let byAfter = this.#names.get(before);
    if (byAfter === undefined) {
      byAfter = new Map();
      this.#names.set(before, byAfter);
    }
    let names = byAfter.get(after);
    if (names === undefined) {
      names = {
        lostNodes: namesOf(baseline.sets.idsBeyond(before, after, others), baseline.index),
        gainedNodes: namesOf(baseline.sets.idsBeyond(after, before, others), this.#after),
      };
      byAfter.set(after, names);
    }
    return names;
  }

  /** What becomes of a pod (a row) that was on a node. */
  displaced(pod: number, from: string): DisplacedPod {
    const { baseline, evaluation } = this;
    const key = evaluation.cluster.pods.keyOf(pod);
    const { fragile, nodes } = baseline.reach(pod, this.#question);
    this.#doubt(fragile);
    if (nodes > 0) return { pod: key, from, nodes };
    return {
      ...{ pod: key, from, nodes, message: this.#message(pod) },
      ...(this.details && { claims: this.#claims(key) }),
    };
  }

  /** What the scheduler says of a pod without a node. */
  #message(pod: number): string {
    this.#verdict ??= this.view.createVerdict();
    return whyNot(this.#verdict.evaluatePod(pod, this.options));
  }

  #claims(key: string): ClaimReach[] {
    const { view } = this;
    const pod = view.pods.get(key) as PodLike;
    const namespace = key.slice(0, key.indexOf("/"));
    const claims = (pod.spec?.volumes ?? []).flatMap(({ ephemeral, name, persistentVolumeClaim: source }) => {
      if (source) return [`${namespace}/${source.claimName}`];
      return ephemeral ? [`${namespace}/${pod.metadata?.name}-${name}`] : [];
    });
    const found = [...new Set(claims)].map((claim) => {
      const object = view.persistentVolumeClaims.get(claim);
      if (object === undefined) return { claim, nodes: 0 };
      const { error, nodes, rejected } = view.evaluateClaim(claim, this.options);
      // The pod itself may be the one that uses the claim.
      this.#doubt(error !== undefined || rejected.some(({ plugin }) => plugin === RESTRICTIONS));
      const volume = object.spec?.volumeName;
      return { claim, ...(volume ? { volume } : {}), nodes: error === undefined ? nodes.size : 0 };
    });
    return found.sort((a, b) => a.nodes - b.nodes);
  }

  #doubt(isFragile: boolean): void {
    if (isFragile && this.options !== undefined) this.isDoubtful = true;
  }
}

function namesOf(ids: readonly number[], index: NodeIndex): string[] {
  return ids.map((id) => index.nameOf(id)).sort(compareUtf8);
}
