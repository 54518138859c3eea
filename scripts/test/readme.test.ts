// The examples of the READMEs and the guides are files that run: a block behind `<!-- file: ... -->` is that file, word for word.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const block = /<!-- file: (\S+) -->\n```\w+\n([\s\S]*?)```/g;

describe.each(['README.md', 'packages/kmsim/README.md', 'docs/test-your-key-policy.md', 'docs/faults.md'])(
  '%s',
  (readme) => {
    const examples = [...readFileSync(join(root, readme), 'utf8').matchAll(block)].map(([, file = '', text = '']) => ({
      file,
      text,
    }));

    test('has examples', () => {
      expect(examples.length).toBeGreaterThan(0);
    });

    test.each(examples)('shows $file as it is', ({ file, text }) => {
      expect(text).toBe(readFileSync(join(root, file), 'utf8'));
    });
  },
);
