// The algorithms of post-quantum keys, one row each.
// https://docs.aws.amazon.com/kms/latest/developerguide/mldsa.html

import type { EncapsulationAlgorithm, SigningAlgorithm } from './algorithms.ts';
import type { Encapsulation } from './encryption.ts';
import type { MlDsaPrivateKey } from './post-quantum/ml-dsa.ts';
import { decapsulate, encapsulate, type MlKemPrivateKey } from './post-quantum/ml-kem.ts';
import { lengths } from './post-quantum/parameters.ts';
import type { Signing } from './signing.ts';

export { growMlDsa, MlDsaPrivateKey, mlDsaFromPkcs8, mlDsaSpki, mlDsaToPkcs8 } from './post-quantum/ml-dsa.ts';
export { growMlKem, MlKemPrivateKey, mlKemFromPkcs8, mlKemSpki, mlKemToPkcs8 } from './post-quantum/ml-kem.ts';
export {
  type MlDsaKeySpec,
  type MlKemKeySpec,
  mlDsaParameters,
  mlKemParameters,
} from './post-quantum/parameters.ts';

/** Signatures of a message and of its mu are the same. */
export const mlDsaSignings: Readonly<Record<Extract<SigningAlgorithm, `ML_DSA_${string}`>, Signing<MlDsaPrivateKey>>> =
  {
    ML_DSA_SHAKE_256: {
      randomLength: lengths.rnd,
      forms: {
        RAW: {
          sign: (key, message, random) => key.signer().sign(message, random),
          verify: (key, message, signature) => key.signer().verify(message, signature),
        },
        EXTERNAL_MU: {
          length: lengths.mu,
          sign: (key, mu, random) => key.signer().signMu(mu, random),
          verify: (key, mu, signature) => key.signer().verifyMu(mu, signature),
        },
      },
    },
  };

export const mlKemEncapsulations: Readonly<Record<EncapsulationAlgorithm, Encapsulation<MlKemPrivateKey>>> = {
  ML_KEM: { randomLength: lengths.m, encapsulate, decapsulate },
};
