// LocalStack's tags of CreateKey: `_custom_id_` says which id the key has, `_custom_key_material_` which material, in base64. The first stays
// a tag of the key, the second does not, as there. Only where whoever made the simulation asked for it: in AWS both are tags like any other.
// https://docs.localstack.cloud/aws/services/kms/

import { type KeySpec, loadOnce } from '@kmsim/hsm-core';
import { decodeBase64 } from '../api/base64.ts';
import { fail } from '../api/errors.ts';
import { loaded } from '../loading.ts';
import type { FixedKeys } from './fixed-key.ts';
import { isKeyId } from './names.ts';

const idTag = '_custom_id_';
const materialTag = '_custom_key_material_';

const library = loadOnce(() => import('@kmsim/hsm-core/fixed-material'));

export const localstackTags: FixedKeys = ({ multiRegion, origin, spec, tags }) => {
  const tagged = (name: string): string | undefined => tags.find(({ TagKey }) => TagKey === name)?.TagValue.trim();
  const id = tagged(idTag);
  const material = tagged(materialTag);
  if (id !== undefined) requireKeyId(id, multiRegion);
  if (material !== undefined && origin !== 'AWS_KMS')
    fail('ValidationException', `The tag ${materialTag} is for keys of the origin AWS_KMS.`);
  return {
    ...(id !== undefined && { id }),
    ...(material !== undefined && { secrets: [secretOf(spec, material)] }),
    tags: tags.filter(({ TagKey }) => TagKey !== materialTag),
  };
};

// LocalStack takes any text. Here ids have the form that KMS gives them, so that whatever reads them works with both.
function requireKeyId(id: string, multiRegion: boolean): void {
  if (isKeyId(id) && id.startsWith('mrk-') === multiRegion) return;
  const form = multiRegion ? "'mrk-' and 32 lower-case hexadecimal digits" : 'a UUID in lower case';
  fail('ValidationException', `The tag ${idTag} of this key is ${form}.`);
}

function secretOf(spec: KeySpec, text: string): Uint8Array {
  const bytes = decodeBase64(text);
  const secret = bytes && loaded(library()).fixedMaterial(spec, bytes);
  return (
    secret ??
    fail('ValidationException', `The tag ${materialTag} is no material of a ${spec} key: it takes base64 of its bytes.`)
  );
}
