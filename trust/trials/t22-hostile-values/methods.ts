// Every public method there is, found by looking: a new one is tried without being named here.

import * as face from 'kmsim';
import { createKmsim, type Kmsim } from 'kmsim';

type Method = (...given: readonly unknown[]) => unknown;

export interface Public {
  readonly name: string;
  of(sim: Kmsim): Method;
}

/** They end the simulation, open sockets (those are for the trials of the wire), write files, or are for heirs of the class only. */
const left = new Set(['constructor', 'close', 'serve', 'serveXksProxy', 'streamToFile', 'upToDate']);

function methodsOf(path: string, find: (sim: Kmsim) => object, sample: object): readonly Public[] {
  const found = new Map<string, Public>();
  for (let at: object | null = sample; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const [name, { get, set, value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (left.has(name) || found.has(name) || (at === sample && typeof value !== 'function')) continue;
      const of = (sim: Kmsim): Method => {
        const object = find(sim) as Record<string, unknown>;
        if (set === undefined) return (...given) => (object[name] as Method)(...given);
        return (...given) => {
          object[name] = given[0];
        };
      };
      if (typeof value === 'function' || set !== undefined) found.set(name, { name: `${path}${name}`, of });
      else if (get === undefined) throw new Error(`${path}${name} is neither a method nor a property`);
    }
  }
  return [...found.values()];
}

/** The parts of a simulation that have methods: what its public members hold. */
function partsOf(sim: Kmsim): readonly string[] {
  const own = Object.getOwnPropertyNames(sim).filter((name) => name !== 'service');
  return own.filter((name) => {
    const value: unknown = (sim as unknown as Record<string, unknown>)[name];
    return typeof value === 'object' && value !== null;
  });
}

export function publicMethods(): readonly Public[] {
  using sim = createKmsim({ seed: 'methods', trace: true });
  const part = (of: Kmsim, name: string): object => (of as unknown as Record<string, object>)[name] ?? {};
  const functions = Object.entries(face).flatMap(([name, value]): readonly Public[] => {
    const isClass = typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
    if (typeof value !== 'function' || left.has(name) || isClass) return [];
    return [{ name, of: () => value as Method }];
  });
  return [
    ...functions,
    ...methodsOf('alarms.', () => face.alarms, face.alarms),
    ...methodsOf('sim.', (of) => of, sim),
    ...partsOf(sim).flatMap((name) => methodsOf(`sim.${name}.`, (of) => part(of, name), part(sim, name))),
    ...methodsOf('sim.as().', (of) => of.as(), sim.as()),
    { name: 'new Kmsim', of: () => (options) => new face.Kmsim(options as object) },
  ];
}
