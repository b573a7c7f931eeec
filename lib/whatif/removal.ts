// whatif: nodes that go and nothing else -> the difference, from what was known before: no pod is asked about again but those
// that lose their last node, those that were on the nodes, and those whose verdict on one node rests on another.

import type { Evaluation } from "../evaluation.js";
import type { TopologyMatcher } from "../index.js";
import { NODE } from "../intern/cluster.js";
import { podRow } from "../intern/kinds.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { compareUtf8 } from "../objects/utf8.js";
import type { ChangedPod, DisplacedPod, WhatIfAnswer } from "./answer-types.js";
import type { Baseline } from "./baseline.js";
import { Fates } from "./fates.js";

const DELETED = podRow.column("metadata.deletionTimestamp");
/** Capacity is added up there over claims that wait for their volume on any node. */
const OVER_ALL_NODES = "StrictCapacity";

/** Whether the verdicts on other nodes stay as they are, those of fragile pods apart, when these nodes go. */
export function isLocal({ cluster, cycle }: Evaluation, names: readonly string[]): boolean {
  const { csiNodes, nodes, strings } = cluster;
  if (names.length === nodes.size || cycle.plugins.some(({ name }) => name === OVER_ALL_NODES)) return false;
  if (csiNodes.size === 0) return true;
  // While there is any CSINode, NodeVolumeLimits looks at limits: the last one that goes changes the verdicts on all nodes.
  const going = names.filter((name) => csiNodes.find(EMPTY_TEXT, strings.find(name)) >= 0);
  return going.length < csiNodes.size;
}

/** A pod that looks for another node. It stays in its row, where the other nodes do not see it. */
interface Leaving {
  readonly pod: number;
  readonly key: string;
  readonly from: string;
}

/** Nodes that go, by names that are known, `isLocal` being true. */
export class Removal {
  /** Places of the pods that are to be told of. */
  readonly #told: number[] = [];
  /** Places of those that go with their node. */
  readonly #going: ReadonlySet<number>;
  readonly #leaving: readonly Leaving[];
  readonly #rows: readonly number[];
  #losing = 0;

  /** O(pods that fit the nodes + distinct sets of many nodes x nodes that go). */
  constructor(
    readonly matcher: TopologyMatcher,
    readonly baseline: Baseline,
    readonly names: readonly string[],
    stay: ReadonlySet<string>,
    readonly details: boolean,
  ) {
    const { cuts, sets } = baseline;
    this.#rows = names.map((name) => matcher.nodeId(name));
    this.#going = this.#goingPods(stay);
    for (const [set, lost] of cuts.cut(this.#rows)) {
      const places = this.#staying(cuts.places(set));
      this.#losing += places.length;
      if (details || lost === sets.count(set)) this.#told.push(...places);
    }
    this.#told.push(...this.#staying(baseline.fragile));
    this.#told.sort((a, b) => a - b);
    this.#leaving = this.#leavingPods(stay);
  }

  answer(): WhatIfAnswer {
    const { baseline, matcher, names } = this;
    if (baseline.fragile.length === 0) {
      const found = baseline.without(this.#rows, (rest) =>
        this.#tell(Fates.among(matcher, baseline, rest, this.details)),
      );
      if (found !== undefined) return found;
    }
    const overlay = matcher.overlay();
    try {
      for (const name of names) {
        overlay.nodes.delete(name);
        overlay.csiNodes.delete(name);
      }
      return this.#tell(Fates.in(overlay, baseline, this.details)) as WhatIfAnswer;
    } finally {
      overlay.drop();
    }
  }

  /** Undefined where it turns out that a pod has to be asked about without the nodes being there at all. */
  #tell(fates: Fates): WhatIfAnswer | undefined {
    const { baseline, details, names } = this;
    const { index, pods, setOf } = baseline;
    const fragile = new Set(baseline.fragile);
    let losing = this.#losing;
    let gaining = 0;
    const changed: ChangedPod[] = [];
    for (const i of this.#told) {
      const fate = fates.of(pods[i], setOf[i], fates.setOf(pods[i]));
      if (fragile.has(i) && fate.lost > 0) losing++;
      if (fragile.has(i) && fate.gained > 0) gaining++;
      if (fate.lost + fate.gained > 0) changed.push(fate);
    }
    const displaced: DisplacedPod[] = this.#leaving.map(({ from, pod }) => fates.displaced(pod, from));
    if (fates.isDoubtful) return undefined;
    return {
      nodes: { before: index.size, after: index.size - names.length },
      pods: pods.length - this.#going.size,
      losing,
      gaining,
      unschedulable: changed.filter(({ after }) => after === 0),
      schedulable: changed.filter(({ before }) => before === 0),
      ...(details && { changed }),
      added: [],
      displaced,
    };
  }

  /** The places of those asked about that are on the nodes and do not come back. */
  #goingPods(stay: ReadonlySet<string>): ReadonlySet<number> {
    const { evaluation, pods, wereOnNodes } = this.baseline;
    const { cluster } = evaluation;
    const nodes = new Set(this.#rows.map((row) => cluster.nodes.get(row, NODE.name)));
    const going = [...wereOnNodes].filter((place) => {
      const pod = pods[place];
      if (!nodes.has(cluster.nodeOf(pod))) return false;
      return cluster.pods.get(pod, DELETED) !== 0 || stay.has(cluster.pods.keyOf(pod));
    });
    return new Set(going);
  }

  #staying(places: readonly number[] | Uint32Array): readonly number[] | Uint32Array {
    return this.#going.size === 0 ? places : [...places].filter((place) => !this.#going.has(place));
  }

  /** By node and then by key. */
  #leavingPods(stay: ReadonlySet<string>): readonly Leaving[] {
    const { baseline, names } = this;
    const { pods } = baseline.evaluation.cluster;
    const found = this.#rows.flatMap((row, i) => {
      const there = baseline.podsOn(row).filter((pod) => pods.get(pod, DELETED) === 0);
      return there.map((pod) => ({ pod, key: pods.keyOf(pod), from: names[i] }));
    });
    return found
      .filter(({ key }) => !stay.has(key))
      .sort((a, b) => compareUtf8(a.from, b.from) || compareUtf8(a.key, b.key));
  }
}
