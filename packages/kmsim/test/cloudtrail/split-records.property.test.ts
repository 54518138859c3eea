import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { RecordSplitter } from '../../src/cloudtrail/split-records.ts';

const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), { maxLength: 5 });
const layouts = fc.constantFrom(
  (texts: readonly string[]) => `{"Records":[${texts.join(',')}]}`,
  (texts: readonly string[]) => texts.join('\n'),
  (texts: readonly string[]) => `[${texts.join(' ,')}]`,
);

// An object with such a member would be a wrapping itself.
const isPlain = (record: object): boolean =>
  !['Records', 'Events', 'events'].some((name) => Object.hasOwn(record, name));

test.prop([records, layouts, fc.integer({ min: 1, max: 40 })])(
  'come out as they went in, wherever the chunks end',
  (all, layout, size) => {
    fc.pre(all.every(isPlain));
    const texts = all.map((record) => JSON.stringify(record));
    const bytes = new TextEncoder().encode(layout(texts));
    const splitter = new RecordSplitter();
    const found: string[] = [];
    for (let at = 0; at < bytes.length; at += size) found.push(...splitter.push(bytes.slice(at, at + size)));
    splitter.end();
    expect(found).toEqual(texts);
  },
);
