// lint: pods that name their node, with claims that wait for the scheduler to choose one.

import { CLAIM, POD } from "../../intern/cluster.js";
import { claimSource, podVolume } from "../../intern/kinds.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";
import type { Survey } from "../survey.js";

const CLAIM_OF_VOLUME = podVolume.bit("persistentVolumeClaim");
const CLAIM_NAME = claimSource.bit("claimName");
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
      eachClaim(survey, pod, (claim, i) => {
        if (!waits(survey, claim) || scheduled.has(claim)) return;
        const name = text(claims.get(claim, CLAIM.class));
        report(pods, pod, {
          severity: "error",
          field: `spec.volumes[${i}].persistentVolumeClaim`,
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
    eachClaim(survey, pod, (claim) => found.add(claim));
  });
  return found;
}

/** Whether a claim waits for the first pod that uses it. */
function waits({ classes, cluster }: Survey, claim: number): boolean {
  const { claims, ids, volumesByClaim } = cluster;
  if (claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return false;
  if (cluster.claimAnnotation(claim, ids.selectedNode) !== 0) return false;
  const row = classes.row(claims.get(claim, CLAIM.class));
  if (row < 0 || !classes.delays(row)) return false;
  // The volume controller binds what is reserved for a claim without waiting for a pod.
  return volumesByClaim.first(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name)) < 0;
}

/** Calls `use` with the known claims that a pod's volumes name, and the place of the volume. */
function eachClaim({ cluster }: Survey, pod: number, use: (claim: number, i: number) => void): void {
  const { blocks, claims, pods } = cluster;
  const volumes = pods.get(pod, POD.volumes);
  if (volumes === 0) return;
  const cursor = blocks.cursor(volumes);
  const { tokens } = cursor;
  const count = tokens[cursor.at++];
  for (let i = 0; i < count; i++) {
    const source = { tokens, at: cursor.at };
    podVolume.skip(cursor);
    if (!podVolume.seek(source, CLAIM_OF_VOLUME) || !claimSource.seek(source, CLAIM_NAME)) continue;
    const claim = claims.find(pods.get(pod, POD.namespace), tokens[source.at]);
    if (claim >= 0) use(claim, i);
  }
}
