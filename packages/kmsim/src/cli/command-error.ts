// What a command says when it cannot do what it was asked: one line, with the flags of the command line.

import { KmsimError, type KmsimErrorCode } from '../kmsim-error.ts';

const hints: Partial<Readonly<Record<KmsimErrorCode, string>>> = {
  InvalidOption: 'kmsim serve --help shows what there is.',
  NotLoopback: 'Add --i-understand-this-is-exposed if everybody who reaches the port may use the keys.',
  CannotListen: 'Choose another with --port or --host; --port 0 takes a free one.',
};

export function wordsFor(error: unknown): string {
  if (error instanceof KmsimError) return `${error.problem} ${hints[error.code] ?? error.hint} [${error.code}]`;
  return error instanceof Error ? error.message : String(error);
}
