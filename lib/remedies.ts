// remedies: what may help a pod -> what does, each tried on an overlay.

import type { Change } from "./explain/remedies/change.js";
import { patched } from "./explain/remedies/change.js";
import { combinations } from "./explain/remedies/combinations.js";
import type { ProposalFor } from "./explain/remedies/proposals.js";
import { proposalsFor } from "./explain/remedies/proposals.js";
import type { Reader, Remedy } from "./explain/remedies/remedy.js";
import { INTRUSIONS } from "./explain/remedies/remedy.js";
import type { Explanation } from "./explain/types.js";
import type * as topomatch from "./index.js";
import { KINDS, SET_NAMES } from "./intern/kinds.js";
import type { KubeObject } from "./objects/fields.js";

/** So many are offered. */
const MOST_OFFERED = 6;

type ObjectSet = topomatch.ObjectSet<topomatch.ObjectLike>;

type Ask<Answer> = (overlay: topomatch.TopologyMatcher, key: string) => Answer;

/** `ask`, `explainAgain`: about the pod of that key in an overlay. The least intrusive remedy comes first. */
export function triedRemedies(
  matcher: topomatch.TopologyMatcher,
  pod: topomatch.PodLike | string,
  explanation: Explanation,
  ask: Ask<topomatch.Feasibility>,
  explainAgain: Ask<Explanation>,
): Remedy[] {
  const view = matcher.overlay();
  try {
    // Where the pod is no known one, it is in this view alone.
    const key = typeof pod === "string" ? pod : keyIn(view, pod);
    const trial = new Trial(view, key, explanation, ask, explainAgain);
    const proposals = proposalsFor(readerOf(view), explanation);
    const found = proposals.flatMap((proposal) => trial.of(proposal));
    const all = found.length > 0 ? found : combinations(explanation, proposals).flatMap((pair) => trial.of(pair));
    const rank = ({ intrusion }: Remedy): number => INTRUSIONS.indexOf(intrusion);
    all.sort((a, b) => rank(a) - rank(b) || b.opens - a.opens);
    return all.filter((one, i) => all.findIndex(({ message }) => message === one.message) === i).slice(0, MOST_OFFERED);
  } finally {
    view.drop();
  }
}

class Trial {
  /** The names of the nodes that the pod fits anyway; made when they are first asked for. */
  #fitting: ReadonlySet<string> | undefined;
  readonly before: topomatch.Feasibility;

  constructor(
    readonly view: topomatch.TopologyMatcher,
    readonly pod: string,
    readonly explanation: Explanation,
    readonly ask: Ask<topomatch.Feasibility>,
    readonly explainAgain: Ask<Explanation>,
  ) {
    this.before = ask(view, pod);
  }

  /** The remedy that a proposal is, or none. */
  of({ causes, proposal }: ProposalFor): Remedy[] {
    if (proposal.changes.length === 0) return [];
    const overlay = this.view.overlay();
    try {
      const changes = [...proposal.changes, ...(proposal.follows ?? [])];
      if (!changes.every((change) => apply(overlay, change))) return [];
      const opens = this.#opens(overlay);
      const helps = causes.length > 0 ? opens > 0 : this.#settles(overlay);
      return helps ? [{ ...proposal, causes, opens }] : [];
    } finally {
      overlay.drop();
    }
  }

  /** How many nodes the pod fits now that it did not fit. */
  #opens(overlay: topomatch.TopologyMatcher): number {
    const { nodes, schedulable } = this.ask(overlay, this.pod);
    const { node } = this.explanation;
    if (!schedulable) return 0;
    if (node !== undefined) return nodes.has(node) ? 1 : 0;
    if (!this.before.schedulable) return nodes.size;
    // By their names: a node that an overlay makes anew may have another id.
    this.#fitting ??= new Set(this.before.nodes.toJSON());
    let opened = 0;
    for (const name of nodes.toJSON()) if (!this.#fitting.has(name)) opened++;
    return opened;
  }

  /** Whether less comes after the scheduler now. */
  #settles(overlay: topomatch.TopologyMatcher): boolean {
    const { afterwards, feasible } = this.explainAgain(overlay, this.pod);
    return feasible && afterwards.length < this.explanation.afterwards.length;
  }
}

function keyIn(view: topomatch.TopologyMatcher, pod: topomatch.PodLike): string {
  view.pods.upsert(pod);
  const { name, namespace } = pod.metadata ?? {};
  return `${namespace ?? "default"}/${name}`;
}

function setOf(matcher: topomatch.TopologyMatcher, kind: string): ObjectSet | undefined {
  const name = SET_NAMES.find((one) => KINDS[one].kind === kind);
  return name === undefined ? undefined : (matcher[name] as unknown as ObjectSet);
}

function readerOf(matcher: topomatch.TopologyMatcher): Reader {
  return {
    get: (kind, key) => setOf(matcher, kind)?.get(key) as KubeObject | undefined,
    keys: (kind) => setOf(matcher, kind)?.keys() ?? [],
  };
}

/** False for an object that is not there. */
function apply(overlay: topomatch.TopologyMatcher, { create, delete: isDeleted, object, patch }: Change): boolean {
  const set = setOf(overlay, object.kind);
  if (set === undefined) return false;
  if (create !== undefined) {
    set.upsert(create as topomatch.ObjectLike);
    return true;
  }
  if (isDeleted === true) return set.delete(object.name);
  const given = set.get(object.name) as KubeObject | undefined;
  if (given === undefined) return false;
  set.upsert(patched(given, patch ?? []) as topomatch.ObjectLike);
  return true;
}
