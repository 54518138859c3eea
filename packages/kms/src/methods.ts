// The typed methods of `kms.as(caller)`: they derive from the table of operations, so there is no service class to keep in step.

import { calledFrom } from './api/errors.ts';
import { type OperationName, operations } from './api/shapes.ts';
import type { OperationInputs, OperationOutputs } from './api/types.ts';
import { type Caller, Visit } from './operation.ts';

// An operation without required members may be called without an argument.
type Arguments<Input> = Record<never, never> extends Input ? [input?: Input] : [input: Input];

type Methods = {
  readonly [Name in OperationName as Uncapitalize<Name>]: (
    ...input: Arguments<OperationInputs[Name]>
  ) => Promise<OperationOutputs[Name]>;
};

/** Where the methods lead. */
export interface Corridor {
  dispatch(visit: Visit): object | Promise<object>;
}

type Method = (this: MethodsOf, input?: unknown) => Promise<object>;

class MethodsOf {
  readonly #corridor: Corridor;
  readonly #caller: Caller;

  constructor(corridor: Corridor, caller: Caller) {
    this.#corridor = corridor;
    this.#caller = caller;
  }

  // Not an async function: that would cost a second promise a call.
  static call(self: MethodsOf, operation: OperationName, input: unknown, method: Method): Promise<object> {
    try {
      return Promise.resolve(self.#corridor.dispatch(new Visit(operation, input, 'direct', self.#caller)));
    } catch (error) {
      calledFrom(method, error);
      return Promise.reject(error);
    }
  }
}

for (const name of Object.keys(operations) as OperationName[]) {
  Object.defineProperty(MethodsOf.prototype, name[0]?.toLowerCase() + name.slice(1), {
    value: function method(this: MethodsOf, input: unknown = {}): Promise<object> {
      return MethodsOf.call(this, name, input, method);
    },
  });
}

export type KmsMethods = Methods;
/** The operations for one caller; every method answers with a promise that rejects with a KmsError. */
export const KmsMethods: new (corridor: Corridor, caller: Caller) => Methods = MethodsOf as unknown as new (
  corridor: Corridor,
  caller: Caller,
) => Methods;
