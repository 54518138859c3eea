// A kind of command that is one operation on a key.

import type { OperationInputs, OperationName } from '@kmsim/kms';
import { addressOf, arnOf, type Kind } from '../scene.ts';

export function keyOperation<Name extends OperationName>(
  weight: number,
  operation: Name,
  input: (KeyId: string, choice: number, n: number) => OperationInputs[Name],
): Kind {
  return {
    weight,
    needs: 'key',
    act: async (scene, command) => {
      const to = addressOf(scene, command);
      if (to === undefined) return;
      const { choice = 0, n } = command;
      // Its ARN as well as its id.
      const name = choice % 2 === 0 ? to.key.id : arnOf(to.key, to.region);
      await scene.ask(operation, input(isOwn(to) ? name : arnOf(to.key, to.region), choice, n), to);
    },
  };
}

// Of another account a key must be named in full.
function isOwn({ by, key }: { readonly by: string; readonly key: { readonly account: string } }): boolean {
  return by.split(':')[4] === key.account;
}
