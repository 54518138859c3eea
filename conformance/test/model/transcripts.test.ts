// The model beside the recordings: it agrees with every answer of the transcripts that it knows the operations of.

import { expect, test } from 'vitest';
import { loadTranscripts } from '../../src/load.ts';
import { modelled } from '../../src/model/index.ts';
import { watchWithModel } from '../../src/properties/model-watcher.ts';
import { Run } from '../../src/properties/run.ts';
import { simulated } from '../../src/properties/simulated.ts';
import { replay } from '../../src/replay.ts';
import type { Target } from '../../src/target.ts';
import type { Transcript } from '../../src/transcript.ts';

/** Key specs that the model leaves out, since they differ in names only. */
const otherSpecs = /"(RSA|HMAC_(224|384|512)|ECC_(NIST_P(384|521)|SECG)|ML_|SM2)/;

function isModelled({ replay: how, steps }: Transcript): boolean {
  const known = steps.every((step) => !('op' in step) || modelled.includes(step.op));
  return how === 'as-is' && known && !otherSpecs.test(JSON.stringify(steps));
}

/** The target with the model beside it. */
function watched(target: Target): Target {
  const watcher = watchWithModel(target);
  const run = new Run('transcripts', ['us-east-1'], target, []);
  return {
    ...target,
    call: async (request) => {
      await watcher.before?.(request, run);
      const reply = await target.call(request);
      const difference = await watcher.after?.({ step: '', waitMs: 0, input: {}, request, reply }, run);
      expect(difference, `${request.operation} ${JSON.stringify(request.body)}`).toBeUndefined();
      return reply;
    },
    advance: async (milliseconds) => {
      await target.advance?.(milliseconds);
      await watcher.waited?.(milliseconds, run);
    },
  };
}

const filed = loadTranscripts().filter(({ transcript }) => isModelled(transcript));

test.each(filed)('$path', async ({ path, transcript }) => {
  expect(await replay(transcript, watched(simulated({ seed: path })))).toEqual({ outcome: 'passed' });
});

test('there are many of them', () => {
  expect(filed.length).toBeGreaterThan(35);
});
