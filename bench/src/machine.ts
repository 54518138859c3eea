// Where and when the figures were taken: without that they say little.

import { cpus, totalmem } from 'node:os';

export interface Machine {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
  readonly v8: string;
  readonly openssl: string;
}

export function describeMachine(): Machine {
  const { node, openssl = 'none', v8 } = process.versions;
  const cores = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node,
    v8,
    openssl,
  };
}

export function machineLine({ date, cpu, cores, memoryGiB, platform, node, openssl }: Machine): string {
  return `${date} | ${cpu}, ${cores} cores, ${memoryGiB} GiB | ${platform} | Node ${node}, OpenSSL ${openssl}`;
}
