// The engine in a page, for a replay from outside of it: simulations by their seeds, asked in JSON through the SDK's door.

import { createKmsim, type Kmsim } from 'kmsim';

const sims = new Map<string, Kmsim>();

function simOf(seed: string): Kmsim {
  const sim = sims.get(seed) ?? createKmsim({ seed });
  sims.set(seed, sim);
  return sim;
}

async function call(seed: string, region: string, operation: string, body: string): Promise<[number, string]> {
  const headers = { 'X-Amz-Target': `TrentService.${operation}`, 'Content-Type': 'application/x-amz-json-1.1' };
  const { response } = await simOf(seed).clientConfig({ region }).requestHandler.handle({ headers, body });
  return [response.statusCode, new TextDecoder().decode(response.body)];
}

Object.assign(globalThis, {
  engine: {
    who: (seed: string) => ({ account: simOf(seed).account, callerArn: simOf(seed).caller().principal.arn }),
    call,
    advance: (seed: string, milliseconds: number) => simOf(seed).clock.advance(milliseconds).getTime(),
    close: (seed: string) => {
      sims.get(seed)?.close();
      sims.delete(seed);
    },
  },
});
