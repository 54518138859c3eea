// @kmsim/attestation is loaded when it is used and not before; without it there is an error that says what to install. And what it makes is the same
// on both backends, in any process, on any Node.

import { createPublicKey } from 'node:crypto';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { realPrivateKey } from '../../../attestation/test/real-answer.ts';
import { buildTimeout, built } from '../build.ts';
import { start } from '../child.ts';

const digest = 'f39c80b89452fc8da1f0c6829f4320712d4a57a70a167b8ae084b9475bc1bad6';
const program = fileURLToPath(new URL('one-recipient.mjs', import.meta.url));
const publicKey = createPublicKey(realPrivateKey).export({ type: 'spki', format: 'der' }).toString('base64');

/** Path of another Node, to ask it too. */
const otherNode = process.env['KMSIM_OTHER_NODE'] ?? '';
const otherReason = otherNode === '' ? ' (skipped: KMSIM_OTHER_NODE names none)' : '';

let face = '';
beforeAll(async () => {
  face = pathToFileURL(`${await built()}/packages/kmsim/dist/index.js`).href;
}, buildTimeout);

interface Found {
  readonly digest: string;
  readonly told: readonly { readonly code: string; readonly message: string }[];
  /** What happened in which order. */
  readonly order: string;
}

async function run(node: string, how: string): Promise<Found> {
  const env = { ...process.env, RECIPIENT_KEY: publicKey, NODE_NO_WARNINGS: '1' };
  const { code, stderr, stdout } = await start(node, [program, face, ...how.split(' ')], { env }).ended;
  expect(code, stderr).toBe(0);
  return { ...(JSON.parse(stdout) as Omit<Found, 'order'>), order: stderr };
}

describe('where it is installed', () => {
  test.each(['native', 'portable'])('it is loaded once, after all that needs it not: %s', async (backend) => {
    expect(await run(process.execPath, `${backend} present`)).toEqual({ digest, told: [], order: 'before;asked;' });
  });

  test.skipIf(otherNode === '')(`on another Node${otherReason}`, async () => {
    expect(await run(otherNode, 'native present')).toMatchObject({ digest, told: [] });
  });
});

test('where it is not installed, all but Recipients works, and the errors say what to do', async () => {
  const { order, told } = await run(process.execPath, 'native absent');
  expect(order).toMatch(/^before;(?:asked;)+$/);
  const [document, ...calls] = told;
  expect(document).toEqual({
    code: 'NoAttestation',
    message:
      'There is no @kmsim/attestation here. It is an optional dependency of kmsim: npm install --save-dev @kmsim/attestation',
  });
  expect(calls).toHaveLength(4);
  for (const call of calls)
    expect(call).toEqual({
      code: 'NotImplemented',
      message:
        'A Recipient needs the package @kmsim/attestation, and it is not installed: npm install @kmsim/attestation',
    });
});
