// lint: classes without a binding mode, or with one that there is not.

import { STORAGE_CLASS } from "../../intern/cluster.js";
import { shown } from "../node-labels.js";
import { eachRow } from "../reading.js";
import type { Rule } from "../rule.js";

export const classBindingMode: Rule = {
  id: "class-binding-mode",
  summary:
    "A StorageClass has no volumeBindingMode, which ends every scheduling cycle with an error, or an unknown one.",
  needs: ["storageClasses"],
  find({ cluster, text }, report) {
    const { ids, storageClasses, strings } = cluster;
    const immediate = strings.find("Immediate");
    const remedy = "write Immediate or WaitForFirstConsumer; an API server fills in Immediate";
    eachRow(storageClasses, (row) => {
      const mode = storageClasses.get(row, STORAGE_CLASS.volumeBindingMode);
      const field = "volumeBindingMode";
      if (mode === 0) {
        // kube: R-CLS-5 a class without a mode is an error; an unknown one is immediate.
        const sentence =
          "there is no mode: kube-scheduler ends with an error for every pod with an unbound claim of the class";
        report(storageClasses, row, { severity: "error", field, sentence, remedy });
      } else if (mode !== immediate && mode !== ids.waitForFirstConsumer) {
        const sentence = `${shown(text(mode))} is no mode: kube-scheduler takes it for Immediate`;
        report(storageClasses, row, { severity: "warning", field, sentence, remedy });
      }
    });
  },
};
