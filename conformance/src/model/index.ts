// The reference model, for whoever wants to compare something else with it.

export type { Expectation } from './expectation.ts';
export { formOf, isLeaf } from './expectation.ts';
export type { ModelOptions, Prediction } from './model.ts';
export { KmsModel, modelled } from './model.ts';
