// The report of a replayed log as text for a person.

import { printable } from '@kmsim/authz';
import type { CloudTrailReport, OutcomeDifference } from './report.ts';

/** Of a list that is told beside the differences. */
const mostLines = 10;

export function cloudTrailText(report: CloudTrailReport, paths: readonly string[] = []): string {
  const { assumed, differences, gaps, notJudged, policiesKept, uncertain } = report;
  const blocks = [
    strangers(report),
    head(report, paths),
    ...differences.map((one) => difference(one)),
    uncertain.length > 0 ? ['Uncertain, for what they rest on is not given:'] : [],
    ...uncertain.map((one) => difference(one)),
    counted('Not judged:', notJudged),
    counted(
      'No policy is given for these keys, and none stands in the log: the default key policy was assumed.',
      assumed.keyPolicies,
    ),
    counted(
      'No identity policies are given for these: they were taken to have every permission that key policies leave to their account.',
      assumed.identities,
    ),
    listed('VPC endpoints that are not given: no endpoint policy, and a VPC that is not known.', assumed.endpoints),
    counted('The log puts another key policy, and the given one stayed:', policiesKept),
    counted('Keys in a state to which no event of the log led; the log was believed:', gaps),
  ].filter((block) => block.length > 0);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

function strangers({ meant, unused }: CloudTrailReport): readonly string[] {
  const lines = unused.slice(0, mostLines).map((name) => {
    const instead = Object.hasOwn(meant, name) ? `; did you mean ${meant[name]}?` : '';
    return printable(`${name} is given and no event is of it${instead}`);
  });
  return [...lines, ...(unused.length > mostLines ? [`and ${unused.length - mostLines} more: --json has them`] : [])];
}

function head(
  { events, from, outOfOrder, records, to }: CloudTrailReport,
  paths: readonly string[],
): readonly string[] {
  const { copies, different, kms, notJudged, ofOtherServices, ofTheService, repeated, same, uncertain, unreadable } =
    events;
  const left = [
    ofOtherServices > 0 ? `${ofOtherServices} of other services` : '',
    repeated > 0 ? `${repeated} that were there before, by their eventID` : '',
    unreadable > 0 ? `${unreadable} that are no CloudTrail records` : '',
  ].filter(Boolean);
  const second = copies > 0 ? `, ${copies} told twice` : '';
  const order = outOfOrder > 0 ? [`${outOfOrder} events were further out of order than the replay can mend`] : [];
  return [
    `${paths.length === 0 ? 'the log' : paths.map(printable).join(', ')}: ${records} records from ${from} to ${to}`,
    `${kms} events of KMS${left.length > 0 ? `; left out: ${left.join(', ')}` : ''}`,
    `${same} as then, ${different} different, ${uncertain} uncertain, ${notJudged} not judged, ${ofTheService} of KMS itself${second}`,
    ...order,
  ];
}

function difference({
  count,
  first,
  keys,
  last,
  recorded,
  replayed,
  operation,
  principal,
  restsOn,
  sameSecond,
  why,
}: OutcomeDifference) {
  const on = keys.length === 0 ? '' : ` on ${keys.map(printable).join(' and ')}`;
  const until = count === 1 ? '' : `, last ${last.eventTime} ${printable(last.eventID)}`;
  return [
    `${count} x ${printable(operation)} by ${printable(principal)}${on}`,
    `  then ${printable(recorded)}, now ${printable(replayed)}`,
    `  first ${first.eventTime} ${printable(first.eventID)}${until}`,
    ...(sameSecond ? ['  in the second of a change of the key: which came first the log does not tell'] : []),
    ...restsOn.map((what) => `  rests on ${printable(what)}`),
    ...why
      .split('\n')
      .filter(Boolean)
      .map((line) => `    ${printable(line)}`),
  ];
}

function counted(title: string, items: CloudTrailReport['notJudged']): readonly string[] {
  return listed(
    title,
    items.map(({ count, name }) => `${name} (${count})`),
  );
}

function listed(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, mostLines).map((item) => `  ${printable(item)}`);
  return [
    title,
    ...shown,
    ...(items.length > mostLines ? [`  and ${items.length - mostLines} more: --json has them`] : []),
  ];
}
