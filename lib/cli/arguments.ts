// cli: what the commands can be asked for, once the words of the command line are understood.

export const MODES = ["live", "manifests"] as const;
export type Mode = (typeof MODES)[number];

export const OUTPUT_FORMATS = ["table", "wide", "json", "yaml"] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export const LINT_FORMATS = ["text", "json", "sarif", "junit"] as const;
export type LintFormat = (typeof LINT_FORMATS)[number];

export const COLOR_CHOICES = ["auto", "always", "never"] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

/** A cluster that is asked through kubectl. */
export interface KubectlArguments {
  /** Of kubectl's configuration; undefined for those that are current. */
  readonly context: string | undefined;
  readonly kubeconfig: string | undefined;
  /** Objects of every namespace are asked about, and not only those of one. */
  readonly allNamespaces: boolean;
}

/** What is read, and how it is understood. */
export interface InputArguments {
  readonly paths: readonly string[];
  /** Where no path is given. */
  readonly kubectl: KubectlArguments | undefined;
  /** Folders are read with their subfolders. */
  readonly recursive: boolean;
  /** Of pods that are named without one, and of objects that name none; undefined for that of kubectl's context. */
  readonly namespace: string | undefined;
  readonly mode: Mode;
  /** Doubtful fields are input errors: written twice in YAML, or in manifests mode none of the kind. */
  readonly strict: boolean;
  /** In manifests mode: provisioners have room, and have provisioned immediate claims. */
  readonly assumeProvisioned: boolean;
}

/** Whose verdicts are wanted. */
export interface VerdictArguments {
  /** In the scheduler's order; empty for all that are carried out. */
  readonly filters: readonly string[];
  /** A minor that is offered. */
  readonly kubernetes: string;
  readonly gates: { readonly [name: string]: boolean };
}

/** How anything is told. */
export interface TellingArguments {
  readonly color: ColorChoice;
  /** Nothing but a failure is written to standard error. */
  readonly quiet: boolean;
}

/** How verdicts are told. */
export interface OutputArguments extends TellingArguments {
  readonly output: OutputFormat;
  /** Tables have headings and a summary. */
  readonly headers: boolean;
}

/** Arguments whose namespace is known. */
export type Located<Arguments extends InputArguments> = Arguments & { readonly namespace: string };

export interface CheckArguments extends InputArguments, VerdictArguments, OutputArguments {
  /** As they were named: `NAMESPACE/NAME`, `NAME` or `pod/NAME`. */
  readonly pods: readonly string[];
  readonly printObjects: boolean;
  readonly plans: boolean;
}

export interface LintArguments extends InputArguments, VerdictArguments, TellingArguments {
  readonly format: LintFormat;
  /** Ids of rules that are left out. */
  readonly skip: readonly string[];
}
