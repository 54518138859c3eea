// The public names of @kmsim/kms.

export type { ErrorCode } from './api/errors.ts';
export { KmsError, kmsError } from './api/errors.ts';
export type { Form } from './api/reader.ts';
export { read } from './api/reader.ts';
export type { OperationName } from './api/shapes.ts';
export { operations as operationShapes, structures } from './api/shapes.ts';
export type * from './api/types.ts';
export { write } from './api/writer.ts';
export type { KmsOptions } from './kms.ts';
export { createKms, Kms } from './kms.ts';
export { KmsMethods } from './methods.ts';
export type { Caller } from './operation.ts';
export { Visit } from './operation.ts';
export { isOperationName } from './operation-names.ts';
export type { Question } from './permit.ts';
export { partitionOf } from './state/names.ts';
export type { KmsSnapshot, SnapshotFault } from './state/snapshot.ts';
export { restoreSnapshot, snapshotFormat, takeSnapshot } from './state/snapshot.ts';
export type { OperationRow, Permission, PermissionResource } from './tables/operations.ts';
export { operationRows } from './tables/operations.ts';
export type { Access, WhoCan, WhoCanQuestion } from './who-can.ts';
export { whoCan } from './who-can.ts';
