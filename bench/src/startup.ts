// The first moments: how long a process takes that has not yet run anything, over an empty one.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { figure } from './statistics.ts';
import type { Effort, Row, Suite, Table } from './suite.ts';

export const startup: Suite = {
  name: 'startup',
  about:
    'Cold processes that import kmsim as it is published and get a first answer, in turns with an empty Node process.',
  nodeFlags: [],
  run: async (effort) => {
    bundle();
    return Object.entries(tables).map(([title, programs]) => tableOf(title, programs, effort));
  },
};

const compiled = import.meta.resolve('kmsim');
// Its packages are found under the condition of that name.
const published = new URL('../bundled/index.js', compiled).href;

/** Writes the packages as they are published. */
function bundle(): void {
  const script = fileURLToPath(new URL('../../scripts/bundle.mjs', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The packages cannot be bundled: ${stderr}`);
}

const face = `const { createKmsim, serve } = await import('${published}');`;
const begun = `${face} const sim = createKmsim({ seed: 'bench' });`;
const calling = `${begun} const kms = sim.as(); const Message = new Uint8Array(32);
const keyOf = async (spec) => (await kms.createKey(spec)).KeyMetadata.KeyId;`;
const encryption = `${calling} await kms.encrypt({ KeyId: await keyOf({}), Plaintext: Message });`;
const signature = (KeySpec: string, SigningAlgorithm: string): string =>
  `${calling} const KeyId = await keyOf({ KeySpec: '${KeySpec}', KeyUsage: 'SIGN_VERIFY' });
await kms.sign({ KeyId, SigningAlgorithm: '${SigningAlgorithm}', Message });`;

// A permissive server looks at no signature: this process would need a signer for one.
const overHttp = `${calling} const KeyId = await keyOf({}); const server = await serve(sim, { credentials: 'permissive' });
const { request } = await import('node:http');
const headers = {
  'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.Encrypt',
  authorization: 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=00',
};
await new Promise((done, fail) => request(server.url, { method: 'POST', headers }, (answer) => {
  if (answer.statusCode !== 200) fail(new Error(String(answer.statusCode)));
  answer.resume().on('end', done);
}).end(JSON.stringify({ KeyId, Plaintext: 'AAAA' })));
await server.close();`;

const sdk = `const { KMSClient, EncryptCommand } = await import(${JSON.stringify(import.meta.resolve('@aws-sdk/client-kms'))});`;
const encryptCommand = 'new EncryptCommand({ KeyId: await keyOf({}), Plaintext: Message })';

/** Texts of modules, by what they do. The first is the floor. */
type Programs = Readonly<Record<string, string>>;

const tables: Readonly<Record<string, Programs>> = {
  'From nothing to a first answer': {
    'an empty process': '',
    "import 'kmsim'": face,
    '- and createKmsim()': begun,
    '- and the first CreateKey and Encrypt': encryption,
    'the same with all modules one by one': encryption.replace(published, compiled),
  },
  'First answers of other kinds': {
    'an empty process': '',
    'Encrypt on the portable backend': encryption.replace("seed: 'bench'", "seed: 'bench', backend: 'portable'"),
    'Encrypt over HTTP': overHttp,
    'GenerateMac, HMAC_256': `${calling} const KeyId = await keyOf({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
await kms.generateMac({ KeyId, MacAlgorithm: 'HMAC_SHA_256', Message });`,
    'Sign, ECC_NIST_P256': signature('ECC_NIST_P256', 'ECDSA_SHA_256'),
    'Sign, ECC_NIST_EDWARDS25519': signature('ECC_NIST_EDWARDS25519', 'ED25519_SHA_512'),
    'Sign, RSA_2048': signature('RSA_2048', 'RSASSA_PSS_SHA_256'),
    'Sign, ML_DSA_65': signature('ML_DSA_65', 'ML_DSA_SHAKE_256'),
    'sim.cloudHsm.launch()': `${begun} sim.cloudHsm.launch();`,
  },
  'First answers to a client of the AWS SDK': {
    'import the SDK': sdk,
    'Encrypt, sim.attach(client)': `${sdk} ${calling} const client = new KMSClient({ region: 'us-east-1' }); sim.attach(client);
await client.send(${encryptCommand});`,
    'Encrypt, new KMSClient(sim.clientConfig())': `${sdk} ${calling} await new KMSClient(sim.clientConfig()).send(${encryptCommand});`,
  },
};

/** What one process took, in nanoseconds. */
interface Cold {
  readonly wall: number;
  readonly cpu: number;
}

function tableOf(title: string, programs: Programs, { rounds: most }: Effort): Table {
  // A process takes many times what a batch takes.
  const rounds = Math.ceil(most / 3);
  const names = Object.keys(programs);
  const colds = new Map<string, Cold[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of names) colds.get(name)?.push(run(programs[name] ?? ''));
  const floor = colds.get(names[0] ?? '') ?? [];
  const rows = names.map((name): Row => {
    const of = colds.get(name) ?? [];
    const over = (what: keyof Cold): readonly number[] =>
      of.map((cold, round) => cold[what] - (floor[round]?.[what] ?? Number.NaN));
    return {
      name,
      figures: {
        wall: figure(
          'ns',
          of.map(({ wall }) => wall),
        ),
        'CPU time': figure(
          'ns',
          of.map(({ cpu }) => cpu),
        ),
        ...(of !== floor && {
          'wall over the floor': figure('ns', over('wall')),
          'CPU over the floor': figure('ns', over('cpu')),
        }),
      },
    };
  });
  return { title, rows };
}

const report = 'const { user, system } = process.cpuUsage(); console.log(user + system);';

/** From before it is started until after it has ended; its CPU time as it says itself. */
function run(program: string): Cold {
  const began = performance.now();
  const condition = program.includes(published) ? ['--conditions=bundled'] : [];
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [...condition, '--input-type=module', '--eval', `${program}\n${report}`],
    {
      encoding: 'utf8',
    },
  );
  const wall = (performance.now() - began) * 1e6;
  if (status !== 0) throw new Error(`A process failed: ${stderr}`);
  return { wall, cpu: Number(stdout) * 1e3 };
}
