// The way from the typed methods to the engine. A connection that a fault plan ends is no error of KMS: here there is no connection to end.

import { ConnectionLost, type Visit } from '@kmsim/kms';
import type { Service } from '@kmsim/wire';
import { KmsimError } from './kmsim-error.ts';

export function directDoor(service: Service): Pick<Service, 'dispatch'> {
  return {
    dispatch: (visit: Visit) => {
      try {
        const answer = service.dispatch(visit);
        return answer instanceof Promise ? answer.catch(translate) : answer;
      } catch (error) {
        return translate(error);
      }
    },
  };
}

function translate(error: unknown): never {
  if (!(error instanceof ConnectionLost)) throw error;
  // Without the answer that was on its way: what is cut off does not arrive.
  throw new KmsimError(
    'ConnectionLost',
    'The connection ended before the answer was complete: a fault was planned, or the simulation was rewound.',
  );
}
