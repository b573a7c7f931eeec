// controllers: what the PV controller is told beside volumes, claims and classes.

import type { ClaimPods } from "./claim-pods.js";

export interface SyncOptions {
  /** The class of claims that name none. */
  readonly defaultClass: string | undefined;
  readonly pods: ClaimPods;
  /**
   * Volumes and claims were written by hand: claims that are bound are taken as they are, no provisioner or deleter is
   * asked, and a volume whose claim names another one is left alone.
   */
  readonly written: boolean;
}
