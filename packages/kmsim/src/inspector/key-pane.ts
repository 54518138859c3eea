// A key opened: what it is, its versions, who may use it, and what time brings. No material is ever in the page.

import type { GrantView, KeyVersion, KeyView } from '../admin/inspector/keys.ts';
import { effects } from './effects.ts';
import { badge, element, facts, section } from './element.ts';
import { stateKinds } from './key-states.ts';
import type { Room } from './room.ts';
import { counted, instant, pretty, shortKey, shortPrincipal } from './words.ts';

export function keyPane(key: KeyView, room: Room): readonly HTMLElement[] {
  const { aliases, arn, description, grants, policy, related, state, tags, upcoming, versions } = key;
  return [
    element(
      'header',
      { class: 'head' },
      element('h2', {}, aliases[0] ?? shortKey(key.id)),
      badge(stateKinds[state], state),
    ),
    description !== '' && element('p', { class: 'said' }, description),
    element(
      'p',
      { class: 'actions' },
      element('button', { type: 'button', onclick: () => room.toEventsOf(arn) }, 'Events about this key'),
    ),
    factsOf(key),
    upcoming.length > 0 &&
      section(
        'What time brings',
        element(
          'ul',
          { class: 'plain' },
          ...upcoming.map(({ at, what }) => element('li', {}, `${instant(at)}: ${effects[what] ?? what}`)),
        ),
      ),
    section(counted(versions.length, 'version'), versionsOf(versions)),
    section('Key policy', element('pre', { class: 'policy', tabindex: 0 }, pretty(policy))),
    grants.length === 0
      ? section('Grants', none('No grant on this key.'))
      : section(counted(grants.length, 'grant'), ...grants.map(grantOf)),
    aliases.length > 1 &&
      section('Aliases', element('ul', { class: 'plain' }, ...aliases.map((alias) => element('li', {}, alias)))),
    tags.length > 0 && section('Tags', facts(...tags.map(({ name, value }) => [name, value || '(empty)'] as const))),
    related.length > 1 &&
      section(
        'Related keys',
        element('ul', { class: 'plain' }, ...related.map((one) => element('li', {}, relatedOf(key, one, room)))),
      ),
  ].filter((part) => part !== false);
}

function factsOf(key: KeyView): HTMLElement {
  const { arn, createdAt, customKeyStore, lastUse, manager, multiRegion, onDemandRotations, origin, rotation } = key;
  return facts(
    ['ARN', element('code', {}, arn)],
    ['Spec', `${key.spec}, ${key.usage}`],
    ['Where', `${key.region}, account ${key.account}`],
    ['Created', `${instant(createdAt)}, ${manager === 'AWS' ? 'managed by AWS' : 'customer managed'}`],
    ['Origin', origin === 'AWS_KMS' ? undefined : origin],
    ['Key store', customKeyStore],
    ['Multi-Region', multiRegion],
    ['Last use', lastUse === undefined ? 'never' : `${lastUse.operation}, ${instant(lastUse.at)}`],
    ['Rotation', rotation === undefined ? 'off' : `every ${rotation.everyDays} days, next ${instant(rotation.next)}`],
    ['On demand', onDemandRotations === 0 ? undefined : counted(onDemandRotations, 'rotation')],
  );
}

function versionsOf(versions: readonly KeyVersion[]): HTMLElement {
  if (versions.length === 0) return none('No material yet.');
  return element(
    'ol',
    { class: 'versions' },
    ...versions.map(({ at, how, id, imported, state }) =>
      element(
        'li',
        { class: state === 'current' ? 'current' : '' },
        element(
          'span',
          { class: 'how' },
          state === 'current' ? badge('allowed', 'current') : badge('silent', state),
          ` ${how.toLowerCase().replace('_', ' ')}`,
        ),
        element('span', {}, at === undefined ? '' : instant(at)),
        imported !== undefined && element('span', { class: 'by' }, importedText(imported)),
        element('code', { title: id }, id),
      ),
    ),
  );
}

function importedText({ description, expires, isHere }: NonNullable<KeyVersion['imported']>): string {
  const ends = expires === undefined ? 'does not expire' : `${isHere ? 'expires' : 'expired'} ${instant(expires)}`;
  return [isHere ? 'imported' : 'not here any more', ends, description].filter(Boolean).join(', ');
}

function grantOf({ constraints, createdAt, endsAt, grantee, id, name, operations, retiring }: GrantView): HTMLElement {
  return element(
    'details',
    { class: 'grant' },
    element('summary', {}, element('strong', {}, name ?? shortPrincipal(grantee)), ` ${operations.join(', ')}`),
    facts(
      ['Grantee', grantee],
      ['Retired by', retiring],
      [
        'Constraints',
        constraints === undefined ? undefined : element('pre', {}, JSON.stringify(constraints, undefined, 2)),
      ],
      ['Created', instant(createdAt)],
      ['Works until', endsAt === undefined ? undefined : instant(endsAt)],
      ['Id', element('code', {}, id)],
    ),
  );
}

function relatedOf(key: KeyView, { region, role }: KeyView['related'][number], room: Room): HTMLElement | string {
  if (region === key.region) return `${region}: ${role}, this one`;
  const arn = key.arn.replace(`:kms:${key.region}:`, `:kms:${region}:`);
  return element('button', { type: 'button', class: 'link', onclick: () => room.toKey(arn) }, `${region}: ${role}`);
}

function none(text: string): HTMLElement {
  return element('p', { class: 'note' }, text);
}
