// explain: claims that would be filled from a source -> nodes where the source's own volume cannot be used.

import type { Mask } from "../evaluate/mask.js";
import { NO_NODES } from "../evaluate/mask.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { PersistentVolumeClaimLike } from "../objects/types.js";
import { requiredAffinity } from "./affinity.js";
import type { Examination } from "./examination.js";
import { referenceTo, without } from "./examination.js";
import { failedTerms } from "./failed-terms.js";
import { selectorText } from "./selector-text.js";
import type { Afterwards } from "./types.js";
import { counted } from "./words.js";
import { termsOfNodeSelector } from "./written-terms.js";

const AFFINITY = "spec.nodeAffinity.required";

/** A claim that would be provisioned, and on which of the nodes that the pod fits. */
export interface Made {
  readonly claim: number;
  readonly nodes: Mask;
}

/** One for each claim whose driver may not be able to fill a volume on some of those nodes. */
export function sourcesOutOfReach(x: Examination, made: readonly Made[]): Afterwards[] {
  const { claims } = x.context.cluster;
  const first = made.filter(({ claim }, i) => made.findIndex((one) => one.claim === claim) === i);
  return first.flatMap(({ claim, nodes }) => {
    const { spec } = claims.read(claim) as PersistentVolumeClaimLike;
    if ((spec?.dataSource ?? spec?.dataSourceRef) == null) return [];
    return sourceOutOfReach(x, claim, nodes) ?? [];
  });
}

function sourceOutOfReach(x: Examination, claim: number, nodes: Mask): Afterwards | undefined {
  const { context } = x;
  const { masks, selectors } = context;
  const { claims, strings, volumes } = context.cluster;
  const key = claims.keyOf(claim);
  const name = x.provisioner().sourceVolume(key);
  const volume = name === undefined ? -1 : volumes.find(EMPTY_TEXT, strings.find(name));
  if (volume < 0) return undefined;
  // kube: R-SNP-16 ours: the place of the source is told, and changes no verdict.
  const away = without(x, nodes, selectors.mask(context.affinityOf(volume)));
  if (away === NO_NODES) return undefined;
  const terms = failedTerms(x, termsOfNodeSelector(requiredAffinity(x, volume), AFFINITY), away);
  const [count, of] = [masks.count(away), masks.count(nodes)];
  const where = count === of ? "any of the nodes" : `${count.toLocaleString("en")} of the ${counted(of, "node")}`;
  return {
    code: "SourceOutOfReach",
    claim: key,
    object: referenceTo(volumes, volume),
    path: terms[0]?.requirements[0]?.path ?? terms[0]?.path ?? `${AFFINITY}.nodeSelectorTerms`,
    nodes: count,
    message: `claim ${key} is filled from volume ${name}, which cannot be used on ${where} that the pod fits, and its driver may not be able to fill a volume there: it is reached only with ${selectorText(terms)}`,
  };
}
