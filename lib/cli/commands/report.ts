// cli: how `topomatch report` is called.

import { Option } from "commander";
import { addPodArguments, addVerdictOptions, verdictArguments } from "../common-options.js";
import { add } from "../describe-options.js";
import { UsageFailure } from "../failure.js";
import { addInputOptions, inputArguments } from "../input-options.js";
import { behindShortFlag, oneOf } from "../option-values.js";
import type { ReportFormat, ReportSubject } from "../report/arguments.js";
import { REPORT_FORMATS, REPORT_SUBJECTS } from "../report/arguments.js";
import type { DescribeCommand } from "./command.js";

const AFTER = `
Exit status: 0 every pod (or claim) fits some node, 1 some fit none, 2 wrong usage or input.

Example: topomatch report -A --html report.html
Example: topomatch report --mode manifests -R -f deploy/ --html report.html -o md > comment.md
`;

interface Values {
  readonly columns?: ReportSubject;
  readonly groupBy?: string;
  readonly html?: string;
  readonly output?: ReportFormat;
  readonly quiet?: boolean;
}

export const describeReport: DescribeCommand = (command, choose) => {
  command
    .summary("draw nodes and pods as one page of HTML, or tell them in a comment's Markdown")
    .description(
      "Tells which pods fit which nodes and why not: as a page of HTML in one file, as Markdown for a pull request, or both.",
    )
    .usage("[-f PATH ...] [--html FILE] [POD ...]")
    .addHelpText("after", AFTER);
  addPodArguments(command);
  addInputOptions(command);
  addVerdictOptions(command);
  add(command, "Output:", [
    new Option("--html <FILE>", "write a page that needs no network, with the nodes and pods as a picture").argParser(
      (word: string) => {
        if (word === "") throw new UsageFailure("--html needs the path of a file");
        return word;
      },
    ),
    new Option("-o, --output <FORMAT>", "md (default without --html): Markdown for a comment").argParser(
      (word: string) => oneOf("-o", behindShortFlag(word), REPORT_FORMATS),
    ),
    new Option(
      "--group-by <KEY>",
      "the label by which the picture groups nodes (default: topology.kubernetes.io/zone, or the first topology key that nodes have)",
    ).argParser((word: string) => {
      if (word === "") throw new UsageFailure("--group-by needs the key of a label");
      return word;
    }),
    new Option(
      "--columns <SUBJECT>",
      "pods, or claims: each as the only one of a pod (default: pods where there are any to ask about, otherwise claims)",
    ).argParser((word: string) => oneOf("--columns", word, REPORT_SUBJECTS)),
    new Option("-q, --quiet", "no notes on standard error"),
  ]);
  command.action((pods: readonly string[]) => {
    const { columns, groupBy, html, output, quiet = false } = command.opts<Values>();
    if (columns === "claims" && pods.length > 0) throw new UsageFailure("--columns claims takes no POD");
    const wanted = {
      ...inputArguments(command),
      ...verdictArguments(command),
      pods,
      html,
      output: output ?? (html === undefined ? "md" : undefined),
      groupBy,
      columns,
      quiet,
    };
    choose(async ({ io, stderr, stdout }) => {
      const { runReport } = await import("../report/report.js");
      return runReport(wanted, io, stdout, stderr);
    });
  });
};
