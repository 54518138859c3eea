// Requests as they are written in the playground: JSON with stand-ins, and sentences for what is wrong.

import { expect, test } from 'vitest';
import { requestOf } from '../playground/src/request-text.ts';

const answers = new Map<string, unknown>([
  ['key', { KeyMetadata: { KeyId: 'id', Enabled: true } }],
  ['failed', undefined],
]);

test('stand-ins become what they stand for', () => {
  const text =
    '{"KeyId": "{{key.KeyMetadata.KeyId}}", "Flag": "{{key.KeyMetadata.Enabled}}", "Alias": "alias/{{ key.KeyMetadata.KeyId }}", "List": ["{{base64 hé}}"]}';
  expect(requestOf(text, answers)).toEqual({ input: { KeyId: 'id', Flag: true, Alias: 'alias/id', List: ['aMOp'] } });
});

test('nothing is an empty request, and a policy may stand as itself', () => {
  expect(requestOf('  ', answers)).toEqual({ input: {} });
  expect(requestOf('{"Policy": {"Statement": []}}', answers)).toEqual({ input: { Policy: '{"Statement":[]}' } });
  expect(requestOf('{"Policy": null}', answers)).toEqual({ input: { Policy: null } });
});

test.each([
  ['{\n  "KeyId": "x"\n  "Plaintext": ""\n}', 'This is no JSON, line 3, column 3: a comma or } is missing.'],
  ['[]', 'A request is an object: { "KeyId": "alias/orders" }.'],
  ['"x"', 'A request is an object: { "KeyId": "alias/orders" }.'],
  ['{"K": "{{kye.KeyMetadata}}"}', '{{kye.KeyMetadata}}: no earlier step is called "kye". Did you mean key?'],
  [
    '{"K": "{{key.KeyMetadat.KeyId}}"}',
    '{{key.KeyMetadat.KeyId}}: the answer has no KeyMetadat there. Did you mean KeyMetadata?',
  ],
  ['{"K": "{{key.constructor}}"}', '{{key.constructor}}: the answer has no constructor there. There is KeyMetadata.'],
])('%s', (text, problem) => {
  expect(requestOf(text, answers)).toEqual({ problem });
});

test('what only misses an earlier answer says which', () => {
  expect(requestOf('{"K": "{{failed.KeyId}}"}', answers)).toEqual({
    problem: '{{failed.KeyId}}: step "failed" has no answer, so there is nothing to take from it.',
    waitsFor: 'failed',
  });
});
