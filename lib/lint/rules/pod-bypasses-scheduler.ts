// lint: pods that name their node, with claims that wait for the scheduler to choose one.

import { claimUseOf, ephemeralClaim, NAMED, NO_CLAIM, namedClaim, visitVolumes } from "../../evaluate/pod-volumes.js";
import { CLAIM, POD } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";
import type { Survey } from "../survey.js";

const DELETION = "metadata.deletionTimestamp";

export const podBypassesScheduler: Rule = {
  id: "pod-bypasses-scheduler",
  summary: "A Pod names its node, so that no scheduler looks at it, but a claim of it waits for a scheduler.",
  needs: ["pods", "persistentVolumeClaims", "storageClasses"],
  find(survey, report) {
    const { cluster, text } = survey;
    const { claims, pods, strings } = cluster;
    const deletion = pods.type.column(DELETION);
    const pending = strings.find("Pending");
    const scheduled = claimsOfPendingPods(survey, deletion);
    eachRow(pods, (pod) => {
      const phase = pods.get(pod, POD.phase);
      if (pods.get(pod, POD.nodeName) <= EMPTY_TEXT || pods.get(pod, deletion) !== 0) return;
      if (phase > EMPTY_TEXT && phase !== pending) return;
      eachUse(survey, pod, (claim, i, source) => {
        if (!waits(survey, claim) || scheduled.has(claim)) return;
        const name = text(claims.get(claim, CLAIM.class));
        report(pods, pod, {
          severity: "error",
          field: `spec.volumes[${i}].${source}`,
          sentence: `the pod names its node ${text(pods.get(pod, POD.nodeName))}, so no scheduler looks at it, but claim ${claims.keyOf(claim)} of class ${name} waits for one: nobody will bind it`,
          remedy: "let a scheduler place the pod: replace nodeName by a nodeSelector on kubernetes.io/hostname",
        });
      });
    });
  },
};

/** Claims that pods without a node use: the scheduler binds them. */
function claimsOfPendingPods(survey: Survey, deletion: number): ReadonlySet<number> {
  const { pods } = survey.cluster;
  const found = new Set<number>();
  eachRow(pods, (pod) => {
    if (pods.get(pod, POD.nodeName) > EMPTY_TEXT || pods.get(pod, deletion) !== 0) return;
    eachUse(survey, pod, (claim) => found.add(claim));
  });
  return found;
}

/** Whether a claim waits for the first pod that uses it. */
function waits({ classes, cluster }: Survey, claim: number): boolean {
  const { claims, ids, volumesByClaim } = cluster;
  if (claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT || claims.get(claim, CLAIM.deletionTimestamp) !== 0)
    return false;
  if (cluster.claimAnnotation(claim, ids.selectedNode) !== 0) return false;
  const row = classes.row(claims.get(claim, CLAIM.class));
  if (row < 0 || !classes.delays(row)) return false;
  // The volume controller binds what is reserved for a claim without waiting for a pod.
  return volumesByClaim.first(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name)) < 0;
}

/** Takes a known claim of a pod's volumes, the place of the volume and its source. */
type Use = (claim: number, i: number, source: "persistentVolumeClaim" | "ephemeral") => void;

function eachUse({ cluster }: Survey, pod: number, use: Use): void {
  const { claims, pods, strings } = cluster;
  const namespace = pods.get(pod, POD.namespace);
  let i = -1;
  visitVolumes(cluster, pod, (volume) => {
    const kind = claimUseOf(volume);
    i++;
    if (kind === NO_CLAIM) return true;
    const name = kind === NAMED ? namedClaim(volume) : strings.find(ephemeralClaim(cluster, pod, volume));
    const claim = claims.find(namespace, name);
    if (claim >= 0) use(claim, i, kind === NAMED ? "persistentVolumeClaim" : "ephemeral");
    return true;
  });
}
