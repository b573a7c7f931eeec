// cli: what a report can be asked for, once the words of the command line are understood.

import type { InputArguments, VerdictArguments } from "../arguments.js";

export const REPORT_FORMATS = ["md"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const REPORT_SUBJECTS = ["pods", "claims"] as const;
export type ReportSubject = (typeof REPORT_SUBJECTS)[number];

export interface ReportArguments extends InputArguments, VerdictArguments {
  /** As they were named. */
  readonly pods: readonly string[];
  /** The path of a page. */
  readonly html: string | undefined;
  readonly output: ReportFormat | undefined;
  /** The key of a label. */
  readonly groupBy: string | undefined;
  readonly columns: ReportSubject | undefined;
  readonly quiet: boolean;
}
