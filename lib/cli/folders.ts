// cli: a folder -> the files in it that are read, and what is passed over.

import type { Dirent } from "node:fs";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { counted } from "./failure.js";

export interface FolderContents {
  /** Paths, each folder's by name; with subfolders, where their folder stands. */
  readonly files: string[];
  /** Names of folders that were not looked into, from the folder that was asked for. */
  readonly subfolders: string[];
  /** Names of files that were not read. */
  readonly others: string[];
}

const READ = /\.(?:ya?ml|json)$/;
/** How many names of what is passed over are told. */
const SUBFOLDERS_NAMED = 8;
const OTHERS_NAMED = 3;

/** With `recursive` also what is in subfolders; not behind links to folders, which may lead back. */
export function contentsOf(folder: string, recursive: boolean): FolderContents {
  const contents: FolderContents = { files: [], subfolders: [], others: [] };
  walk(folder, "", recursive, contents);
  return contents;
}

function walk(root: string, within: string, recursive: boolean, contents: FolderContents): void {
  const entries = readdirSync(join(root, within), { withFileTypes: true });
  entries.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  for (const entry of entries) {
    const name = join(within, entry.name);
    const found = followed(root, name, entry);
    if (found.isDirectory()) {
      if (recursive && !entry.isSymbolicLink()) walk(root, name, recursive, contents);
      else contents.subfolders.push(name);
    } else if (found.isFile() && READ.test(name)) contents.files.push(join(root, name));
    else contents.others.push(name);
  }
}

/** What a link leads to; one that leads nowhere and would not be read is what it is. */
function followed(root: string, name: string, entry: Dirent) {
  if (!entry.isSymbolicLink()) return entry;
  return statSync(join(root, name), { throwIfNoEntry: READ.test(name) }) ?? entry;
}

/** One line on what is passed over; undefined where nothing is. */
export function passedOver(
  folder: string,
  { others, subfolders }: FolderContents,
  recursive: boolean,
): string | undefined {
  const parts: string[] = [];
  if (subfolders.length > 0) {
    const what = recursive
      ? counted(subfolders.length, "link to a folder", "links to folders")
      : `${counted(subfolders.length, "subfolder")}, which -R reads`;
    parts.push(`${what} (${some(subfolders, SUBFOLDERS_NAMED)})`);
  }
  if (others.length > 0) {
    parts.push(`${counted(others.length, "file")} of other types (${some(others, OTHERS_NAMED)})`);
  }
  return parts.length === 0 ? undefined : `${folder}: passed over ${parts.join(" and ")}`;
}

function some(names: readonly string[], most: number): string {
  const more = names.length - most;
  return `${names.slice(0, most).join(", ")}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
}
