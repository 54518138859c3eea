// Aliases: an alias asks for permission on itself, which identity policies give, and on each key it has to do with.
// https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html

import type { Call } from './call.ts';
import type { Expectation } from './expectation.ts';
import { aliasArn, aliasNamed, keyNamed } from './names.ts';
import type { Alias } from './state.ts';

const mostAliases = 50;

export function createAlias(call: Call): Expectation {
  const { account } = call.person;
  const name = call.text('AliasName');
  checkName(call, name);
  call.attempt(() => call.permitAlone());
  if (call.state.aliasOf(account, call.region, name) !== undefined) {
    const arn = aliasArn(call.region, account, name);
    call.object('AlreadyExistsException', `An alias with the name ${arn} already exists`);
  }
  const key = call.enter(keyNamed(call, 'TargetKeyId'));
  call.settle();
  if ([...call.state.aliases].filter((alias) => alias.key === key).length >= mostAliases) {
    call.refuse('LimitExceededException');
  }
  const { now, region } = call;
  return call.success({}, () => {
    call.state.aliases.add({ account, region, name, key, created: now, updated: [now] });
  });
}

export function updateAlias(call: Call): Expectation {
  const alias = foundAlias(call);
  const key = call.attempt(() => call.enter(keyNamed(call, 'TargetKeyId')));
  if (alias !== undefined) call.attempt(() => call.permit(alias.key));
  call.settle();
  if (alias === undefined || key === undefined) return call.refuse('NotFoundException');
  // Both keys are of one kind; the text is not recorded.
  if (alias.key.spec !== key.spec || alias.key.usage !== key.usage) call.refuse('ValidationException');
  return call.success({}, () => {
    // Whether moving an alias to where it is counts as a change, nothing says.
    alias.updated = alias.key === key ? [call.now, ...alias.updated] : [call.now];
    alias.key = key;
  });
}

export function deleteAlias(call: Call): Expectation {
  const alias = foundAlias(call);
  if (alias !== undefined) call.attempt(() => call.permit(alias.key));
  call.settle();
  return call.success({}, () => {
    if (alias !== undefined) call.state.aliases.delete(alias);
  });
}

// No source orders the permission on the name, its form and whether it is there.
function foundAlias(call: Call): Alias | undefined {
  const name = call.text('AliasName');
  checkName(call, name);
  call.attempt(() => call.permitAlone());
  return call.attempt(() => aliasNamed(call, call.person.account, name));
}

function checkName(call: Call, name: string): void {
  if (!name.startsWith('alias/')) {
    const start = 'Alias must start with the prefix "alias/".';
    const page = 'Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html';
    call.object('ValidationException', `${start} ${page}`);
    if (call.operation !== 'CreateAlias') call.object('InvalidAliasNameException');
  } else if (name.startsWith('alias/aws/') || !/^alias\/[a-zA-Z0-9/_-]+$/.test(name)) {
    // Reserved, or against the text of the reference; no answer is recorded.
    for (const code of ['InvalidAliasNameException', 'NotAuthorizedException', 'ValidationException'])
      call.object(code);
  }
}
