// additionalEventData: what the request did not say and the service knows.

import type { Call } from '../operation.ts';
import { showsMaterial } from '../state/new-key.ts';
import type { NotedCall } from './noted-call.ts';
import type { TrailExtra } from './trail-row.ts';

/** The material that encrypted: that of the key at the time of the call. https://docs.aws.amazon.com/kms/latest/developerguide/ct-encrypt.html */
export function currentMaterial(entry: NotedCall): { readonly keyMaterialId: string } | undefined {
  const keyMaterialId = materialOf(entry, 'key');
  return keyMaterialId === undefined ? undefined : { keyMaterialId };
}

function materialOf(entry: NotedCall, on: 'key' | 'destinationKey'): string | undefined {
  const key = entry[on];
  return key !== undefined && showsMaterial(key) ? key.currentMaterial : undefined;
}

/** The material that decrypted: https://docs.aws.amazon.com/kms/latest/developerguide/ct-decrypt.html */
export const materialOfAnswer: TrailExtra = {
  take: (_call, output) => (output as { readonly KeyMaterialId?: string }).KeyMaterialId,
  additional: ({ taken }) => (typeof taken === 'string' ? { keyMaterialId: taken } : undefined),
};

/** https://docs.aws.amazon.com/kms/latest/developerguide/ct-reencrypt.html */
export const materialsOfReEncrypt: TrailExtra = {
  take: (_call: Call, output) => (output as { readonly SourceKeyMaterialId?: string }).SourceKeyMaterialId,
  additional: (entry) => {
    const destinationKeyMaterialId = materialOf(entry, 'destinationKey');
    const { taken } = entry;
    if (destinationKeyMaterialId === undefined && typeof taken !== 'string') return undefined;
    return {
      ...(destinationKeyMaterialId !== undefined && { destinationKeyMaterialId }),
      ...(typeof taken === 'string' && { sourceKeyMaterialId: taken }),
    };
  },
};

/** https://docs.aws.amazon.com/kms/latest/developerguide/ct-retire-grant.html */
export const retiredGrant: TrailExtra = {
  isAdditionalOfFailures: true,
  additional: ({ grant }) => (grant === undefined ? undefined : { grantId: grant }),
};
