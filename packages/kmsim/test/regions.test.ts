import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { createKmsim, type Kmsim } from '../src/index.ts';

const refusal = {
  name: 'UnrecognizedClientException',
  message: 'The security token included in the request is invalid.',
};

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'answered',
    (error: unknown) => error,
  );
}

function clientIn(sim: Kmsim, region: string): KMSClient {
  return new KMSClient({ ...sim.clientConfig({ region }), maxAttempts: 1 });
}

test('every Region is enabled until it is disabled', async () => {
  const sim = createKmsim({ seed: 1 });
  const abroad = sim.as(undefined, { region: 'eu-south-1' });
  const { KeyMetadata } = await abroad.createKey({});
  sim.regions.disable('eu-south-1');
  expect(sim.regions.disabled()).toEqual(['eu-south-1']);
  expect(await failureOf(clientIn(sim, 'eu-south-1').send(new ListKeysCommand({})))).toMatchObject(refusal);
  // Nobody looks at what is asked.
  expect(await failureOf(abroad.encrypt({} as never))).toMatchObject({
    ...refusal,
    name: 'UnrecognizedClientException',
  });
  await sim.as().listKeys({});

  sim.regions.enable('eu-south-1');
  sim.regions.enable('eu-south-1');
  expect(sim.regions.disabled()).toEqual([]);
  expect((await abroad.listKeys({})).Keys?.map(({ KeyId }) => KeyId)).toEqual([KeyMetadata?.KeyId]);
});

test('a key is not replicated into a Region that is disabled', async () => {
  const sim = createKmsim({ seed: 1, disabledRegions: ['af-south-1'] });
  const { KeyMetadata } = await sim.as().createKey({ MultiRegion: true });
  const KeyId = KeyMetadata?.KeyId ?? '';
  expect(await failureOf(sim.as().replicateKey({ KeyId, ReplicaRegion: 'af-south-1' }))).toMatchObject({
    code: 'UnsupportedOperationException',
    message: expect.stringContaining('af-south-1 is not enabled for the account 000000000000'),
  });
  sim.regions.enable('af-south-1');
  await sim.as().replicateKey({ KeyId, ReplicaRegion: 'af-south-1' });
});

test('it is a matter of each account, and a snapshot has it', async () => {
  const sim = createKmsim({ seed: 1 });
  const other = '111122223333';
  sim.regions.disable('me-south-1', { account: other });
  const again = createKmsim({ snapshot: JSON.parse(JSON.stringify(sim.snapshot())) });
  for (const one of [sim, again, sim.fork()]) {
    expect(one.regions.disabled({ account: other })).toEqual(['me-south-1']);
    await one.as(undefined, { region: 'me-south-1' }).listKeys({});
    const theirs = one.as(`arn:aws:iam::${other}:user/alice`, { region: 'me-south-1' });
    expect(await failureOf(theirs.listKeys({}))).toMatchObject({ code: 'UnrecognizedClientException' });
  }
});

test.each([
  ['us-east-1', /"us-east-1" is none\. Every account has it/],
  ['eu-suoth-1', /Did you mean eu-south-1\?/],
  [7 as never, /Only opt-in Regions/],
])('%s cannot be disabled', (region, problem) => {
  const sim = createKmsim({ seed: 1 });
  expect(() => sim.regions.disable(region)).toThrow(
    expect.objectContaining({ code: 'InvalidOption', message: expect.stringMatching(problem) }),
  );
  expect(() => createKmsim({ seed: 1, disabledRegions: [region] })).toThrow(
    expect.objectContaining({ code: 'InvalidOption' }),
  );
  expect(sim.regions.disabled()).toEqual([]);
});
