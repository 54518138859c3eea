// What docs/migrate.md shows for those who come from moto runs with boto3.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createKmsim, serve } from 'kmsim';
import { expect, test } from 'vitest';
import { root } from '../../scripts/run.mjs';

const isThere = spawnSync('python3', ['-c', 'import boto3']).status === 0;

test.skipIf(!isThere)(`examples/from-moto.py${isThere ? '' : ' (skipped: there is no boto3 here)'}`, async () => {
  const server = await serve(createKmsim());
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...server.env };
  const python = spawn('python3', ['examples/from-moto.py'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  python.stdout.on('data', (piece) => {
    output += piece;
  });
  const [code] = await once(python, 'close');
  await server.close();
  expect(output).toBe('refused: InvalidCiphertextException\n');
  expect(code).toBe(0);
});
