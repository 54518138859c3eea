// Lines of a guide that are no whole program run with what the page has around them:
// docs/audit.md, docs/cost.md, docs/nitro-enclaves.md, docs/world-files.md.

import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as kmsim from 'kmsim';
import * as worlds from 'kmsim/world';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../run.mjs';

const mine = '<!-- run by: scripts/test/fragments.test.ts -->';
const enclave = 'arn:aws:iam::000000000000:role/Enclave';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-fragments-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fragmentsOf(page: string): readonly string[] {
  const text = readFileSync(join(root, 'docs', page), 'utf8');
  return text
    .split(`${mine}\n`)
    .slice(1)
    .map((rest) => /^```\w+\n([\s\S]*?)```/.exec(rest)?.[1] ?? '');
}

/** Runs the lines with these names in reach, files in a folder of their own; answers what their last expression is. */
async function run(fragment: string, names: Readonly<Record<string, unknown>>): Promise<unknown> {
  const lines = fragment
    .replace(/^import .*\n/gm, '')
    .replace(/'(?:\.\/)?([\w-]+\.(?:jsonl|yaml))'/g, (_, name) => JSON.stringify(join(folder, name)))
    // As TypeScript would compile it for Node 20, which has no `using`.
    .replace(/^using /gm, 'const ')
    .trim()
    .split('\n');
  const last = lines.at(-1) ?? '';
  const body = /^(?:const|await|\/\/)/.test(last) ? lines : [...lines.slice(0, -1), `return ${last}`];
  const known = { ...kmsim, ...worlds, writeFileSync, ...names };
  // The page is the program.
  const program = new Function(...Object.keys(known), `return (async () => {\n${body.join('\n')}\n})()`);
  return program(...Object.values(known));
}

test('docs/audit.md: a server with its trail, and a trail in a file', async () => {
  const [server = '', stream = ''] = fragmentsOf('audit.md');
  expect(server).toContain('await server.close()');
  await run(server, {});
  await run(stream, {});
  expect(existsSync(join(folder, 'trail.jsonl'))).toBe(true);
});

test('docs/cost.md: prices and clusters of your own', async () => {
  const [asked = ''] = fragmentsOf('cost.md');
  const sim = kmsim.createKmsim({ seed: 'cost' });
  await sim.as().createKey();
  expect(await run(asked, { sim })).toMatchObject({ totals: expect.anything() });
});

test('docs/nitro-enclaves.md: the question is asked with a Recipient', async () => {
  const [asked = ''] = fragmentsOf('nitro-enclaves.md');
  const image = 'aa'.repeat(48);
  const Condition = { StringEqualsIgnoreCase: { 'kms:RecipientAttestation:ImageSha384': image } };
  const Statement = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Condition };
  const identities = [{ arn: enclave, policies: { decrypt: { Version: '2012-10-17', Statement } } }];
  const sim = kmsim.createKmsim({ seed: 'enclave', identities });
  const { KeyMetadata: key } = await sim.as().createKey();
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const allowed = async (pcr0: string): Promise<unknown> => {
    const AttestationDocument = await sim.attestation.document({ publicKey: spki, pcrs: { 0: pcr0 } });
    const Recipient = { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256', AttestationDocument };
    return run(asked, { sim, enclave, keyId: key?.Arn, Recipient });
  };
  expect(await allowed(image)).toBe(true);
  expect(await allowed('bb'.repeat(48))).toBe(false);
});

test('docs/world-files.md: a world is loaded, and written', async () => {
  const [loaded = '', written = ''] = fragmentsOf('world-files.md');
  const key = 'keys:\n  - aliases: [alias/app]\n';
  writeFileSync(join(folder, 'kms.yaml'), key);
  await run(loaded, {});
  const sim = kmsim.createKmsim({ world: worlds.readWorld(key), seed: 'export' });
  await run(written, { sim });
  expect(readFileSync(join(folder, 'kms.yaml'), 'utf8')).toContain('alias/app');
  expect(worlds.checkWorldFile(join(folder, 'kms.yaml'))).toEqual([]);
});
