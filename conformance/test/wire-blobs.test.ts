// Blobs: base64 text on the wire, bytes in transcripts.

import { operationShapes, structures } from '@kmsim/kms';
import { expect, test } from 'vitest';
import { blobMembers, fromWire, toWire } from '../src/wire-blobs.ts';

type Shape = (typeof structures)[keyof typeof structures][number]['shape'];

test('bytes become base64 wherever they are', () => {
  expect(toWire({ A: Uint8Array.of(0, 255), B: [Uint8Array.of(1)], C: { D: Uint8Array.of() }, E: 'text' })).toEqual({
    A: 'AP8=',
    B: ['AQ=='],
    C: { D: '' },
    E: 'text',
  });
});

test('base64 becomes bytes in blob members and nowhere else', () => {
  expect(fromWire({ Plaintext: 'AP8=', KeyId: 'AP8=', List: [{ Mac: 'AQ==' }] })).toEqual({
    Plaintext: Uint8Array.of(0, 255),
    KeyId: 'AP8=',
    List: [{ Mac: Uint8Array.of(1) }],
  });
});

test.each(['AP8', 'A P8=', 'AP9=', 'AP8=='])('%s is no canonical base64 and stays text', (text) => {
  expect(fromWire({ Plaintext: text })).toEqual({ Plaintext: text });
});

test('the blob members are those of the API model', () => {
  const found = new Set<string>();
  const visit = (shape: Shape, name: string): void => {
    if (shape.kind === 'blob') found.add(name);
    if (shape.kind === 'list') visit(shape.item, name);
    if (shape.kind === 'structure') for (const part of structures[shape.of]) visit(part.shape, part.name);
  };
  for (const { output } of Object.values(operationShapes)) {
    if (output !== undefined) visit({ kind: 'structure', of: output }, '');
  }
  expect([...blobMembers].sort()).toEqual([...found].sort());
});
