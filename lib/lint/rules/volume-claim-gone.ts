// lint: volumes that are kept for a claim which is gone, or was never there.

import { CLAIM, VOLUME } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { eachRow } from "../reading.js";
import type { Fault, Rule } from "../rule.js";
import type { Survey } from "../survey.js";

const REF = "spec.claimRef";
const FREE_IT = "remove spec.claimRef once the data may be given away or is saved, or delete the volume";

export const volumeClaimGone: Rule = {
  id: "volume-claim-gone",
  summary:
    "A PersistentVolume is reserved for a claim that does not exist, or that has another uid: nobody else gets it.",
  needs: ["persistentVolumes"],
  find(survey, report) {
    const { volumes } = survey.cluster;
    eachRow(volumes, (volume) => {
      if (volumes.get(volume, VOLUME.claimRef) === 0 || volumes.get(volume, VOLUME.deletionTimestamp) !== 0) return;
      const fault = faultOf(survey, volume);
      if (fault !== undefined) report(volumes, volume, fault);
    });
  },
};

function faultOf(survey: Survey, volume: number): Fault | undefined {
  const { cluster } = survey;
  const { claims, strings, volumes } = cluster;
  const [namespace, name] = [volumes.get(volume, VOLUME.refNamespace), volumes.get(volume, VOLUME.refName)];
  const claim = claims.find(namespace, name);
  if (claim >= 0 && cluster.claimRefAllows(volume, claim)) return undefined;
  const phase = strings.get(volumes.get(volume, VOLUME.phase) || EMPTY_TEXT);
  const isGivenUp = phase === "Released" || phase === "Failed";
  // Claims, or those of some namespaces, may not have been read: a volume whose claim is gone is not Bound for long.
  if ((claims.size === 0 && !isGivenUp) || (claim < 0 && phase === "Bound")) return undefined;
  const state = isGivenUp ? `the volume is ${phase}: ` : "";
  const key = `${survey.text(namespace)}/${survey.text(name)}`;
  if (claim >= 0) {
    const waits = claims.get(claim, CLAIM.volumeName) === volumes.get(volume, VOLUME.name);
    const sentence = `${state}it is kept for an earlier claim ${key}, and the claim of that name has another uid`;
    const remedy = `${FREE_IT}; to give it to the new claim, remove spec.claimRef.uid alone`;
    return { severity: waits ? "error" : "warning", field: `${REF}.uid`, sentence, remedy };
  }
  if (volumes.hasUid(volume, VOLUME.refUid)) {
    const sentence = `${state}it is kept for claim ${key}, which does not exist any more`;
    return { severity: "warning", field: REF, sentence, remedy: FREE_IT };
  }
  const sentence = `${state}it is reserved for claim ${key}, which does not exist: no other claim can have it`;
  const remedy = "make that claim, correct the reference, or remove spec.claimRef";
  return { severity: isGivenUp ? "warning" : "info", field: REF, sentence, remedy };
}
