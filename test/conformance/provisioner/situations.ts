// What happens in a case, in words: so that a run shows what it has met, and recorded cases hold some of each.

import type { JudgedAttempt, Judgement, ProvisionerRequest } from "./request.js";

/** Words of a sentence that do not come from a case. */
const SENTENCES: readonly (readonly [words: RegExp, name: string])[] = [
  [/handle region topology/, "no region"],
  [/^panic/, "stumbles"],
  [/accessing .* isn't allowed/, "not granted"],
  [/feature is disabled/, "gate off"],
  [/PVC source not found/, "source without name"],
  [/right APIGroup/, "wrong group"],
  [/does not support ([a-z ]+|VolumeAttributesClass)/, "capability missing"],
  [/Selector/, "selector"],
  [/fstype/, "fstype twice"],
  [/AccessMode/, "access mode"],
  [/getting snapshot /, "R-SNP-1"],
  [/snapshot \S+ is being deleted/, "R-SNP-2"],
  [/not bound$/, "R-SNP-3"],
  [/getting snapshotcontent/, "R-SNP-4"],
  [/bound to a different snapshot/, "R-SNP-5"],
  [/not handled by CSI driver/, "R-SNP-6"],
  [/is not Ready/, "R-SNP-7"],
  [/handle \S+ is not available/, "R-SNP-8"],
  [/is less than the size|getting capacity/, "R-SNP-9"],
  [/not present on/, "R-SNP-10 not said"],
  [/to boolean/, "R-SNP-10 no boolean"],
  [/set to false/, "R-SNP-10 false"],
  [/error getting PVC/, "R-CLN-1 not there"],
  [/status of Bound/, "R-CLN-1 not bound"],
  [/currently being deleted/, "R-CLN-1 being deleted"],
  [/storageclass cannot be empty/, "R-CLN-2"],
  [/greater than or equal/, "R-CLN-3"],
  [/volume name is empty/, "R-CLN-4 no volume"],
  [/not bound or invalid/, "R-CLN-4"],
  [/same volume mode/, "R-CLN-5"],
  [/selected CSINode/, "no CSINode"],
  [/no topology key found/, "no keys on the node"],
  [/does not match topology keys/, "labels missing"],
  [/not in allowed topologies/, "strict, not allowed"],
  [/not in requisite/, "not in requisite"],
  [/no available topology/, "no topology"],
  [/were not found on any nodes/, "keys without labels"],
  [/parsing topology keys/, "bad key"],
  [/unknown parameter/, "unknown parameter"],
  [/translate storage class/, "zones twice"],
  [/VAC/, "attributes class of another driver"],
  [/volumeattributesclasses/, "no attributes class"],
  [/less than requested/, "too small"],
  [/content source missing/, "no content source"],
  [/^error getting secret/, "no Secret"],
  [/invalid tokens/, "tokens of a Secret's name"],
  [/is not a valid (?:namespace|secret) name/, "no name of a Secret"],
  [/secrets? specified/, "parameters of Secrets"],
  [/rpc error/, "driver error"],
];

export function situationsOf(request: ProvisionerRequest, { attempts = [], checked, segments }: Judgement): string[] {
  if (checked !== undefined) {
    const where = request.options.nodeDeployment === undefined ? "claim" : "claim on a node";
    const what = checked.attempted ? "attempted" : checked.taken ? "taken" : "left alone";
    const ended = checked.error?.startsWith("panic") ? "stumbles" : "no class";
    return [`${where}: ${checked.error === undefined ? what : ended}`];
  }
  if (segments !== undefined) return [`${Math.min(segments.length, 5)} segments`];
  return attempts.flatMap((attempt, i) => {
    const of = `${i > 0 ? "retry: " : ""}${whatOf(attempt)}`;
    const { node } = request.attempts[i];
    if (attempt.requirements === undefined) return [of];
    const how = node === "" ? "immediate" : request.options.strictTopology ? "strict" : "with a node";
    return [
      of,
      `${i > 0 ? "retry: " : ""}topology ${how}, ${Math.min(attempt.requirements.requisite.length, 3)} terms`,
    ];
  });
}

function whatOf({ error, state, volume }: JudgedAttempt): string {
  if (error === undefined) return volume?.nodeAffinity === undefined ? "volume" : "volume with affinity";
  if (state === "Ignored") return "Ignored, left to a populator";
  const known = SENTENCES.find(([words]) => words.test(error));
  return `${state} ${known?.[1] ?? "other"}`;
}
