// What a command needs of the process it runs in, and the exit codes it ends with.

export interface Io {
  /** What was asked for: tables, JSON, transcripts. */
  readonly stdout: NodeJS.WritableStream;
  /** How it goes. */
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls back when the person presses Ctrl-C; what it answers ends that. */
  onInterrupt(stop: () => void): () => void;
}

/** All right; something recorded does not hold, or nobody answered; the command cannot be run so. */
export const exitCodes = { good: 0, bad: 1, misused: 2 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
