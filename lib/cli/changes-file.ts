// cli: a file of changes -> the changes, and for a fault in one of them the line where it stands.

import { readFileSync } from "node:fs";
import type { WhatIfChange } from "../whatif/change-types.js";
import { didYouMean } from "./did-you-mean.js";
import { Failure } from "./failure.js";
import { isObject, typeName } from "./fields.js";
import { lineOf } from "./json-fault.js";
import type { Yaml } from "./yaml-parser.js";
import { parseYaml, YamlError } from "./yaml-parser.js";

const CHANGES = "changes";

/** Changes as they were read, in YAML or JSON. */
export class ChangesFile {
  constructor(
    readonly path: string,
    readonly changes: readonly WhatIfChange[],
    readonly text: string,
    readonly yaml: Yaml,
  ) {}

  /** `FILE: line N: ` for the place of a fault, such as `changes[0].drainNodes.selektor`; "" for one that is not in it. */
  where(path: string): string {
    const steps = [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) => name ?? Number(index));
    const [list, change] = steps;
    if (list !== CHANGES || typeof change !== "number" || change >= this.changes.length) return "";
    const document = this.yaml.parseDocument(this.text, { schema: "failsafe", logLevel: "silent", version: "1.1" });
    let at: unknown = document.contents;
    let offset = 0;
    // A bare list has no name.
    for (const step of this.yaml.isSeq(at) ? steps.slice(1) : steps) {
      const found = this.#step(at, step);
      if (found === undefined) break;
      ({ at, offset } = found);
    }
    return `${this.path}: line ${lineOf(this.text, offset) + 1}: `;
  }

  #step(at: unknown, step: string | number): { readonly at: unknown; readonly offset: number } | undefined {
    const { yaml } = this;
    if (typeof step === "number") {
      const item = yaml.isSeq(at) ? at.items[step] : undefined;
      return yaml.isNode(item) ? { at: item, offset: item.range?.[0] ?? 0 } : undefined;
    }
    const pairs = yaml.isMap(at) ? at.items : [];
    const pair = pairs.find(({ key }) => yaml.isScalar(key) && String(key.value) === step);
    return yaml.isNode(pair?.key) ? { at: pair.value, offset: pair.key.range?.[0] ?? 0 } : undefined;
  }
}

/** @throws Failure for a file that cannot be read, that is no YAML, or that holds no list of changes. */
export async function changesFile(path: string): Promise<ChangesFile> {
  let text: string;
  try {
    text = readFileSync(path, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure(`${path}: cannot be read: ${code === "ENOENT" ? "no such file" : (code ?? String(error))}`);
  }
  const yaml = await import("yaml");
  const value = readText(path, text, yaml);
  const changes = isObject(value) ? listIn(path, value) : value;
  if (Array.isArray(changes)) return new ChangesFile(path, changes as WhatIfChange[], text, yaml);
  throw new Failure(
    `${path}: ${CHANGES} must be a list, but ${changes === undefined ? "is missing" : `is ${typeName(changes)}`}`,
  );
}

function readText(path: string, text: string, yaml: Yaml): unknown {
  try {
    const { duplicates, value } = parseYaml(text, yaml);
    const second = secondDocument(text, yaml);
    if (second !== undefined) {
      throw new Failure(
        `${path}: line ${lineOf(text, second) + 1}: a second document begins: all changes stand in one`,
      );
    }
    const [twice] = duplicates;
    if (twice === undefined) return value;
    throw new Failure(`${path}: line ${twice.line + 1}: ${twice.path} is written twice`);
  } catch (error) {
    throw error instanceof YamlError ? new Failure(`${path}: line ${error.line + 1}: ${error.message}`) : error;
  }
}

/** Where another document with something in it begins. */
function secondDocument(text: string, yaml: Yaml): number | undefined {
  const documents = yaml.parseAllDocuments(text, { schema: "failsafe", logLevel: "silent", version: "1.1" });
  const [, second] = [...documents].filter(({ contents }) => yaml.isCollection(contents));
  return second?.contents?.range[0];
}

function listIn(path: string, value: { readonly [field: string]: unknown }): unknown {
  const other = Object.keys(value).find((name) => name !== CHANGES);
  if (other === undefined) return value[CHANGES];
  throw new Failure(`${path}: there is no field ${other}${didYouMean(other, [CHANGES]) || `, only ${CHANGES}`}`);
}
