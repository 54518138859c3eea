// A call opened: who asked what, what came of it, and the decisions behind it.

import type { OpenedCall } from '../admin/inspector/decision.ts';
import { decisionView } from './decision-view.ts';
import { badge, element, facts, section } from './element.ts';
import type { Room } from './room.ts';
import { instant } from './words.ts';

type Event = OpenedCall['events'][number];

export function callPane({ basis, decisions, events, why }: OpenedCall, room: Room): readonly HTMLElement[] {
  const [event] = events;
  if (event === undefined) return [];
  const [kind, word] = outcomeOf(event);
  return [
    element('header', { class: 'head' }, element('h2', {}, event.eventName), badge(kind, word)),
    event.errorMessage !== undefined && element('p', { class: 'said' }, event.errorMessage),
    section(
      'Decision',
      basis === 'now' &&
        element('p', { class: 'note' }, 'Asked again now, with the policies as they are at this moment.'),
      why !== undefined && element('p', { class: 'note' }, why),
      ...decisions.map((decision) => decisionView(decision)),
    ),
    section('The call', factsOf(event, room)),
    parametersOf(event),
    ...events.map((record, at) =>
      element(
        'details',
        { class: 'raw' },
        element(
          'summary',
          {},
          events.length === 1 ? 'The whole record' : `Record ${at + 1}, of account ${record.recipientAccountId}`,
        ),
        element('pre', { tabindex: 0 }, JSON.stringify(record, undefined, 2)),
      ),
    ),
  ].filter((part) => part !== false);
}

function outcomeOf({ errorCode, eventType }: Event): readonly [kind: string, word: string] {
  if (eventType === 'AwsServiceEvent') return ['service', 'by KMS itself'];
  if (errorCode === undefined) return ['allowed', 'succeeded'];
  return errorCode.startsWith('AccessDenied') ? ['denied', errorCode] : ['failed', errorCode];
}

function factsOf(event: Event, room: Room): HTMLElement {
  const { awsRegion, eventTime, recipientAccountId, requestID, resources = [], sourceIPAddress, userIdentity } = event;
  const keys = resources.filter(({ ARN }) => ARN.includes(':key/'));
  return facts(
    ['Who', userIdentity.arn ?? userIdentity.invokedBy ?? userIdentity.accountId ?? userIdentity.type],
    ...keys.map(({ ARN }) => ['Key', keyLink(ARN, room)] as const),
    ['When', instant(eventTime)],
    ['Where', `${awsRegion}, account ${recipientAccountId}`],
    ['From', sourceIPAddress],
    ['Request', requestID],
  );
}

function keyLink(arn: string, room: Room): HTMLElement {
  return element('button', { type: 'button', class: 'link', onclick: () => room.toKey(arn) }, arn);
}

function parametersOf({ requestParameters, responseElements, serviceEventDetails }: Event): HTMLElement | false {
  const parts = [requestParameters, responseElements, serviceEventDetails];
  if (parts.every((part) => part === null || part === undefined)) return false;
  const titles = ['Request parameters', 'Response', 'Details'];
  return element(
    'div',
    {},
    ...parts.flatMap((part, at) =>
      part === null || part === undefined
        ? []
        : [section(titles[at] ?? '', element('pre', { tabindex: 0 }, JSON.stringify(part, undefined, 2)))],
    ),
  );
}
