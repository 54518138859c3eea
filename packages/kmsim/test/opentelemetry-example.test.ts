import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('a refused call is a span that says why', async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const sim = createKmsim({ seed: 'spans', telemetry: provider.getTracer('orders') });

  const { KeyMetadata: key } = await sim.as().createKey();
  const app = sim.as('arn:aws:iam::000000000000:role/App');
  await expect(app.encrypt({ KeyId: key?.Arn ?? '', Plaintext: Buffer.from('4711') })).rejects.toThrow();

  const [created, refused] = exporter.getFinishedSpans();
  expect(created?.name).toBe('KMS.CreateKey');
  expect(refused?.attributes).toMatchObject({ 'rpc.method': 'Encrypt', 'error.type': 'AccessDeniedException' });
  expect(refused?.attributes['kmsim.explanation']).toContain('no identity policy statement allows it');
});
