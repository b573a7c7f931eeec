// bench: claims and the pods that use them, as text.

import { hash, suffix, time, uid } from "./hash.js";
import * as layout from "./layout.js";

function volumeName(claim: number): string | undefined {
  const volume = layout.volumeOf(claim);
  if (volume < 0) return undefined;
  return layout.classOfClaim(claim) === "bound local" ? layout.localName(volume) : layout.zonalName(volume);
}

const provisionerOf = (claim: number): string | undefined =>
  ({
    [layout.LVM_CLASS]: layout.LVM_DRIVER,
    [layout.ZONED_CLASS]: layout.TRACKED_DRIVER,
    [layout.ZONAL_CLASS]: layout.EBS_DRIVER,
  })[layout.storageClassOf(claim)];

function spec(claim: number): string {
  const volume = volumeName(claim);
  return (
    `"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"${layout.requestMi(claim)}Mi"}},` +
    (volume === undefined ? "" : `"volumeName":"${volume}",`) +
    `"storageClassName":"${layout.storageClassOf(claim)}","volumeMode":"Filesystem"}`
  );
}

const BOUND = `"pv.kubernetes.io/bind-completed":"yes","pv.kubernetes.io/bound-by-controller":"yes"`;

export function leanClaim(claim: number): string {
  const annotations = layout.volumeOf(claim) < 0 ? "" : `,"annotations":{${BOUND}}`;
  return (
    `{"metadata":{"name":"${layout.claimName(claim)}","namespace":"${layout.namespaceOf(claim)}",` +
    `"uid":"${uid(claim, 40)}"${annotations}},${spec(claim)},` +
    `"status":{"phase":"${layout.volumeOf(claim) < 0 ? "Pending" : "Bound"}"}}`
  );
}

export function fullClaim(claim: number): string {
  const bound = layout.volumeOf(claim) >= 0;
  const provisioner = provisionerOf(claim);
  const annotations = [
    ...(bound ? [BOUND] : []),
    ...(provisioner === undefined || !bound
      ? []
      : [
          `"volume.beta.kubernetes.io/storage-provisioner":"${provisioner}"`,
          `"volume.kubernetes.io/storage-provisioner":"${provisioner}"`,
        ]),
  ].join();
  const status = bound
    ? `{"phase":"Bound","accessModes":["ReadWriteOnce"],"capacity":{"storage":"${layout.requestMi(claim)}Mi"}}`
    : `{"phase":"Pending"}`;
  return (
    `{"metadata":{"name":"${layout.claimName(claim)}","namespace":"${layout.namespaceOf(claim)}",` +
    `"uid":"${uid(claim, 40)}","resourceVersion":"${1e8 + (hash(claim, 41) % 9e8)}",` +
    `"creationTimestamp":"${time(claim, 42)}","labels":${podLabels(claim)},` +
    (annotations === "" ? "" : `"annotations":{${annotations}},`) +
    `"finalizers":["kubernetes.io/pvc-protection"]},${spec(claim)},"status":${status}}`
  );
}

const podLabels = (object: number): string =>
  `{"app.kubernetes.io/instance":"${layout.appOf(object)}","app.kubernetes.io/name":"store"}`;

const claimVolumes = (pod: number): string[] =>
  layout
    .claimsOf(pod)
    .map((claim, i) => `{"name":"data${i}","persistentVolumeClaim":{"claimName":"${layout.claimName(claim)}"}}`);

// The claims of a pod are in its namespace: both come from the number of the block that they lie in.
const namespaceOf = layout.namespaceOf;

export function leanPod(pod: number): string {
  return (
    `{"metadata":{"name":"${layout.podName(pod)}","namespace":"${namespaceOf(pod)}"},` +
    `"spec":{"volumes":[${claimVolumes(pod).join()}]},"status":{"phase":"Pending"}}`
  );
}

const PROJECTED =
  `"projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},` +
  `{"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}},` +
  `{"downwardAPI":{"items":[{"path":"namespace","fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"}}]}}],` +
  `"defaultMode":420}`;
const TOLERATIONS =
  `[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},` +
  `{"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}]`;

export function fullPod(pod: number): string {
  const name = layout.podName(pod);
  const app = layout.appOf(pod);
  const account = `kube-api-access-${suffix(pod, 45, 5)}`;
  const mounts = layout.claimsOf(pod).map((_, i) => `{"name":"data${i}","mountPath":"/var/lib/store/${i}"},`);
  return (
    `{"metadata":{"name":"${name}","generateName":"${app}-","namespace":"${namespaceOf(pod)}","uid":"${uid(pod, 46)}",` +
    `"resourceVersion":"${1e8 + (hash(pod, 47) % 9e8)}","creationTimestamp":"${time(pod, 48)}",` +
    `"labels":{"app.kubernetes.io/instance":"${app}","app.kubernetes.io/name":"store","apps.kubernetes.io/pod-index":` +
    `"${pod}","controller-revision-hash":"${app}-${suffix(pod >>> 4, 49, 10)}",` +
    `"statefulset.kubernetes.io/pod-name":"${name}"},"ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet",` +
    `"name":"${app}","uid":"${uid(pod >>> 4, 50)}","controller":true,"blockOwnerDeletion":true}]},` +
    `"spec":{"volumes":[${[...claimVolumes(pod), `{"name":"${account}",${PROJECTED}}`].join()}],` +
    `"containers":[{"name":"store","image":"registry.example.com/store:v2.14.${hash(pod >>> 4, 51) % 9}",` +
    `"ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],"env":[{"name":"POD_NAME","valueFrom":` +
    `{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}}],"resources":{"limits":{"memory":"4Gi"},` +
    `"requests":{"cpu":"${1 + (hash(pod >>> 4, 52) % 8)}","memory":"4Gi"}},"volumeMounts":[${mounts.join("")}` +
    `{"name":"${account}","readOnly":true,"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],` +
    `"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"` +
    `}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst",` +
    `"serviceAccountName":"default","serviceAccount":"default","securityContext":{},"hostname":"${name}",` +
    `"schedulerName":"default-scheduler","tolerations":${TOLERATIONS},"priority":0,"enableServiceLinks":true,` +
    `"preemptionPolicy":"PreemptLowerPriority"},"status":{"phase":"Pending","qosClass":"Burstable"}}`
  );
}
