// bench: persistent volumes, as text.

import { hash, time, uid } from "./hash.js";
import * as layout from "./layout.js";

const HOSTNAME = "kubernetes.io/hostname";
const EBS_ZONE = "topology.ebs.csi.aws.com/zone";

const affinity = (key: string, value: string): string =>
  `"nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[` +
  `{"key":"${key}","operator":"In","values":["${value}"]}]}]}}`;

/** A reference to a claim; its uid is the claim's. */
function reference(claim: number, full: boolean): string {
  const kind = full ? `"kind":"PersistentVolumeClaim","apiVersion":"v1",` : "";
  const version = full ? `,"resourceVersion":"${1e8 + (hash(claim, 30) % 9e8)}"` : "";
  return (
    `"claimRef":{${kind}"namespace":"${layout.namespaceOf(claim)}","name":"${layout.claimName(claim)}",` +
    `"uid":"${uid(claim, 40)}"${version}}`
  );
}

function spec(claim: number, gi: number, storageClass: string, place: string, policy: string, full: boolean): string {
  return (
    `"spec":{"capacity":{"storage":"${gi}Gi"},"accessModes":["ReadWriteOnce"],` +
    (claim < 0 ? "" : `${reference(claim, full)},`) +
    `"persistentVolumeReclaimPolicy":"${policy}","storageClassName":"${storageClass}",` +
    `"volumeMode":"Filesystem",${place}}`
  );
}

function meta(name: string, id: number, salt: number, extra: string): string {
  return (
    `"metadata":{"name":"${name}","uid":"${uid(id, salt)}","resourceVersion":"${1e8 + (hash(id, salt + 1) % 9e8)}",` +
    `"creationTimestamp":"${time(id, salt + 2)}"${extra}}`
  );
}

export function leanLocal(volume: number): string {
  const claim = layout.claimOfLocal(volume);
  const place = affinity(HOSTNAME, layout.localNode(volume));
  const body = spec(claim, layout.localGi(volume), layout.LOCAL_CLASS, place, "Delete", false);
  return `{"metadata":{"name":"${layout.localName(volume)}"},${body},"status":{"phase":"${phase(claim)}"}}`;
}

export function fullLocal(volume: number): string {
  const claim = layout.claimOfLocal(volume);
  const node = layout.localNode(volume);
  const annotations =
    `,"annotations":{"pv.kubernetes.io/provisioned-by":"local-volume-provisioner-${node}"` +
    `${claim < 0 ? "" : `,"pv.kubernetes.io/bound-by-controller":"yes"`}},"finalizers":["kubernetes.io/pv-protection"]`;
  const place = `"local":{"path":"/mnt/disks/nvme${volume & 3}","fsType":"ext4"},${affinity(HOSTNAME, node)}`;
  return (
    `{${meta(layout.localName(volume), volume, 31, annotations)},` +
    `${spec(claim, layout.localGi(volume), layout.LOCAL_CLASS, place, "Delete", true)},` +
    `"status":{"phase":"${phase(claim)}","lastPhaseTransitionTime":"${time(volume, 34)}"}}`
  );
}

export function leanZonal(volume: number, zonal: number): string {
  const claim = layout.claimOfZonal(volume, zonal);
  const place = affinity(EBS_ZONE, layout.zonalZone(volume));
  const body = spec(holder(claim, volume), layout.zonalGi(volume), layout.ZONAL_CLASS, place, "Retain", false);
  return `{"metadata":{"name":"${layout.zonalName(volume)}"},${body},"status":{"phase":"${released(claim)}"}}`;
}

export function fullZonal(volume: number, zonal: number): string {
  const claim = layout.claimOfZonal(volume, zonal);
  const annotations =
    `,"annotations":{"pv.kubernetes.io/provisioned-by":"${layout.EBS_DRIVER}",` +
    `"volume.kubernetes.io/provisioner-deletion-secret-name":"",` +
    `"volume.kubernetes.io/provisioner-deletion-secret-namespace":""},` +
    `"finalizers":["kubernetes.io/pv-protection","external-attacher/ebs-csi-aws-com"]`;
  const handle = `vol-0${uid(volume, 39).replaceAll("-", "").slice(0, 16)}`;
  const place =
    `"csi":{"driver":"${layout.EBS_DRIVER}","volumeHandle":"${handle}","fsType":"ext4","volumeAttributes":` +
    `{"storage.kubernetes.io/csiProvisionerIdentity":"1735689600000-8081-${layout.EBS_DRIVER}"}},` +
    affinity(EBS_ZONE, layout.zonalZone(volume));
  return (
    `{${meta(layout.zonalName(volume), volume, 35, annotations)},` +
    `${spec(holder(claim, volume), layout.zonalGi(volume), layout.ZONAL_CLASS, place, "Retain", true)},` +
    `"status":{"phase":"${released(claim)}","lastPhaseTransitionTime":"${time(volume, 38)}"}}`
  );
}

const phase = (claim: number): string => (claim < 0 ? "Available" : "Bound");
const released = (claim: number): string => (claim < 0 ? "Released" : "Bound");
/** A released volume still names a claim, one that is gone. */
const holder = (claim: number, volume: number): number => (claim < 0 ? 0x4000_0000 + volume : claim);
