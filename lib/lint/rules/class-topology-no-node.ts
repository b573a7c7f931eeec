// lint: classes whose allowedTopologies let volumes be made nowhere, or not where they say.

import type { WrittenTerm } from "../../explain/written-terms.js";
import { termsOfTopologies } from "../../explain/written-terms.js";
import { STORAGE_CLASS } from "../../intern/cluster.js";
import type { TopologySelectorTermLike } from "../../objects/types.js";
import { shown } from "../node-labels.js";
import { eachRow } from "../reading.js";
import { refusedTerm } from "../refusal.js";
import type { Fault, Rule } from "../rule.js";
import type { Survey } from "../survey.js";
import { unmet } from "../unmet.js";

export const classTopologyNoNode: Rule = {
  id: "class-topology-no-node",
  summary: "The allowedTopologies of a StorageClass have terms or values that no node has.",
  needs: ["nodes", "storageClasses"],
  find(survey, report) {
    const { classes, cluster } = survey;
    const { storageClasses } = cluster;
    eachRow(storageClasses, (row) => {
      if (storageClasses.get(row, STORAGE_CLASS.allowedTopologies) === 0 || !classes.provisions(row)) return;
      for (const fault of faultsOf(survey, row)) report(storageClasses, row, fault);
    });
  },
};

const REMEDY = "make the class anew (the field cannot be changed in place)";

function* faultsOf(survey: Survey, row: number): Iterable<Fault> {
  const { cluster, context, counts, labels } = survey;
  const { storageClasses } = cluster;
  const terms = topologiesOf(survey, row);
  if (terms.length === 0) return;
  const minor = context.behaviour.minor;
  const usable = terms.filter((term) => refusedTerm(term, minor) === undefined);
  for (const term of terms) {
    const refused = refusedTerm(term, minor);
    if (refused === undefined) continue;
    // kube: R-TS-2 a term without expressions matches nothing.
    // kube: R-TS-4 nor does one that does not parse.
    const severity = usable.length === 0 ? "error" : "warning";
    const rest = usable.length === 0 ? "volumes can be made nowhere" : "only the other terms count";
    yield {
      severity,
      field: refused.path,
      sentence: `${refused.sentence}: ${rest}`,
      remedy: `take the term out; ${REMEDY}`,
    };
  }
  if (usable.length === 0) return;
  const selector = context.compiler.topology(storageClasses.get(row, STORAGE_CLASS.allowedTopologies));
  if (counts.of(selector) === 0) {
    const { field, near, sentence } = unmet(labels, usable, "allowedTopologies");
    const meant = near === undefined ? "" : `${near} may have been meant; `;
    yield {
      severity: "error",
      field,
      sentence: `volumes can be made nowhere: ${sentence}`,
      remedy: `${meant}make the class anew with topologies that nodes have (the field cannot be changed in place)`,
    };
    return;
  }
  for (const { requirements } of usable) {
    for (const { key, path, values } of requirements) {
      // A key that no node has is a fault of its own.
      const dead = labels.present(key) === 0 ? [] : values.filter((value) => labels.count(key, value) === 0);
      if (dead.length === 0) continue;
      const sentence = `no node has ${key} ${dead.map(shown).join(" or ")}; ${labels.phrase(key)}`;
      yield { severity: "warning", field: `${path}.values`, sentence, remedy: `take the value out; ${REMEDY}` };
    }
  }
}

/** The allowedTopologies of a class (a row), as they were written. */
export function topologiesOf({ cluster: { storageClasses } }: Survey, row: number): WrittenTerm[] {
  const { allowedTopologies } = storageClasses.read(row) as {
    readonly allowedTopologies?: readonly TopologySelectorTermLike[];
  };
  return termsOfTopologies(allowedTopologies);
}
