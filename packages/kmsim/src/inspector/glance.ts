// The line above the views: where the simulation stands.

import type { Overview } from '../admin/inspector/overview.ts';
import { byId, element, fill } from './element.ts';
import { instant, number } from './words.ts';

export function glance(
  { account, clock, faults, keys, now, quotas, region, seeded, trail }: Overview,
  cost: string | undefined,
): void {
  const throttled = quotas.mode === 'enforce' ? 'throttled' : 'would be throttled';
  fill(
    byId('place'),
    stat('clock', instant(now), clock === 'still' ? 'still' : 'running'),
    stat('events', trail === undefined ? 'no trail' : number(trail.dropped + trail.events)),
    stat('keys', number(keys)),
    quotas.throttled > 0 && stat(throttled, number(quotas.throttled), undefined, 'bad'),
    faults > 0 && stat('faults', number(faults), undefined, 'bad'),
    cost !== undefined && stat('cost', cost),
    stat('home', region, `${account}${seeded ? ', seeded' : ''}`, 'home'),
  );
  const status = byId('status');
  if (status.className === 'live') return;
  status.className = 'live';
  status.textContent = 'Live';
}

function stat(name: string, value: string, more?: string, kind = ''): HTMLElement {
  return element(
    'span',
    { class: `stat ${kind}` },
    element('small', {}, name),
    element('b', {}, value),
    more !== undefined && element('small', {}, more),
  );
}
