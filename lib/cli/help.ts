// cli: how help is laid out, and what --version prints.

import { existsSync, readFileSync } from "node:fs";
import type { HelpConfiguration } from "commander";

/** Of help that is not shown on a terminal, and the most of help that is. */
const WIDTH = 100;

export const HELP: HelpConfiguration = {
  optionTerm: ({ flags }) => flags.replace(/<(.+)>/, "$1"),
  // Defaults are named where they are described.
  optionDescription: ({ description }) => description,
  subcommandTerm: (command) => command.name(),
  showGlobalOptions: false,
};

export function helpWidth(columns: number | undefined): number {
  return Math.min(columns ?? WIDTH, WIDTH);
}

/** The version in package.json, which lies one folder above the bundle and two above this source. */
export function version(): string {
  for (const path of ["../package.json", "../../package.json"]) {
    const url = new URL(path, import.meta.url);
    if (!existsSync(url)) continue;
    const { name, version } = JSON.parse(readFileSync(url, "utf8"));
    if (name === "topomatch") return version;
  }
  return "unknown";
}
