// What a view can ask of the page around it.

export interface Room {
  /** Shows a key, or the events about it. */
  readonly toKey: (arn: string) => void;
  readonly toEventsOf: (arn: string) => void;
  /** Something in the simulation was changed from here. */
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}
