// What the real PV controller left of a few hundred random inputs, and what it said; no Go is needed.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { differences, libraryRest } from "./compare.js";
import { recorded } from "./recorded-file.js";
import { situationsOf, textOf } from "./situations.js";

const AT_LEAST = { cases: 250, situations: 350 };
const SHOWN = 3;

/** Every sentence that the controller can say of what the inputs hold. */
const SENTENCES = [
  "ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!",
  "ClaimLost: Bound claim has lost reference to PersistentVolume. Data on the volume is lost!",
  "ClaimMisbound: Two claims are bound to the same volume, this one is bound incorrectly",
  "ExternalProvisioning: Waiting for a volume to be created either by the external provisioner NAME or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
  "FailedBinding: no persistent volumes available for this claim and no storage class is set",
  "FailedBinding: volume NAME already bound to a different claim.",
  "ProvisioningFailed: Failed to create provisioner: provisioning in volume plugin NAME is disabled",
  "ProvisioningFailed: Mount options are not supported by the provisioner but StorageClass NAME has mount options [NAMES]",
  "ProvisioningFailed: no provisionable volume plugin matched",
  "ProvisioningFailed: no volume plugin matched name: NAMES",
  "ProvisioningFailed: plugin NAME is not a CSI plugin. Only CSI plugin can provision a claim with a datasource",
  "ProvisioningFailed: storageclass.storage.k8s.io NAME not found",
  "VolumeFailedDelete: error getting deleter volume plugin for volume NAME: no deletable volume plugin matched",
  "VolumeFailedDelete: error getting deleter volume plugin for volume NAME: no volume plugin matched",
  "VolumeFailedDelete: failed to create deleter for volume NAME: spec.PersistentVolumeSource.HostPath is nil",
  "VolumeFailedDelete: host_path deleter only supports /tmp/.+ but received provided PATH",
  "VolumeFailedDelete: no deletable volume plugin matched",
  "VolumeFailedDelete: no volume plugin matched name: NAMES",
  "VolumeFailedRecycle: No recycler plugin found for the volume!",
  "VolumeFailedRecycle: Volume is used by pods: NAMES",
  "VolumeMismatch: Cannot bind PersistentVolume NAME to requested PersistentVolumeClaim due to incompatible volumeMode.",
  "VolumeMismatch: Cannot bind PersistentVolume to requested PersistentVolumeClaim NAME due to incompatible volumeMode.",
  "VolumeMismatch: Cannot bind to requested volume NAME: incompatible accessMode",
  "VolumeMismatch: Cannot bind to requested volume NAME: incompatible volumeMode",
  "VolumeMismatch: Cannot bind to requested volume NAME: requested PV is too small",
  "VolumeMismatch: Cannot bind to requested volume NAME: storageClassName does not match",
  "VolumeMismatch: Cannot bind to requested volume NAME: the volume is marked for deletion NAME",
  "VolumeMismatch: Cannot bind to requested volume NAME: volumeAttributesClassName does not match",
  "VolumeUnknownReclaimPolicy: Volume has unrecognized PersistentVolumeReclaimPolicy",
  "WaitForFirstConsumer: waiting for first consumer to be created before binding",
  "WaitForPodScheduled: waiting for pod NAME to be scheduled",
  "WaitForPodScheduled: waiting for pods NAMES to be scheduled",
];

const { cases, header, sha256 } = recorded.read();

test("the file is as the judge left it", () => {
  assert.is(header.sha256, sha256);
  assert.is(header.cases, cases.length);
  assert.match(header.judge, /^v1\.37\./);
});

test("the library leaves the same and says the same", () => {
  const wrong = cases.flatMap(({ objects, rest, seed }) =>
    differences(objects, libraryRest(objects), rest).map((difference) => `seed ${seed}: ${JSON.stringify(difference)}`),
  );
  assert.is(wrong.length, 0, `${wrong.length} differ, such as ${wrong.slice(0, SHOWN).join("\n")}`);
});

test("much happens, and every sentence is said", () => {
  assert.ok(cases.length >= AT_LEAST.cases, String(cases.length));
  const situations = new Set(cases.flatMap(({ objects, rest }) => situationsOf(objects, rest)));
  assert.ok(situations.size >= AT_LEAST.situations, String(situations.size));
  const said = cases.flatMap(({ rest }) => rest.events as { reason: string; message: string }[]);
  const sentences = new Set(said.map((event) => `${event.reason}: ${textOf(event)}`));
  assert.equal([...sentences].sort(), SENTENCES);
});

test.run();
