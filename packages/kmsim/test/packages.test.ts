// The packages as users get them: packed by pnpm, installed by plain npm into an empty folder, tried there.

import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captureFile, capturePnpm, root } from '../../../scripts/run.mjs';
import { buildTimeout, built } from './build.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: unknown;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

let folder = '';
let names: readonly string[] = [];

async function manifest(path: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as Manifest;
}

/** Runs a program in the folder, as a user would. */
function run(program: string, ...args: string[]): { status: number | null; output: string } {
  // What the npm that runs this test says of itself is no business of the one it starts.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle)_|^npm_command$|^NODE_ENV$/.test(name)),
  );
  const { error, status, stderr, stdout } = spawnSync(program, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { status, output: `${stdout}${stderr}${error ?? ''}` };
}

beforeAll(async () => {
  await built();
  folder = await mkdtemp(join(tmpdir(), 'kmsim-installed-'));
  const folders = (await readdir(join(root, 'packages'))).map((name) => join(root, 'packages', name));
  names = (await Promise.all(folders.map(manifest))).filter((one) => !one.private).map(({ name }) => name);
  const filters = names.flatMap((name) => ['--filter', `"${name}"`]);
  const pack = capturePnpm(['-r', ...filters, 'pack', '--pack-destination', `"${folder}"`]);
  expect(pack.ok, pack.output).toBe(true);
  const tarballs = (await readdir(folder)).map((name) => `./${name}`);
  expect(tarballs).toHaveLength(names.length);
  const sdk = (await manifest(root)).devDependencies?.['@aws-sdk/client-kms'];
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }));
  const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const install = run('npm', 'install', ...flags, `@aws-sdk/client-kms@${sdk}`, ...tarballs);
  expect(install.status, install.output).toBe(0);
}, buildTimeout + 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('every public package is installed from its tarball, and none from elsewhere', async () => {
  const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string }>;
  };
  const ours = Object.entries(lock.packages).filter(([path]) => /node_modules\/(@kmsim\/[^/]+|kmsim)$/.test(path));
  expect(ours.map(([path]) => path.replace('node_modules/', '')).sort()).toEqual([...names].sort());
  for (const [, { resolved }] of ours) expect(resolved).toMatch(/^file:.*\.tgz$/);
});

test('no manifest names the workspace or its sources', async () => {
  for (const name of names) {
    const path = join(folder, 'node_modules', name);
    const text = await readFile(join(path, 'package.json'), 'utf8');
    expect(text).not.toContain('workspace:');
    expect(JSON.stringify((await manifest(path)).exports)).not.toMatch(/"source"|\/src\//);
    // The schema of world files is for editors, the inspector for browsers.
    const more = name === 'kmsim' ? ['dist', 'inspector', 'schema'] : [];
    const expected = ['LICENSE', 'README.md', 'bundled', 'package.json', ...more];
    expect((await readdir(path)).sort()).toEqual(expected.sort());
  }
});

test('every package can be imported by its name', () => {
  // What needs no runner; kmsim/vitest is imported by an example.
  const source = [...names, 'kmsim/assert', 'kmsim/jest']
    .map((name) => `if (Object.keys(await import('${name}')).length === 0) throw new Error('${name} is empty');`)
    .join('\n');
  expect(run(process.execPath, '--input-type=module', '-e', `${source}\nconsole.log('imported');`)).toEqual({
    status: 0,
    output: 'imported\n',
  });
});

test('CommonJS requires it, without a warning', () => {
  const source = `
    const { createKmsim } = require('kmsim');
    const kms = createKmsim({ seed: 'required' }).as();
    kms.createKey().then(async ({ KeyMetadata: { KeyId } }) => {
      const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('4711') });
      const { Plaintext } = await kms.decrypt({ CiphertextBlob });
      console.log(Buffer.from(Plaintext).toString());
    });`;
  expect(run(process.execPath, '--input-type=commonjs', '-e', source)).toEqual({ status: 0, output: '4711\n' });
});

test('the command is there', async () => {
  const { version } = await manifest(join(root, 'packages/kmsim'));
  expect(run(join(folder, 'node_modules/.bin/kmsim'), '--version')).toEqual({ status: 0, output: `${version}\n` });
});

test('the inspector is there: its page, and every script that another one asks for', () => {
  const source = `
    import { createKmsim, serve } from 'kmsim';
    const server = await serve(createKmsim({ seed: 1 }), { admin: true });
    const get = async (path) => {
      const response = await fetch(server.admin.url + path);
      if (response.status !== 200) throw new Error(path + ' is ' + response.status);
      return response.text();
    };
    const seen = new Set(['/', '/inspector.css', '/icon.svg', '/main.js']);
    for (const path of seen)
      for (const [, name] of (await get(path)).matchAll(/from '\\.(\\/[\\w-]+\\.js)'/g)) seen.add(name);
    console.log(seen.size > 20);
    await server.close();
  `;
  expect(run(process.execPath, '--input-type=module', '-e', source)).toEqual({ status: 0, output: 'true\n' });
});

test('the examples of the README run', { timeout: buildTimeout }, async () => {
  // The README shows these very files (scripts/test/readme.test.ts). The test runner and optional peers are those of the workspace.
  await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  await symlink(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'), 'junction');
  const peers = join(folder, 'node_modules/@mswjs');
  await mkdir(peers, { recursive: true });
  await symlink(join(root, 'packages/kmsim/node_modules/@mswjs/interceptors'), join(peers, 'interceptors'), 'junction');
  const files = await readdir(join(folder, 'examples'));
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  const programs = files.filter((file) => file.endsWith('.mjs'));
  expect([tests.length > 0, programs.length > 0]).toEqual([true, true]);
  // Tests and programs are run (Python by site/test/python.test.ts); a file of another kind beside them is what they read or write.
  const strange = files.filter((file) => !/\.(?:ts|mjs|json|txt|ya?ml|py)$/.test(file));
  expect(strange, 'files in examples/ that nothing runs').toEqual([]);
  for (const file of programs) {
    const { output, status } = run(process.execPath, join('examples', file));
    expect(status, output).toBe(0);
  }
  const options = ['--root', '.', '--reporter=json', '--no-isolate', '--maxWorkers=1'];
  const vitest = run(process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...options);
  expect(vitest.status, vitest.output).toBe(0);
  expect(JSON.parse(vitest.output.slice(vitest.output.indexOf('{'), vitest.output.lastIndexOf('}') + 1))).toMatchObject(
    {
      numFailedTests: 0,
      success: true,
    },
  );
});

test('a user with TypeScript gives the configuration to the SDK, and no declaration is broken', async () => {
  const program = `
    import { KMSClient } from '@aws-sdk/client-kms';
    import { createKmsim, type Explanation, KmsError, type KmsimSnapshot, serve } from 'kmsim';
    using sim = createKmsim({ seed: 1, identities: [{ arn: 'arn:aws:iam::000000000000:role/App' }] });
    export const client: KMSClient = new KMSClient(sim.clientConfig({ region: 'eu-west-1' }));
    const { KeyMetadata } = await sim.as().createKey();
    export const arn: string | undefined = KeyMetadata?.Arn;
    // @ts-expect-error KeyId is required
    await sim.as().encrypt({ Plaintext: new Uint8Array(1) });
    export const why: Explanation = sim.explain({ operation: 'Decrypt', keyId: arn ?? '' });
    export const saved: KmsimSnapshot = sim.snapshot();
    await using server = await serve(sim);
    export const env: Readonly<Record<string, string>> = server.env;
    export const isKms = (error: unknown): boolean => error instanceof KmsError && error.code === 'NotFoundException';
  `;
  await writeFile(join(folder, 'with-sdk.mts'), program);
  // Without the SDK, whose own declarations want more of their surroundings, ours are checked too.
  await writeFile(
    join(folder, 'alone.mts'),
    "import { createKmsim } from 'kmsim';\nexport const now: Date = createKmsim().clock.now();\n",
  );
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'esnext.disposable'],
    module: 'nodenext',
    strict: true,
    types: [],
    noEmit: true,
  };
  const users = [
    ['with-sdk.mts', { skipLibCheck: true }],
    [
      'with-sdk.mts',
      { skipLibCheck: true, exactOptionalPropertyTypes: true, noPropertyAccessFromIndexSignature: true },
    ],
    ['alone.mts', { skipLibCheck: false }],
  ] as const;
  for (const [file, extra] of users) {
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...compilerOptions, ...extra }, files: [file] }),
    );
    const { ok, output } = captureFile('node_modules/typescript/bin/tsc', ['-p', folder]);
    expect(ok, output).toBe(true);
  }
});

// Last, because it takes packages away that the tests before it use.
describe('without optional packages', () => {
  beforeAll(async () => {
    for (const name of ['commander', 'undici', 'yaml', '@noble/post-quantum', '@kmsim/attestation'])
      await rm(join(folder, 'node_modules', name), { recursive: true });
  });

  test('the engine answers, and what needs one of them says which', () => {
    const source = `
      import { createKmsim } from 'kmsim';
      const kms = createKmsim({ seed: 'lean' }).as();
      const { KeyMetadata } = await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
      const request = { KeyId: KeyMetadata.KeyId, Message: Buffer.from('a'), SigningAlgorithm: 'ECDSA_SHA_256' };
      const { Signature } = await kms.sign(request);
      console.log((await kms.verify({ ...request, Signature })).SignatureValid);
      const told = async (work) => work().then(() => console.log('answered'), ({ code, message }) => console.log(code, message));
      const { KeyMetadata: late } = await kms.createKey({ KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' });
      await told(() => kms.getPublicKey({ KeyId: late.KeyId }));
      await told(async () => createKmsim({ xksEndpoints: { 'https://xks.example.com': 'http://127.0.0.1:1' } }));`;
    const { output, status } = run(process.execPath, '--input-type=module', '-e', source);
    expect([status, output]).toEqual([
      0,
      expect.stringMatching(/^true\nNotImplemented .*@noble\/post-quantum\nNotInstalled .*the package undici.*\n$/),
    ]);
  });

  test('so does the command line', () => {
    expect(run(join(folder, 'node_modules/.bin/kmsim'), 'serve')).toEqual({
      status: 1,
      output: expect.stringMatching(
        /^kmsim: The command line needs the package commander.*npm install --save-dev commander\n$/,
      ),
    });
  });
});
