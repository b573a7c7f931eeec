// Takes away what a cause names, so that it can be seen whether that was what kept a pod from a node.

import type { Cause } from "../../lib/explain.js";
import type { Overlay } from "../../lib/index.js";
import { setOf } from "../support/load.js";

// biome-ignore lint/suspicious/noExplicitAny: objects are edited wherever a cause leads.
type Editable = any;

/** Takes the cause away for one node, or (`""`) for all; false for a cause about which nothing is known to do. */
export function takeAway(view: Overlay, pod: string, node: string, cause: Cause): boolean {
  const edit = (kind: string, name: string, change: (object: Editable) => void): void => {
    const object: Editable = structuredClone(setOf(view, kind).get(name) ?? { metadata: nameOf(name) });
    change(object);
    setOf(view, kind).upsert(object);
  };
  switch (cause.code) {
    case "VolumeNodeAffinity":
      edit("PersistentVolume", cause.volume, (volume) => {
        delete volume.spec.nodeAffinity;
        if (cause.translated !== undefined) delete volume.metadata.labels;
      });
      return true;
    case "VolumeMissing":
      edit("PersistentVolume", cause.volume, () => {});
      return true;
    case "ClaimMissing":
    case "ClaimNotCreated":
    case "ClaimLost":
    case "BindingIncomplete":
    case "ClassMissing":
    case "NotProvisioned":
    case "NamedVolumeUnfit":
      bind(view, pod, cause.claim);
      return true;
    case "ClaimNameMissing":
      edit("Pod", pod, ({ spec }) => spec.volumes.splice(Number(/\[(\d+)\]/.exec(cause.path)?.[1]), 1));
      return true;
    case "ClaimNotOwned":
      edit("PersistentVolumeClaim", cause.claim, ({ metadata }) => {
        metadata.ownerReferences = [ownerOf(view, pod)];
      });
      return true;
    case "ClaimDeleting":
      edit("PersistentVolumeClaim", cause.claim, ({ metadata }) => delete metadata.deletionTimestamp);
      return true;
    case "ClassWithoutMode":
      edit("StorageClass", cause.storageClass, (storageClass) => {
        storageClass.volumeBindingMode = "WaitForFirstConsumer";
      });
      return true;
    case "AffinityConflict":
      edit("Pod", pod, ({ spec }) => delete spec.affinity);
      return true;
    case "NoNodes":
      view.nodes.upsert({ metadata: { name: "one" } });
      return true;
    case "Fault":
      if (cause.object.kind === "PersistentVolume") {
        edit("PersistentVolume", cause.object.name, ({ metadata, spec }) => {
          if (cause.path.startsWith("metadata")) delete metadata.labels;
          else delete spec[cause.path.split(".")[1]];
        });
        return true;
      }
      if (cause.object.kind === "Pod" && cause.object.name !== pod) return view.pods.delete(cause.object.name);
      if (cause.object.kind === "Pod" && cause.path.endsWith("]")) {
        edit("Pod", pod, ({ spec }) => spec.volumes.splice(Number(/\[(\d+)\]/.exec(cause.path)?.[1]), 1));
        return true;
      }
      if (cause.object.kind !== "PersistentVolumeClaim") return false;
      edit("PersistentVolumeClaim", cause.object.name, ({ spec }) => delete spec[cause.path.slice("spec.".length)]);
      return true;
    case "NoVolume":
      if (node === "") {
        bind(view, pod, cause.claim);
        return true;
      }
      edit("PersistentVolumeClaim", cause.claim, (claim) => {
        delete claim.metadata.annotations?.["volume.kubernetes.io/selected-node"];
        claim.spec.volumeMode ??= "Filesystem";
      });
      reserve(view, cause);
      return true;
    case "AllowedTopologies":
      edit("StorageClass", cause.storageClass, (storageClass) => delete storageClass.allowedTopologies);
      return true;
    case "SelectedNode":
      edit("PersistentVolumeClaim", cause.claim, ({ metadata }) => {
        metadata.annotations["volume.kubernetes.io/selected-node"] = node;
      });
      return true;
    case "NotEnoughCapacity":
    case "NoCapacityObject":
      view.csiStorageCapacities.upsert({
        metadata: { name: `!roomy-${cause.storageClass}`, namespace: "default" },
        storageClassName: cause.storageClass,
        nodeTopology: {},
        capacity: "9223372036854775807",
      });
      return true;
    case "NodeSelector":
      edit("Pod", pod, ({ spec }) => {
        if (cause.path.startsWith("spec.nodeSelector")) delete spec.nodeSelector;
        else delete spec.affinity;
      });
      return !cause.enforced;
    case "Taint":
      edit("Node", node, ({ spec }) => {
        const { effect, key, value } = cause.taint;
        const is = (taint: Editable): boolean =>
          (taint.key ?? "") === key && (taint.value ?? "") === value && (taint.effect ?? "") === effect;
        spec.taints = spec.taints.filter((taint: Editable) => !is(taint));
      });
      return true;
    case "Cordoned":
      edit("Node", node, ({ spec }) => delete spec.unschedulable);
      return true;
    case "InsufficientResource":
      // The request that it names, wherever it stands: no node has room for sums that are beyond 64 bits.
      edit("Pod", pod, ({ spec }) => {
        const parts = [spec, ...(spec.containers ?? []), ...(spec.initContainers ?? [])];
        for (const { resources } of parts) delete resources?.requests?.[cause.resource];
        delete spec.overhead?.[cause.resource];
      });
      return true;
    case "TooManyPods":
      edit("Node", node, (object) => {
        object.status ??= {};
        object.status.allocatable = { ...object.status.allocatable, pods: "1000000" };
      });
      return true;
    case "AttachLimit":
      edit("CSINode", node, ({ spec }) => {
        for (const driver of spec.drivers) if (driver.name === cause.driver) delete driver.allocatable;
      });
      return true;
    case "DriverMissing":
      return view.csiDrivers.delete(cause.driver);
    case "VolumeZone":
      edit("PersistentVolume", cause.volume, ({ metadata }) => delete metadata.labels[cause.requirement.key]);
      return true;
    case "DiskInUse":
    case "ClaimInUse":
      return view.pods.delete(cause.pod);
    default:
      return false;
  }
}

/** A volume for this claim alone, which spares it most tests. */
function reserve(
  view: Overlay,
  { claim, storageClass }: { readonly claim: string; readonly storageClass: string },
): void {
  const [namespace, name] = claim.split("/");
  const { spec }: Editable = view.persistentVolumeClaims.get(claim);
  let volume = `!${namespace}-${name}`;
  // A claim that the pod uses twice takes two.
  while (view.persistentVolumes.has(volume)) volume = `!${volume}`;
  view.persistentVolumes.upsert({
    metadata: { name: volume },
    spec: {
      storageClassName: storageClass,
      capacity: { storage: "999999999999E" },
      claimRef: { namespace, name },
      volumeMode: spec.volumeMode,
      volumeAttributesClassName: spec.volumeAttributesClassName,
    },
  });
}

/** The claim, made where there is none, is bound to a volume that every node reaches. */
function bind(view: Overlay, pod: string, claim: string): void {
  const given: Editable = structuredClone(view.persistentVolumeClaims.get(claim) ?? { metadata: nameOf(claim) });
  const name = `!${claim.replace("/", "-")}`;
  given.metadata.annotations = { "pv.kubernetes.io/bind-completed": "yes" };
  given.metadata.ownerReferences ??= [ownerOf(view, pod)];
  given.spec = { ...given.spec, volumeName: name };
  given.status = { phase: "Bound" };
  view.persistentVolumeClaims.upsert(given);
  view.persistentVolumes.upsert({ metadata: { name }, spec: { claimRef: nameOf(claim) } });
}

function ownerOf(view: Overlay, pod: string): object {
  const { metadata } = view.pods.get(pod) as Editable;
  return { apiVersion: "v1", kind: "Pod", name: metadata.name, uid: metadata.uid, controller: true };
}

function nameOf(key: string): object {
  const slash = key.indexOf("/");
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
