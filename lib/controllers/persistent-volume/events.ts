// controllers: what the PV controller says about claims and volumes, in upstream's words.

/** An event as the controller records it. */
export interface ControllerEvent {
  readonly kind: "PersistentVolumeClaim" | "PersistentVolume";
  /** `NAMESPACE/NAME` of a claim, `NAME` of a volume. */
  readonly object: string;
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
}

/** Events in the order in which they were first recorded, each once. */
export class Events {
  readonly #events = new Map<string, ControllerEvent>();

  claim(object: string, type: ControllerEvent["type"], reason: string, message: string): void {
    this.#add({ kind: "PersistentVolumeClaim", object, type, reason, message });
  }

  volume(object: string, type: ControllerEvent["type"], reason: string, message: string): void {
    this.#add({ kind: "PersistentVolume", object, type, reason, message });
  }

  list(): ControllerEvent[] {
    return [...this.#events.values()];
  }

  #add(event: ControllerEvent): void {
    const id = JSON.stringify(event);
    if (!this.#events.has(id)) this.#events.set(id, event);
  }
}
