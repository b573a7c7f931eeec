// cli: findings -> text for a person: what, where, why and what helps, a line each; objects with one fault together.

import type { Finding } from "../../lint.js";
import { alikeFindings } from "../../report/findings.js";
import { counted, printable } from "../failure.js";
import type { Output } from "../io.js";
import type { Paint } from "../style.js";

/** So many objects are named. */
const NAMED = 3;
const STYLES = { error: "red", warning: "bold", info: "dim" } as const;

export async function writeText(findings: readonly Finding[], output: Output, paint: Paint): Promise<void> {
  for (const group of alikeFindings(findings)) {
    if (output.closed) return;
    const [{ field, id, object, remedy, sentence, severity }] = group;
    const names = group.slice(0, NAMED).map(nameOf).join(", ");
    const more = group.length - NAMED;
    const objects = `${object.kind} ${names}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
    await output.write(
      `${paint(STYLES[severity], severity.padEnd(LABEL))}${printable(objects)}  ${paint("dim", id)}\n` +
        line("where", field, paint) +
        line("why", sentence, paint) +
        `${line("help", remedy, paint)}\n`,
    );
  }
  await output.write(`${summary(findings)}\n`);
}

/** How wide the first column is. */
const LABEL = 9;

function line(label: string, text: string, paint: Paint): string {
  return `${paint("dim", `  ${label}`.padEnd(LABEL))}${printable(text)}\n`;
}

export function nameOf({ object: { name, namespace } }: Finding): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function summary(findings: readonly Finding[]): string {
  if (findings.length === 0) return "nothing found";
  const count = (wanted: Finding["severity"]): number => findings.filter(({ severity }) => severity === wanted).length;
  const [errors, warnings, infos] = [count("error"), count("warning"), count("info")];
  const parts = [
    errors > 0 ? counted(errors, "error") : "",
    warnings > 0 ? counted(warnings, "warning") : "",
    infos > 0 ? `${infos.toLocaleString("en")} for information` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}
