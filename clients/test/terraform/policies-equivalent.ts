// Whether two policies are one to Terraform: the order of statements and lists, and a list of one, make no difference. What counts was read in
// https://github.com/hashicorp/awspolicyequivalence (aws_policy_equivalence.go). It does not look into what a policy means: the case of an action
// and the Version count.

type Json = Readonly<Record<string, unknown>>;

export function policiesAreEquivalent(one: string, other: string): boolean {
  return document(one) === document(other);
}

function document(text: string): string {
  const { Version = '', Id = '', Statement } = JSON.parse(text) as Json;
  const statements = (Array.isArray(Statement) ? Statement : [Statement]) as Json[];
  return JSON.stringify([Version, Id, statements.map(statement).sort()]);
}

function statement(members: Json): string {
  const { Condition, Effect, NotPrincipal, Principal, Sid = '' } = members;
  const lists = ['Action', 'NotAction', 'Resource', 'NotResource'].map((name) => list(members[name]));
  const who = [Principal, NotPrincipal].map(principals);
  return JSON.stringify([Sid, String(Effect).toLowerCase(), lists, who, conditions(Condition as Json | undefined)]);
}

function list(value: unknown): readonly unknown[] {
  return (Array.isArray(value) ? [...value] : value === undefined ? [] : [value]).sort();
}

function principals(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === undefined ? null : String(value);
  const kinds = Object.entries(value).map(([kind, names]) => [kind, list(names).map(account).sort()] as const);
  return kinds.filter(([, names]) => names.length > 0).sort();
}

// KMS stores the number of an account as the ARN of its root user.
function account(name: unknown): unknown {
  return typeof name === 'string' && /^[0-9]{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name;
}

function conditions(block: Json | undefined): unknown {
  if (block === undefined) return null;
  const operators = Object.entries(block).map(([operator, keys]) => {
    const values = Object.entries(keys as Json).map(([key, value]) => [key, list(value)] as const);
    return [operator, values.sort()] as const;
  });
  return operators.sort();
}
