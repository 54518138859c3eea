// The reference model beside kmsim: no difference, in enough commands, and everywhere the generator is meant to go.
// KMSIM_SEED and KMSIM_RUNS make other and longer runs of it, KMSIM_PATH goes to the run of a REPRO line. What CI runs repeats itself.

import { beforeAll, expect, test } from 'vitest';
import { modelled } from '../../src/model/index.ts';
import { type ConformanceReport, checkConformance, describeRuns } from '../../src/properties/check.ts';
import { simulated } from '../../src/properties/simulated.ts';
import type { Tally } from '../../src/properties/tally.ts';

const seed = Number(process.env['KMSIM_SEED'] ?? 20_260_101);
const runs = Number(process.env['KMSIM_RUNS'] ?? 700);
const path = process.env['KMSIM_PATH'];
const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];

let report: ConformanceReport;
let tally: Tally;
let minutes: number;

beforeAll(async () => {
  const start = performance.now();
  report = await checkConformance(() => simulated({ seed }), { seed, runs, regions, ...(path && { path }) });
  minutes = (performance.now() - start) / 60_000;
  tally = report.tally;
}, 3_600_000);

test('agrees with the model', () => {
  expect(report.failure === undefined ? [] : describeRuns(report)).toEqual([]);
  const rate = Math.round(report.commands / minutes);
  console.log(`${describeRuns(report).join('\n')}; ${rate.toLocaleString('en-US')} commands a minute; seed ${seed}`);
  expect(report.unsupported).toEqual([]);
});

const states = ['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport', 'Deleted'];
const aboutNoKey = ['CreateKey', 'GenerateRandom', 'ListKeys', 'ListAliases'];

/** The generator comes here, but too seldom to count on it in a run of this size; I13 covers the whole table. */
const seldom = ['DeleteAlias Deleted', 'DeleteAlias PendingDeletion'];

test('every operation meets a key in every state', () => {
  const missed = modelled
    .filter((operation) => !aboutNoKey.includes(operation))
    .flatMap((operation) => states.map((keyState) => ({ operation, keyState })))
    .filter((cell) => tally.times(cell) < 1)
    .map(({ keyState, operation }) => `${operation} ${keyState}`);
  expect(missed.filter((cell) => !seldom.includes(cell))).toEqual([]);
});

test('every operation succeeds and is denied', () => {
  const missed = modelled.flatMap((operation) =>
    ['success', 'AccessDeniedException'].flatMap((outcome) =>
      tally.times({ operation, outcome }) < 2 ? [`${operation} ${outcome}`] : [],
    ),
  );
  expect(missed).toEqual([]);
});

test('every error of the modelled operations comes up', () => {
  const errors = {
    ...{ AlreadyExistsException: 5, ConflictException: 5, DisabledException: 50, DryRunOperationException: 50 },
    ...{
      IncorrectKeyException: 10,
      InvalidAliasNameException: 5,
      InvalidArnException: 20,
      InvalidCiphertextException: 50,
    },
    ...{
      InvalidKeyUsageException: 50,
      InvalidMarkerException: 10,
      KMSInvalidStateException: 50,
      LimitExceededException: 3,
    },
    ...{ MalformedPolicyDocumentException: 20, NotFoundException: 50, SerializationException: 50, TagException: 20 },
    ...{ UnsupportedOperationException: 20, ValidationException: 50, AccessDeniedException: 50 },
  };
  const missed = Object.entries(errors).filter(([outcome, least]) => tally.times({ outcome }) < least);
  expect(missed.map(([outcome]) => `${outcome}: ${tally.times({ outcome })}`)).toEqual([]);
});
