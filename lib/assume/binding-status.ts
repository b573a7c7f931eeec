// assume: what is reserved, and the objects of this moment -> whether binding is done, goes on or has failed.

import type { Context } from "../evaluate/context.js";
import type { BoundVolumes } from "../filters/volume-binding/bound-volumes.js";
import { isFullyBound } from "../filters/volume-binding/pre-filter.js";
import { CLAIM, VOLUME } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { Table } from "../intern/table.js";
import { isOlder } from "../intern/versions.js";
import { versionOf } from "../layers/amendment.js";
import { goQuote } from "../objects/go-quote.js";
import type { Binding, Reservation, Seen } from "./reservation.js";
import type { BindingStatus } from "./types.js";

const waiting = (reason: string): BindingStatus => ({ state: "waiting", reason });
// kube: R-BND-3 what fails while it is waited for is said with this before it.
const failed = (reason: string): BindingStatus => ({ state: "failed", reason: `binding volumes: ${reason}` });

/** One look at the objects themselves, without what was assumed of them; the layer is entered. O(claims). */
export function bindingStatus(context: Context, volumes: BoundVolumes | undefined, plan: Reservation): BindingStatus {
  const { cluster } = context;
  const { nodes, pods, strings } = cluster;
  const node = nodes.find(EMPTY_TEXT, plan.node);
  const quoted = goQuote(strings.get(plan.node));
  // kube: R-BND-4 the node and the pod must be there, then each volume with its claim is looked at, in order.
  if (node < 0) return failed(`failed to get node ${quoted}: node ${quoted} not found`);
  const pod = pods.find(plan.pod.namespace, plan.pod.name);
  // The scheduler's informer holds no pod that has ended.
  if (pod < 0 || cluster.hasEnded(pod)) {
    return failed(`pod does not exist any more: pod ${goQuote(strings.get(plan.pod.name))} not found`);
  }
  const look = new Look(context, volumes, plan, node);
  // A wait ends the look: later bindings and claims are not looked at.
  for (const binding of plan.bindings) {
    const status = look.binding(binding);
    if (status !== undefined) return status;
  }
  for (const claim of plan.provisions) {
    const status = look.provision(claim);
    if (status !== undefined) return status;
  }
  // kube: R-BND-6 all is done.
  return { state: "bound" };
}

/** What stands in the way of one binding or provision; undefined where nothing does. */
class Look {
  constructor(
    readonly context: Context,
    readonly boundVolumes: BoundVolumes | undefined,
    readonly plan: Reservation,
    readonly node: number,
  ) {}

  binding({ claim, volume }: Binding): BindingStatus | undefined {
    const { claims, volumes } = this.context.cluster;
    const row = volumes.find(volume.namespace, volume.name);
    if (row < 0) return failed(`failed to check binding: persistentvolumes ${this.#quoted(volumes, volume)} not found`);
    const claimRow = claims.find(claim.namespace, claim.name);
    if (claimRow < 0) {
      return failed(`failed to check binding: persistentvolumeclaims ${this.#quoted(claims, claim)} not found`);
    }
    if (this.#isOld(volumes, row, volume))
      return waiting(`persistentvolume ${this.#quoted(volumes, volume)} is to be written`);
    const unreached = this.#unreached(row, "failed to translate pv to csi: ");
    if (unreached !== undefined) return failed(unreached);
    if (!this.#hasClaim(row)) return failed(`ClaimRef got reset for pv ${this.#quoted(volumes, volume)}`);
    return this.#unbound(claimRow);
  }

  // kube: R-BND-5 a claim to be provisioned keeps its node, and gets a volume that the node can reach.
  provision(claim: Seen): BindingStatus | undefined {
    const { cluster } = this.context;
    const { blocks, claims, ids, strings, volumes } = cluster;
    const row = claims.find(claim.namespace, claim.name);
    if (row < 0) {
      return failed(
        `failed to check provisioning pvc: persistentvolumeclaims ${this.#quoted(claims, claim)} not found`,
      );
    }
    if (this.#isOld(claims, row, claim)) return waiting(`persistentvolumeclaim ${claims.keyOf(row)} is to be written`);
    const name = goQuote(strings.get(claim.name));
    const annotations = this.#original(claims, row, CLAIM.annotations);
    if (annotations === 0) return failed(`selectedNode annotation reset for PVC ${name}`);
    if (blocks.lookup(annotations, ids.selectedNode) !== this.plan.node)
      return failed(`provisioning failed for PVC ${name}`);
    const volumeName = claims.get(row, CLAIM.volumeName);
    if (volumeName > EMPTY_TEXT) {
      const volume = volumes.find(EMPTY_TEXT, volumeName);
      if (volume < 0) return waiting(`persistentvolume ${goQuote(strings.get(volumeName))} is not known yet`);
      const unreached = this.#unreached(volume, "");
      if (unreached !== undefined) return failed(unreached);
    }
    return this.#unbound(row);
  }

  #unbound(claim: number): BindingStatus | undefined {
    const { cluster } = this.context;
    return isFullyBound(cluster, claim) ? undefined : waiting(`${cluster.claims.keyOf(claim)} is not bound yet`);
  }

  /** Whether an object is still the one that was planned with, or older than what was written. */
  #isOld(table: Table, row: number, { filtered, written }: Seen): boolean {
    const version = versionOf(table, row);
    if (written !== undefined) return isOlder(version, written, table.codec.strings);
    // Nobody has said what was written: any other version is taken for it.
    return this.plan.layer.amendmentOf(table, row) !== undefined || (version === filtered && filtered !== 0);
  }

  /** Why the node cannot reach a volume. */
  #unreached(volume: number, before: string): string | undefined {
    const { cluster, masks, selectors } = this.context;
    const { boundVolumes, node } = this;
    if (boundVolumes === undefined) return undefined;
    const fault = boundVolumes.faultOf(volume);
    if (fault !== undefined && masks.has(boundVolumes.movedNodes(volume), node)) {
      return `${before}could not translate pv: ${fault}`;
    }
    if (masks.has(selectors.mask(boundVolumes.selectorOf(volume)), node)) return undefined;
    const names = [cluster.volumes.keyOf(volume), cluster.nodes.keyOf(node)].map(goQuote);
    return `pv ${names[0]} node affinity doesn't match node ${names[1]}: no matching NodeSelectorTerms`;
  }

  #hasClaim(volume: number): boolean {
    const { volumes } = this.context.cluster;
    const amended = this.plan.layer.amendmentOf(volumes, volume);
    if (amended === undefined)
      return volumes.get(volume, VOLUME.claimRef) !== 0 && volumes.hasUid(volume, VOLUME.refUid);
    return amended.original(VOLUME.claimRef) !== 0 && amended.hasOriginalUid(VOLUME.refUid);
  }

  #original(table: Table, row: number, column: number): number {
    return this.plan.layer.amendmentOf(table, row)?.original(column) ?? table.get(row, column);
  }

  #quoted({ type }: Table, { name, namespace }: Seen): string {
    const { strings } = this.context.cluster;
    return goQuote(type.namespaced ? `${strings.get(namespace)}/${strings.get(name)}` : strings.get(name));
  }
}
