// Modules that were bundled -> the licences of the packages that they come from.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package without the text of its licence -> one of the same authors that has it. */
const TEXT_OF = { "@assemblyscript/loader": "assemblyscript" };

/** @throws Error where a package's licence is not to be found. */
export function noticesOf(modules) {
  const packages = new Map();
  for (const path of modules) {
    const [, modulesFolder, name] = /^(.*\/node_modules\/)((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    if (name !== undefined) packages.set(name, modulesFolder);
  }
  return [...packages]
    .sort()
    .map(([name, folder]) => notice(name, folder))
    .join("\n\n");
}

function notice(name, folder) {
  const { license, version } = JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8"));
  const text = join(folder, TEXT_OF[name] ?? name, "LICENSE");
  if (!existsSync(text)) throw new Error(`${name} has no LICENSE that could go with it`);
  return `${name} ${version}, ${license}\n\n${readFileSync(text, "utf8")}`;
}
