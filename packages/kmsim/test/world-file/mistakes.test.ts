// What is wrong with a world is told with its place and what to write, all of it at once; what is hostile is refused.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createKmsim } from '../../src/index.ts';
import { checkWorldFile, loadWorld, problemLine, readWorld, worldOf } from '../../src/world.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';

function folder(files: Readonly<Record<string, string | Uint8Array>>): (name: string) => string {
  const path = mkdtempSync(join(tmpdir(), 'kmsim-world-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return (name) => join(path, name);
}

/** Without the folder. */
function mistakesOf(text: string, others: Readonly<Record<string, string>> = {}): readonly string[] {
  const at = folder({ 'kms.yaml': text, ...others });
  return checkWorldFile(at('kms.yaml')).map((one) => problemLine({ ...one, file: 'kms.yaml' }));
}

function refusal(text: string): string {
  const { code, problem } = kmsimErrorOf(() => readWorld(text));
  expect(code).toBe('InvalidWorld');
  return problem;
}

const role = 'arn:aws:iam::000000000000:role/A';

test('all of them are told, from the top down, each with its line and what to write', () => {
  const text = `seed: 1
acount: '1'
identities:
  - arn: ${role}
    policies: { x: { Version: '2012-10-17', Statement: { Effect: Alow, Action: '*', Resource: '*' } } }
disabledRegions: [us-east-1]
keys:
  - id: nope
    spec: RSA_248
  - spec: RSA_2048
  - material: { hex: abcd }
  - id: mrk-0123456789abcdef0123456789abcdef
  - aliases: [alias/y, foo]
  - aliases: [alias/z]
  - aliases: [alias/z]
    policy: { Version: '2012-10-17', Statement: [] }
`;
  const lines = mistakesOf(text);
  expect(lines.slice(0, 2)).toEqual([
    'kms.yaml:2:1: acount is nothing that a world has. Did you mean account?',
    expect.stringMatching(/^kms\.yaml:4:5: identities\[0\] is refused: .*Effect is neither Allow nor Deny/),
  ]);
  expect(lines.slice(2)).toEqual([
    expect.stringMatching(/^kms\.yaml:6:19: disabledRegions\[0\] is refused: Only opt-in Regions can be disabled/),
    `kms.yaml:8:5: keys[0].id is a UUID in lower case, or 'mrk-' and 32 hexadecimal digits, not "nope".`,
    'kms.yaml:9:5: keys[0].spec cannot be "RSA_248". Did you mean RSA_2048?',
    'kms.yaml:10:5: keys[1] has no usage, and RSA_2048 keys have several: write usage: ENCRYPT_DECRYPT or SIGN_VERIFY.',
    'kms.yaml:11:5: keys[2].material is no material of a SYMMETRIC_DEFAULT key: give 32 bytes, 64 hexadecimal digits.',
    "kms.yaml:12:5: keys[3].id begins with 'mrk-': say multiRegion: true.",
    `kms.yaml:13:24: keys[4].aliases[1] is the name of an alias ('alias/app'), not "foo".`,
    expect.stringMatching(/^kms\.yaml:15:15: keys\[6\]\.aliases\[0\] is refused: AlreadyExistsException: /),
    expect.stringMatching(/^kms\.yaml:16:5: keys\[6\]\.policy is refused: MalformedPolicyDocumentException: /),
  ]);
});

test.each([
  ['identities: 1', 'identities is a list of users and roles, not 1.'],
  ['keys: [1]', 'keys[0] is a key, not 1.'],
  ['keys: [{ enabled: yes }]', 'keys[0].enabled is true or false, not "yes".'],
  ['keys: [{ material: { hex: aa, pem: x } }]', 'not 2 of them.'],
  ['keys: [{ material: { file: key.pem } }]', 'only a world that is loaded from a file can'],
  ['keys: [{ replicas: [eu-west-1], multiRegion: false }]', 'say multiRegion: true'],
  ['keys: [{ spec: ECC_NIST_P256, usage: ENCRYPT_DECRYPT }]', 'write SIGN_VERIFY or KEY_AGREEMENT'],
  ['keys: [{ grants: [{ grantee: a }] }]', 'keys[0].grants[0] has no operations'],
  ['keys: [{ rotationDays: 365, spec: HMAC_256 }]', 'keys[0].rotationDays is refused: UnsupportedOperationException'],
  ['accounts: { x: {} }', 'stands where an account id of 12 digits is expected'],
  ['accessKeys: [{ accessKeyId: A, secretAccessKey: a, as: arn:x }]', 'accessKeys[0].as is refused'],
  ['clock: still', 'clock is refused: A clock that stands still needs a seed.'],
  ['start: 2030-01-01', 'start is refused: A start needs a seed.'],
  ['organization: { id: o-a, accounts: ["1"] }', 'organization.accounts[0] is an account id of 12 digits'],
  ['faults: { service: 1 }', 'faults is refused'],
  ['[]', 'is to be an object with keys, identities and so on, not that list.'],
  ['seed: 1\nseed: 2', 'line 2:1: The world cannot be read: Map keys must be unique.'],
  ['keys: [', 'cannot be read'],
])('%s', (text, told) => {
  expect(refusal(text)).toContain(told);
});

test('a secret is not repeated', () => {
  const secret = 'c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=!';
  expect(refusal(`keys: [{ material: { base64: '${secret}' } }]`)).not.toContain(secret);
});

test('an object of the program is checked as well', () => {
  expect(kmsimErrorOf(() => worldOf({ keys: [{ spec: 'AES' as never }] })).problem).toMatch(
    /^keys\[0\]\.spec cannot be "AES"/,
  );
  expect(kmsimErrorOf(() => worldOf({ identities: [{ arn: 'arn:x' }] })).problem).toMatch(
    /^identities\[0\] is refused/,
  );
});

test('numbers are read as they are meant', () => {
  const sim = createKmsim({ world: readWorld('account: 000000000012\naccounts: { 000000000013: {} }') });
  expect(sim.account).toBe('000000000012');
});

const laughs = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`);
const steps = Array.from({ length: 2_000 }, (_, at) => `${' '.repeat(at)}a:`);

test.each([
  ['aliases that multiply', ['a0: &a0 [x]', ...laughs].join('\n'), /more than 100 uses of aliases/],
  ['brackets', '['.repeat(100_000), /nested deeper than 64 levels/],
  ['dashes', `${'- '.repeat(5_000)}x`, /nested deeper than 64 levels/],
  ['steps', steps.join('\n'), /nested deeper than 64 levels/],
  ['an alias of itself', 'a: &a [*a]', /aliases|deeper|cannot be read/],
  ['tags', 'seed: !!js/function x', /^line 1:\d+: seed has a tag/],
  ['a size', `seed: 1 #${'x'.repeat(9_000_000)}`, /longer than 8388608 bytes/],
])('hostile: %s', (_, text, told) => {
  expect(refusal(text)).toMatch(told);
});

test.skipIf(process.platform === 'win32')(
  'files outside of the folder, links out of it, devices and pipes are not read',
  () => {
    const at = folder({ 'secret.pem': 'x' });
    mkdirSync(at('world'));
    writeFileSync(at('world/fat'), new Uint8Array(2 ** 20 + 1));
    mkdirSync(at('world/sub'));
    symlinkSync(at('secret.pem'), at('world/link.pem'));
    symlinkSync(at('.'), at('world/sub/out'));
    const pipe = spawnSync('mkfifo', [at('world/pipe')]).status === 0;
    const told = (file: string): string => {
      writeFileSync(at('world/kms.json'), JSON.stringify({ keys: [{ material: { file } }] }));
      return checkWorldFile(at('world/kms.json'))[0]?.problem ?? 'nothing';
    };
    for (const file of [
      '../secret.pem',
      'sub/../../secret.pem',
      at('secret.pem'),
      '/etc/passwd',
      '..\\secret.pem',
      'C:x',
      '',
    ])
      expect(told(file), file).toMatch(/^leads out of the folder/);
    for (const file of ['link.pem', 'sub/out/secret.pem'])
      expect(told(file), file).toMatch(/^is a link that leads out/);
    expect(told('sub')).toMatch(/is a folder/);
    expect(told('none')).toMatch(/^is no file that is there/);
    expect(told('fat')).toMatch(/larger than 1048576 bytes/);
    for (const file of ['/dev/zero', ...(pipe ? [at('world/pipe')] : [])])
      expect(kmsimErrorOf(() => loadWorld(file)).problem, file).toContain('is no file');
    if (pipe) expect(told('pipe')).toMatch(/^is no file/);
  },
);
