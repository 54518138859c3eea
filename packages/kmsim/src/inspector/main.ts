// The page: its views as tabs, the line at a glance above them, and the token with which it asks.

import type { Overview } from '../admin/inspector/overview.ts';
import { Api, forgetToken, keepToken, Refused, tokenOfPage } from './api.ts';
import { CallsView } from './calls-view.ts';
import { ClockView } from './clock-view.ts';
import { CostGlance } from './cost-glance.ts';
import { byId, element, fill } from './element.ts';
import { glance } from './glance.ts';
import { KeysView } from './keys-view.ts';
import { LimitsView } from './limits-view.ts';
import { follow } from './live.ts';
import type { Room } from './room.ts';
import { Tabs } from './tabs.ts';

const token = tokenOfPage();
if (token === undefined) askForToken();
else begin(new Api(token));
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('main').focus();
});

function begin(api: Api): void {
  const room: Room = {
    toKey: (arn) => {
      tabs.show('keys');
      void keys.open(arn);
    },
    toEventsOf: (arn) => {
      tabs.show('events');
      events.about(arn);
    },
    changed: () => void look(),
    failed,
  };
  const events = new CallsView(api, room);
  const keys = new KeysView(api, room);
  const clock = new ClockView(api, room);
  const limits = new LimitsView(api, room);
  const tabs = new Tabs([
    { id: 'events', label: 'Events', view: events },
    { id: 'keys', label: 'Keys', view: keys },
    { id: 'clock', label: 'Clock', view: clock },
    { id: 'limits', label: 'Throttling and cost', view: limits },
  ]);
  const cost = new CostGlance(api);
  let seen = '';
  const look = async (): Promise<void> => {
    try {
      const overview = await api.get<Overview>('/api/overview');
      glance(overview, cost.text);
      const text = JSON.stringify(overview);
      if (text !== seen) await tabs.current.refresh();
      seen = text;
      const before = cost.text;
      await cost.look(overview);
      if (cost.text !== before) glance(overview, cost.text);
    } catch (error) {
      failed(error);
    }
  };
  follow(api, look);
}

function failed(error: unknown): void {
  if (error instanceof Refused && error.status === 401) {
    forgetToken();
    askForToken();
    return;
  }
  const status = byId('status');
  status.className = 'lost';
  status.textContent = error instanceof Refused ? error.message : 'The server does not answer. Trying again.';
}

function askForToken(): void {
  const input = element('input', { id: 'token', type: 'password', autocomplete: 'off', required: true });
  const form = element(
    'form',
    {
      class: 'card token',
      onsubmit: (event) => {
        event.preventDefault();
        keepToken(input.value.trim());
        location.reload();
      },
    },
    element('h2', {}, 'The token, please'),
    element('p', {}, 'kmsim printed it when it started, beside the address of this page. It stays in this tab.'),
    element('label', { for: 'token' }, 'Token'),
    input,
    element('button', { type: 'submit' }, 'Open the inspector'),
  );
  fill(byId('tabs'));
  fill(byId('main'), element('div', { class: 'page' }, form));
  input.focus();
}
