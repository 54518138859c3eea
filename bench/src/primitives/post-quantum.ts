// ML-DSA and ML-KEM, against node:crypto where it has them: from Node 24.7 on.

import { postQuantum } from '@kmsim/hsm-core/families';
import { byBackend } from '../backends.ts';
import { mapped, type Step, type Work } from '../beside.ts';
import { draw, message, required } from '../key-specs/case.ts';
import { rawEncapsulations, rawSignatures } from '../key-specs/post-quantum.ts';

const seed = new Uint8Array(32).fill(7);

export async function postQuantumPrimitives(): Promise<readonly Work[]> {
  const works: Work[] = [];
  for (const spec of ['ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87'] as const) works.push(...(await signatures(spec)));
  for (const spec of ['ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024'] as const) works.push(...(await encapsulations(spec)));
  return works;
}

async function signatures(spec: postQuantum.MlDsaKeySpec): Promise<readonly Work[]> {
  const { forms, randomLength } = postQuantum.mlDsaSignings.ML_DSA_SHAKE_256;
  const form = required(forms.RAW);
  const parameters = postQuantum.mlDsaParameters[spec];
  const keys = await byBackend(async (backend) => {
    const needed = await (await backend.primitives()).postQuantum();
    return postQuantum.growMlDsa(seed, parameters, needed);
  });
  const raw = rawSignatures(spec);
  return [
    {
      title: `${spec} sign`,
      raw: raw.sign,
      ways: mapped(
        keys,
        (key): Step =>
          () =>
            form.sign(key, message, draw(randomLength)),
      ),
    },
    {
      title: `${spec} verify`,
      raw: raw.verify,
      ways: mapped(keys, (key): Step => {
        const signature = form.sign(key, message, draw(randomLength));
        return () => form.verify(key, message, signature);
      }),
    },
  ];
}

async function encapsulations(spec: postQuantum.MlKemKeySpec): Promise<readonly Work[]> {
  const { decapsulate, encapsulate, randomLength } = postQuantum.mlKemEncapsulations.ML_KEM;
  const parameters = postQuantum.mlKemParameters[spec];
  const keys = await byBackend(async (backend) => {
    const needed = await (await backend.primitives()).postQuantum();
    return postQuantum.growMlKem(seed, parameters, needed);
  });
  const raw = rawEncapsulations(spec);
  return [
    {
      title: `${spec} encapsulate`,
      raw: raw?.encapsulate,
      ways: mapped(
        keys,
        (key): Step =>
          () =>
            encapsulate(key, draw(randomLength)),
      ),
    },
    {
      title: `${spec} decapsulate`,
      raw: raw?.decapsulate,
      ways: mapped(keys, (key): Step => {
        const { ciphertext } = encapsulate(key, draw(randomLength));
        return () => decapsulate(key, ciphertext);
      }),
    },
  ];
}
