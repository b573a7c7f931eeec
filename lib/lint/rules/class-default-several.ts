// lint: several default classes.

import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";

export const classDefaultSeveral: Rule = {
  id: "class-default-several",
  summary: "Several StorageClasses are the default one.",
  needs: ["storageClasses"],
  find({ classes, cluster: { storageClasses } }, report) {
    const { defaults } = classes;
    if (defaults.length < 2) return;
    eachRow(storageClasses, (row) => {
      const name = storageClasses.keyOf(row);
      if (!defaults.includes(name)) return;
      const others = defaults.filter((other) => other !== name).join(", ");
      report(storageClasses, row, {
        severity: "info",
        field: "metadata.annotations",
        // kube: R-PVC-2 the newest of the default classes, then the first by name.
        sentence: `it is the default class beside ${others}: claims that name none get the newest of them`,
        remedy: "leave the annotation storageclass.kubernetes.io/is-default-class to one class",
      });
    });
  },
};
