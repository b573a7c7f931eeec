// lint: claims that are to be filled from what cannot be used: the provisioner will refuse them.

import { CLAIM } from "../../intern/cluster.js";
import { claimRow } from "../../intern/kinds.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { eachClaim } from "../reading.js";
import type { Rule } from "../rule.js";

const SOURCE = claimRow.column("spec.dataSource");
const SOURCE_REF = claimRow.column("spec.dataSourceRef");
/** What passes by itself: a snapshot or a claim that is on its way. */
const PASSING = ["R-SNP-3", "R-SNP-7", "R-SNP-8"];

export const claimSourceUnusable: Rule = {
  id: "claim-source-unusable",
  summary: "A PersistentVolumeClaim is to be filled from a snapshot or a claim that its provisioner will refuse.",
  needs: ["persistentVolumeClaims", "storageClasses"],
  find({ classes, cluster, sourceRefusal }, report) {
    const { claims, tables } = cluster;
    eachClaim(cluster, (claim) => {
      const [source, reference] = [claims.get(claim, SOURCE), claims.get(claim, SOURCE_REF)];
      if ((source === 0 && reference === 0) || claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return;
      const row = classes.row(claims.get(claim, CLAIM.class));
      if (row < 0 || !classes.provisions(row)) return;
      const refusal = sourceRefusal(claims.keyOf(claim));
      if (refusal === undefined) return;
      // Snapshots may not have been read.
      if (refusal.rule === "R-SNP-1" && tables.volumeSnapshots.size === 0) return;
      if (refusal.rule === "R-SNP-4" && tables.volumeSnapshotContents.size === 0) return;
      report(claims, claim, {
        severity: PASSING.includes(refusal.rule) ? "warning" : "error",
        field: source === 0 ? "spec.dataSourceRef" : "spec.dataSource",
        sentence: `its provisioner refuses the claim, which kube-scheduler does not know: ${refusal.reason}`,
        remedy: "mend the source, or make the claim anew so that it suits it",
      });
    });
  },
};
