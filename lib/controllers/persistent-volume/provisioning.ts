// controllers: a claim for which there is no volume -> what the PV controller asks of a provisioner.

import type { KubeObject } from "../../objects/fields.js";
import { dig, hasAnnotation, listAt, put, textAt } from "../../objects/fields.js";
import { goQuote } from "../../objects/go-quote.js";
import { ANN_BETA_PROVISIONER, ANN_PROVISIONER } from "./annotations.js";
import type { Events } from "./events.js";
import { HOST_PATH, pluginNamed } from "./in-tree-plugins.js";
import { driverOf, IN_TREE_PREFIX, migratedClaim } from "./migration.js";
import type { ControllerState } from "./state.js";

/** Asks a claim's provisioner for a volume: the claim's annotations name it. */
export function provision(state: ControllerState, events: Events, claim: number): void {
  const storageClass = state.classOf(claim);
  const fail = (message: string): void =>
    events.claim(state.cluster.claims.keyOf(claim), "Warning", "ProvisioningFailed", message);
  if (storageClass < 0) {
    // kube: R-PVC-2 a class that is not there is an event, and the phase stays.
    fail(`storageclass.storage.k8s.io ${goQuote(state.className(claim))} not found`);
    return;
  }
  const named = state.provisionerOf(storageClass);
  const driver = driverOf(named);
  if (driver === undefined && named.startsWith(IN_TREE_PREFIX)) {
    const plugin = pluginNamed(named);
    if (plugin === HOST_PATH) provisionHostPath(state, claim, state.storageClass(storageClass), fail);
    else
      fail(plugin === undefined ? `no volume plugin matched name: ${named}` : "no provisionable volume plugin matched");
    return;
  }
  const provisioner = driver ?? named;
  nameProvisioner(state, claim, provisioner);
  const message =
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' ` +
    "or manually by the system administrator. If volume creation is delayed, please verify that " +
    "the provisioner is running and correctly registered.";
  events.claim(state.cluster.claims.keyOf(claim), "Normal", "ExternalProvisioning", message);
}

/** The plugin of host paths is there, but kube-controller-manager does not let it provision by default. */
function provisionHostPath(
  state: ControllerState,
  claim: number,
  storageClass: KubeObject,
  fail: (message: string) => void,
): void {
  const plugin = goQuote(HOST_PATH.name);
  if (dig(state.claim(claim), "spec", "dataSource") !== undefined) {
    fail(`plugin ${plugin} is not a CSI plugin. Only CSI plugin can provision a claim with a datasource`);
    return;
  }
  nameProvisioner(state, claim, HOST_PATH.name);
  // The name that the plugin's volume would have.
  if (state.volumeCalled(`pvc-${textAt(state.claim(claim), "metadata", "uid")}`) >= 0) return;
  const options = listAt(storageClass, "mountOptions");
  if (options.length > 0) {
    const name = goQuote(textAt(storageClass, "metadata", "name"));
    const given = `StorageClass ${name} has mount options [${options.join(" ")}]`;
    fail(`Mount options are not supported by the provisioner but ${given}`);
    return;
  }
  fail(`Failed to create provisioner: provisioning in volume plugin ${plugin} is disabled`);
}

function nameProvisioner(state: ControllerState, claim: number, provisioner: string): void {
  const object = state.claim(claim);
  const isNamed = hasAnnotation(object, ANN_PROVISIONER);
  if (isNamed && textAt(object, "metadata", "annotations", ANN_PROVISIONER) === provisioner) return;
  const beta = put(object, ["metadata", "annotations", ANN_BETA_PROVISIONER], provisioner);
  state.putClaim(migratedClaim(put(beta, ["metadata", "annotations", ANN_PROVISIONER], provisioner)));
}
