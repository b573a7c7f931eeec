// controllers: a claim for which there is no volume -> what the PV controller asks of a provisioner.

import type { KubeObject } from "../../objects/fields.js";
import { hasAnnotation, put, textAt } from "../../objects/fields.js";
import { goQuote } from "../../objects/go-quote.js";
import { ANN_BETA_PROVISIONER, ANN_PROVISIONER } from "./annotations.js";
import type { Events } from "./events.js";
import type { ControllerState } from "./state.js";

/** In-tree plugins whose volumes CSI drivers provide, and these drivers. */
const MIGRATED: ReadonlyMap<string, string> = new Map([
  ["kubernetes.io/aws-ebs", "ebs.csi.aws.com"],
  ["kubernetes.io/gce-pd", "pd.csi.storage.gke.io"],
  ["kubernetes.io/azure-disk", "disk.csi.azure.com"],
  ["kubernetes.io/azure-file", "file.csi.azure.com"],
  ["kubernetes.io/cinder", "cinder.csi.openstack.org"],
  ["kubernetes.io/vsphere-volume", "csi.vsphere.vmware.com"],
  ["kubernetes.io/portworx-volume", "pxd.portworx.com"],
]);

/** Asks a claim's provisioner for a volume: the claim's annotations name it. */
export function provision(state: ControllerState, events: Events, claim: number): void {
  const key = state.cluster.claims.keyOf(claim);
  const storageClass = state.classOf(claim);
  if (storageClass < 0) {
    // kube: R-PVC-2 a class that is not there is an event, and the phase stays.
    const message = `storageclass.storage.k8s.io ${goQuote(state.className(claim))} not found`;
    events.claim(key, "Warning", "ProvisioningFailed", message);
    return;
  }
  const named = state.provisionerOf(storageClass);
  const provisioner = MIGRATED.get(named) ?? named;
  if (provisioner.startsWith("kubernetes.io/")) {
    events.claim(key, "Warning", "ProvisioningFailed", `no volume plugin matched name: ${provisioner}`);
    return;
  }
  const object = state.claim(claim);
  const isNamed = hasAnnotation(object, ANN_PROVISIONER);
  if (!isNamed || textAt(object, "metadata", "annotations", ANN_PROVISIONER) !== provisioner) {
    state.putClaim(namingProvisioner(object, provisioner));
  }
  const message =
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' ` +
    "or manually by the system administrator. If volume creation is delayed, please verify that " +
    "the provisioner is running and correctly registered.";
  events.claim(key, "Normal", "ExternalProvisioning", message);
}

function namingProvisioner(claim: KubeObject, provisioner: string): KubeObject {
  const beta = put(claim, ["metadata", "annotations", ANN_BETA_PROVISIONER], provisioner);
  return put(beta, ["metadata", "annotations", ANN_PROVISIONER], provisioner);
}
