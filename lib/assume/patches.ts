// assume: what is reserved -> the patches that start binding and provisioning.

import type { Cluster } from "../intern/cluster.js";
import { ANN_BOUND_BY_CONTROLLER, ANN_SELECTED_NODE } from "../intern/kinds.js";
import { numeralText } from "../intern/numerals.js";
import { hasUid, readUid } from "../intern/uid.js";
import type { Binding, Reservation, Seen } from "./reservation.js";
import type { BindPatch } from "./types.js";

// kube: R-BND-2 every volume of the bindings, changed or not, in their order; then every claim to be provisioned. Each
// with the version that Filter has seen.
export function patchesOf(reservation: Reservation): BindPatch[] {
  const { bindings, provisions } = reservation;
  return [
    ...bindings.map((binding) => volumePatch(reservation, binding)),
    ...provisions.map((claim) => claimPatch(reservation, claim)),
  ];
}

function volumePatch({ cluster }: Reservation, binding: Binding): BindPatch {
  const { annotate, claim, claimUid, claimVersion, volume, whole } = binding;
  const { strings } = cluster;
  const uid = hasUid(claimUid, 0) ? readUid(claimUid, 0, strings) : undefined;
  const metadata = {
    ...versionPart(cluster, volume.filtered),
    ...(annotate && { annotations: { [ANN_BOUND_BY_CONTROLLER]: "yes" } }),
  };
  // kube: R-RSV-5 the reference in full, with the claim's version; one that is there already is left.
  const claimRef = {
    kind: "PersistentVolumeClaim",
    apiVersion: "v1",
    namespace: strings.get(claim.namespace),
    name: strings.get(claim.name),
    ...(uid !== undefined && { uid }),
    ...versionPart(cluster, claimVersion),
  };
  const patch = whole ? { metadata } : { metadata, spec: { claimRef } };
  return { kind: "PersistentVolume", name: strings.get(volume.name), patch };
}

function claimPatch({ cluster, node }: Reservation, claim: Seen): BindPatch {
  const { strings } = cluster;
  const annotations = { [ANN_SELECTED_NODE]: strings.get(node) };
  return {
    kind: "PersistentVolumeClaim",
    namespace: strings.get(claim.namespace),
    name: strings.get(claim.name),
    patch: { metadata: { ...versionPart(cluster, claim.filtered), annotations } },
  };
}

function versionPart({ strings }: Cluster, version: number): { readonly resourceVersion?: string } {
  return version === 0 ? {} : { resourceVersion: numeralText(version, strings) };
}
