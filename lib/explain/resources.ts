// explain: nodes with too little for a pod -> one cause a resource: asked, used, free, and the node that comes nearest.

import type { PodRequest } from "../compile/pod-requests.js";
import { NO_REQUEST } from "../compile/pod-requests.js";
import type { Halves } from "../evaluate/fitting-nodes.js";
import { amountIn, ONE } from "../evaluate/fitting-nodes.js";
import type { Mask } from "../evaluate/mask.js";
import { dense, NO_NODES, single } from "../evaluate/mask.js";
import type { NodeResourcesFit } from "../filters/node-resources-fit/node-resources-fit.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { ContainerLike, PodLike } from "../objects/types.js";
import { amountText } from "./amount-text.js";
import type { Draft, Examination, Finding } from "./examination.js";
import { referenceTo, subjectOf, textOf, without } from "./examination.js";
import { keyed } from "./written-terms.js";

/** The node that the pod itself is on, and what it uses there. */
interface OwnNode {
  readonly node: number;
  readonly used: PodRequest;
}

/** O(nodes) for each resource that is short. */
export function resourceFindings(x: Examination, { fitting }: NodeResourcesFit, nodes: Mask): Finding[] {
  const { candidate, context } = x;
  const { resources } = fitting;
  const { pods } = context.cluster.ids;
  const request = candidate.pod < 0 ? NO_REQUEST : resources.requests.requested(candidate.pod);
  const own = ownNodeOf(x, resources.requests.used.bind(resources.requests));
  const findings: Finding[] = [];
  for (const part of [{ name: pods, amount: 1n, ...ONE }, ...fitting.limits(request)]) {
    const more = own === undefined ? 0n : part.name === pods ? 1n : amountIn(own.used, part.name);
    const fits = (node: number): boolean => resources.freeOf(node, part.name, more) >= part.amount;
    const short = shortOf(x, resources.free(part.name), part, nodes, own?.node, fits, fitting);
    if (short === NO_NODES) continue;
    const roomiest = roomiestOf(x, resources.free(part.name), short);
    const allocatable = resources.allocatableOf(roomiest, part.name);
    const free = resources.freeOf(roomiest, part.name, roomiest === own?.node ? more : 0n);
    const never = without(x, short, enough(x, resources.allocatable(part.name), part, fitting));
    const resource = textOf(context.cluster, part.name);
    const text = (amount: bigint): string => amountText(resource, amount);
    const node = referenceTo(context.cluster.nodes, roomiest);
    const isPods = part.name === pods;
    const cause: Draft = {
      code: isPods ? "TooManyPods" : "InsufficientResource",
      object: isPods ? node : subjectOf(x),
      path: isPods ? "status.allocatable.pods" : pathOf(x, resource),
      resource,
      requested: text(part.amount),
      never: context.masks.count(never),
      roomiest: {
        node: node.name,
        allocatable: text(allocatable),
        used: text(allocatable - free),
        free: text(free),
      },
    };
    findings.push({ cause, nodes: short });
  }
  return findings;
}

function ownNodeOf(
  { candidate, context: { cluster } }: Examination,
  used: (pod: number) => PodRequest,
): OwnNode | undefined {
  const pod = candidate.pod < 0 ? -1 : cluster.knownPod(candidate.pod);
  const name = pod < 0 ? 0 : cluster.nodeOf(pod);
  const node = name === 0 ? -1 : cluster.nodes.find(EMPTY_TEXT, name);
  return node < 0 ? undefined : { node, used: used(pod) };
}

/** Those of the nodes whose column has less than an amount; the pod's own node is asked without the pod. */
function shortOf(
  x: Examination,
  column: number,
  amount: Halves,
  nodes: Mask,
  own: number | undefined,
  fits: (node: number) => boolean,
  fitting: NodeResourcesFit["fitting"],
): Mask {
  const { masks } = x.context;
  const short = without(x, nodes, enough(x, column, amount, fitting));
  if (own === undefined || !masks.has(nodes, own)) return short;
  return fits(own) ? without(x, short, single(own)) : masks.or(short, single(own));
}

function enough(x: Examination, column: number, amount: Halves, fitting: NodeResourcesFit["fitting"]): Mask {
  const row = x.context.masks.scratch.row();
  fitting.enough(row, column, amount);
  return dense(row);
}

/** The node with the most in a column; of equal ones the first by name. */
function roomiestOf({ context: { masks }, index }: Examination, column: number, nodes: Mask): number {
  const { places } = index.order;
  let best = -1;
  let most = 0n;
  for (const node of masks.ids(nodes)) {
    const free = BigInt.asIntN(64, masks.memory.u64[column / 8 + node]);
    if (best >= 0 && (free < most || (free === most && places[best] < places[node]))) continue;
    [best, most] = [node, free];
  }
  return best;
}

/** The field of the pod that asks for a resource: of the first container that does, or of the whole pod. */
function pathOf({ candidate, context: { cluster } }: Examination, resource: string): string {
  const { spec } = (candidate.pod < 0 ? {} : cluster.pods.read(candidate.pod)) as PodLike;
  if (spec?.resources?.requests?.[resource] !== undefined) return keyed("spec.resources.requests", resource);
  const lists: readonly (readonly [string, readonly ContainerLike[] | null | undefined])[] = [
    ["spec.containers", spec?.containers],
    ["spec.initContainers", spec?.initContainers],
  ];
  for (const [path, containers] of lists) {
    const place = (containers ?? []).findIndex((one) => one.resources?.requests?.[resource] !== undefined);
    if (place >= 0) return keyed(`${path}[${place}].resources.requests`, resource);
  }
  return spec?.overhead?.[resource] === undefined ? "spec.containers" : keyed("spec.overhead", resource);
}
