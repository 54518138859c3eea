// Commands that stand on @kmsim/conformance, run in this process.

import { Command } from 'commander';
import { vi } from 'vitest';

export interface Ran {
  readonly code: number | string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** `kmsim ...args`, with that command alone. */
export async function ran(add: (program: Command) => void, args: readonly string[]): Promise<Ran> {
  const said = { stdout: '', stderr: '' };
  const program = new Command('kmsim').exitOverride().configureOutput({
    writeErr: (text) => {
      said.stderr += text;
    },
    writeOut: (text) => {
      said.stdout += text;
    },
  });
  add(program);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      said[name] += String(chunk);
      return true;
    }),
  );
  const before = process.exitCode;
  try {
    await program.parseAsync(args, { from: 'user' });
    return { ...said, code: process.exitCode ?? 0 };
  } catch (error) {
    const { exitCode = 1, message } = error as { exitCode?: number; message: string };
    return { stdout: said.stdout, stderr: said.stderr || message, code: exitCode };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}
