// cli: a claim's selector against a volume's labels.

import { labelSelectorError } from "../../compile/label-selector-error.js";
import type { LabelSelectorLike } from "../../index.js";
import { listAt, objectAt, textAt } from "../fields.js";

/** Only whether a selector is refused is asked here; the release decides no more than the words. */
const ANY_MINOR = 37;

export function selectorConverts(selector: object): boolean {
  return labelSelectorError(selector as LabelSelectorLike, ANY_MINOR) === undefined;
}

/** Whether a selector that converts selects the labels. */
export function selects(selector: object, labels: { readonly [key: string]: unknown }): boolean {
  const value = (key: string): string | undefined =>
    Object.hasOwn(labels, key) ? String(labels[key] ?? "") : undefined;
  for (const [key, wanted] of Object.entries(objectAt(selector, "matchLabels"))) {
    if (value(key) !== (wanted ?? "")) return false;
  }
  return listAt(selector, "matchExpressions").every((requirement) => {
    const found = value(textAt(requirement, "key"));
    const isListed = listAt(requirement, "values").some((listed) => (listed ?? "") === found);
    switch (textAt(requirement, "operator")) {
      case "In":
        return isListed;
      case "NotIn":
        return !isListed;
      case "Exists":
        return found !== undefined;
      default:
        return found === undefined;
    }
  });
}
