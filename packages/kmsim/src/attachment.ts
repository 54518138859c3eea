// A client of the AWS SDK that somebody made, answered by a simulation for a while: sim.attach(client).

import { type Caller, ConnectionLost } from '@kmsim/kms';
import { attachSdkClient, type SdkClient, type Service } from '@kmsim/wire';
import { clientHandler } from './client-handler.ts';
import { KmsimError } from './kmsim-error.ts';
import { isRecord, shown } from './option-forms.ts';

export interface Attachment {
  /** The client is what it was before. */
  detach(): void;
  [Symbol.dispose](): void;
}

export function attachment(
  client: SdkClient,
  service: Service,
  callerIn: (region: string | undefined) => Caller,
): Attachment {
  if (!isClient(client))
    throw new KmsimError('InvalidOption', `sim.attach takes a KMSClient of the AWS SDK, not ${shown(client)}.`);
  const detach = attachSdkClient(client, {
    service,
    callerIn,
    door: clientHandler,
    isAnswer: (error) => error instanceof ConnectionLost,
  });
  return { detach, [Symbol.dispose]: detach };
}

function isClient(client: unknown): boolean {
  return isRecord(client) && typeof client['send'] === 'function' && isRecord(client['config']);
}
