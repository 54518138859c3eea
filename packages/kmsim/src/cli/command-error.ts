// What a command says when it cannot do what it was asked: one line, with the flags of the command line.

import { printable } from '@kmsim/authz';
import { KmsimError, type KmsimErrorCode } from '../kmsim-error.ts';
import { inert } from './terminal.ts';

const hints: Partial<Readonly<Record<KmsimErrorCode, string>>> = {
  NotLoopback: 'Add --i-understand-this-is-exposed if everybody who reaches the port may use the keys.',
  InvalidXksEndpoint: 'Write --xks-endpoint https://xks.example.com=http://127.0.0.1:4600.',
  InvalidXksProxy: 'kmsim xks-proxy --help shows what there is.',
  CannotListen: 'Choose another with --port or --host; --port 0 takes a free one.',
};

/** Lines in which nothing moves a terminal's cursor, whatever was given on the command line. */
export function visible(lines: string): string {
  return lines.split('\n').map(printable).join('\n');
}

/** The same as JSON: what would move a cursor is escaped, so that it reads as it was. */
export function visibleJson(value: unknown): string {
  return inert(JSON.stringify(value, undefined, 2));
}

/** `command` is the one that was asked: its help has the options. */
export function wordsFor(error: unknown, command?: string): string {
  if (error instanceof KmsimError) return `${error.problem} ${hintFor(error, command)} [${error.code}]`;
  return error instanceof Error ? error.message : String(error);
}

function hintFor({ code, hint }: KmsimError, command: string | undefined): string {
  if (code === 'InvalidOption') return `kmsim ${command === undefined ? '' : `${command} `}--help shows what there is.`;
  return hints[code] ?? hint;
}
