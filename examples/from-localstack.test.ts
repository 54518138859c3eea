import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('the tags that LocalStack knows choose id and material', async () => {
  const sim = createKmsim({ seed: 'from-localstack', localstackTags: true });
  const id = '0f0f0f0f-1111-4222-8333-444444444444';
  const material = Buffer.alloc(32, 'any 32 bytes').toString('base64');
  const Tags = [
    { TagKey: '_custom_id_', TagValue: id },
    { TagKey: '_custom_key_material_', TagValue: material },
  ];
  const { KeyMetadata: key } = await sim.as().createKey({ Tags });
  expect(key?.KeyId).toBe(id);

  // The material is secret, and no tag.
  const listed = await sim.as().listResourceTags({ KeyId: id });
  expect(listed.Tags?.map(({ TagKey }) => TagKey)).toEqual(['_custom_id_']);
});
