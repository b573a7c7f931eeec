// lint: claims that only a volume which is there could serve, where none does.

import { candidatesOf } from "../../explain/candidates.js";
import { candidatesText } from "../../explain/candidates-text.js";
import type { Candidates } from "../../explain/causes.js";
import { failedBits, requestOf, TESTS } from "../../explain/volume-tests.js";
import { CLAIM, VOLUME } from "../../intern/cluster.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { eachClaim } from "../reading.js";
import type { Fault, Rule } from "../rule.js";
import type { Survey } from "../survey.js";

/** So many pairs of claim and volume are looked at in all: some seconds. */
const MOST_LOOKS = 1_000_000;
const SHAPE = [CLAIM.class, CLAIM.volumeMode, CLAIM.volumeAttributesClassName, CLAIM.accessModes, CLAIM.selector];
const BUT_SIZE = ~(1 << TESTS.indexOf("size"));

export const claimWithoutVolume: Rule = {
  id: "claim-without-volume",
  summary: "No volume fits a PersistentVolumeClaim whose class makes none.",
  needs: ["persistentVolumeClaims", "persistentVolumes"],
  find(survey, report) {
    const { classes, cluster, examination } = survey;
    const { claims, volumes, volumesByClaim } = cluster;
    const sizes = new Map<string, bigint | undefined>();
    const known = new Map<string, Fault>();
    let looks = 0;
    const mayLook = (rows: number): boolean => {
      looks += rows;
      return looks <= MOST_LOOKS || looks === rows;
    };
    eachClaim(cluster, (claim) => {
      if (claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return;
      const name = claims.get(claim, CLAIM.class);
      const row = classes.row(name);
      const { all } = classes.volumes(name);
      if (row >= 0 && classes.provisions(row)) return;
      // A default class may be on its way to it.
      if (claims.get(claim, CLAIM.storageClassName) === 0 && name === EMPTY_TEXT && classes.defaults.length > 0) return;
      const isNamed = volumesByClaim.first(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name)) >= 0;
      // Where there is no volume at all, that is a fault of the class.
      if (all === 0 && !isNamed && row < 0) return;
      const shape = SHAPE.map((column) => claims.get(claim, column)).join();
      if (!sizes.has(shape)) {
        if (!mayLook(all)) return;
        sizes.set(shape, largestFree(survey, claim));
      }
      const largest = sizes.get(shape);
      if (largest !== undefined && requestOf(examination, claim).nanos <= largest) return;
      if (isNamed && hasReserved(survey, claim)) return;
      const key = `${shape},${cluster.requestOf(claim)}`;
      const fault =
        (isNamed ? undefined : known.get(key)) ??
        faultOf(survey, claim, mayLook(volumes.limit) ? nearestText(survey, claim) : "no volume of the class fits it");
      if (!isNamed) known.set(key, fault);
      report(claims, claim, fault);
    });
  },
};

/** The size of the largest volume that is free and would fit a claim but for that. */
function largestFree({ cluster, context, examination }: Survey, claim: number): bigint | undefined {
  const { claims, volumes, volumesByClass } = cluster;
  const request = requestOf(examination, claim);
  const name = claims.get(claim, CLAIM.class);
  let largest: bigint | undefined;
  for (let row = volumesByClass.first(name, name); row >= 0; row = volumesByClass.next(row)) {
    if (volumes.get(row, VOLUME.claimRef) !== 0 || (failedBits(examination, request, row) & BUT_SIZE) !== 0) continue;
    const size = context.amounts.nanos(cluster.capacityOf(row));
    if (largest === undefined || size > largest) largest = size;
  }
  return largest;
}

/** Whether a volume that is reserved for a claim fits it. */
function hasReserved({ cluster, examination }: Survey, claim: number): boolean {
  const { claims, volumesByClaim } = cluster;
  const request = requestOf(examination, claim);
  const [namespace, name] = [claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name)];
  for (let row = volumesByClaim.first(namespace, name); row >= 0; row = volumesByClaim.next(row)) {
    if (failedBits(examination, request, row) === 0) return true;
  }
  return false;
}

function nearestText({ examination }: Survey, claim: number): string {
  return candidatesText(inOrder(candidatesOf(examination, claim, undefined)));
}

function faultOf({ text, cluster: { claims } }: Survey, claim: number, why: string): Fault {
  const name = text(claims.get(claim, CLAIM.class));
  const subject = name === "" ? "a claim without class is not provisioned" : `class ${name} makes no volumes`;
  return {
    severity: "error",
    field: "spec",
    sentence: `${subject}: ${why}`,
    remedy: "make a volume that fits, free one, or make the claim anew so that it fits one",
  };
}

/** Tests in the scheduler's order, wherever the first volume was found that failed one. */
function inOrder(candidates: Candidates): Candidates {
  const { failed } = candidates;
  const counts = TESTS.flatMap((test) => (failed[test] === undefined ? [] : [[test, failed[test]] as const]));
  return { ...candidates, failed: Object.fromEntries(counts) };
}
