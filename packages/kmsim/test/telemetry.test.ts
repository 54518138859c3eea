import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect, test } from 'vitest';
import { createKmsim } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

function recorded() {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  return { exporter, tracer: provider.getTracer('kmsim tests') };
}

const App = 'arn:aws:iam::000000000000:role/App';

test('a call is a span, on the clock of the simulation', async () => {
  const { exporter, tracer } = recorded();
  const sim = createKmsim({ seed: 'spans', telemetry: tracer, region: 'eu-west-1' });
  await sim.as().createKey();
  sim.clock.advance('1 day');
  await sim.as(undefined, { region: 'us-west-2' }).generateRandom({ NumberOfBytes: 8 });
  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ name }) => name)).toEqual(['KMS.CreateKey', 'KMS.GenerateRandom']);
  expect(spans[0]?.kind).toBe(SpanKind.SERVER);
  expect(spans[0]?.status.code).toBe(SpanStatusCode.UNSET);
  expect(spans[0]?.startTime).toEqual([Date.UTC(2026, 0, 1) / 1000, 0]);
  expect(spans[1]?.endTime).toEqual([Date.UTC(2026, 0, 2) / 1000, 0]);
  expect(spans[1]?.attributes).toEqual({
    'rpc.system': 'aws-api',
    'rpc.service': 'KMS',
    'rpc.method': 'GenerateRandom',
    'cloud.region': 'us-west-2',
    'aws.region': 'us-west-2',
    'kmsim.principal': 'arn:aws:iam::000000000000:user/administrator',
    'aws.request_id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test('a refusal says why, and what is secret is in no span', async () => {
  const { exporter, tracer } = recorded();
  const sim = createKmsim({ seed: 'spans', telemetry: tracer });
  const { KeyMetadata } = await sim.as().createKey();
  const KeyId = KeyMetadata?.Arn ?? '';
  const Plaintext = Buffer.from('canary-4711');
  const { CiphertextBlob } = await sim.as().encrypt({ KeyId, Plaintext });
  await sim.as().decrypt({ CiphertextBlob });
  await expect(sim.as(App).encrypt({ KeyId, Plaintext })).rejects.toThrow('not authorized');
  const spans = exporter.getFinishedSpans();
  const refused = spans.at(-1);
  expect(refused?.status).toMatchObject({ code: SpanStatusCode.ERROR, message: expect.stringContaining(App) });
  expect(refused?.attributes['error.type']).toBe('AccessDeniedException');
  expect(refused?.attributes['kmsim.explanation']).toContain('ImplicitDeny: no identity policy statement allows it');
  const all = JSON.stringify(
    spans.map(({ attributes, events, name, status }) => ({ attributes, events, name, status })),
  );
  for (const encoding of ['utf8', 'base64', 'hex'] as const) expect(all).not.toContain(Plaintext.toString(encoding));
});

test('calls that wait for a library end when they are answered, and fail as they fail', async () => {
  const { exporter, tracer } = recorded();
  const sim = createKmsim({ seed: 'spans', telemetry: tracer });
  const { KeyMetadata } = await sim.as().createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const KeyId = KeyMetadata?.KeyId ?? '';
  const signed = { KeyId, SigningAlgorithm: 'ECDSA_SHA_256', Message: new Uint8Array([1]) } as const;
  const { Signature } = await sim.as().sign(signed);
  const forged = (Signature ?? new Uint8Array()).map((byte, at) => (at === 40 ? byte ^ 1 : byte));
  await expect(sim.as().verify({ ...signed, Signature: forged })).rejects.toThrow();
  const names = exporter.getFinishedSpans().map(({ attributes, name }) => [name, attributes['error.type']]);
  expect(names).toEqual([
    ['KMS.CreateKey', undefined],
    ['KMS.Sign', undefined],
    ['KMS.Verify', 'KMSInvalidSignatureException'],
  ]);
});

test('a fork has the tracer, too', async () => {
  const { exporter, tracer } = recorded();
  const sim = createKmsim({ seed: 'spans', telemetry: tracer });
  await sim.fork().as().listKeys();
  expect(exporter.getFinishedSpans()).toHaveLength(1);
});

test('what is no tracer is refused', () => {
  const error = kmsimErrorOf(() => createKmsim({ telemetry: {} as never }));
  expect(error).toMatchObject({ code: 'InvalidOption', problem: expect.stringContaining('telemetry is a tracer') });
});
