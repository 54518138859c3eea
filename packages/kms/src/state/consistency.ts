// When authorization goes by a change: docs/decisions/consistency.md

/** At once, or when it has spread. */
export type Consistency = 'immediate' | 'eventual';
