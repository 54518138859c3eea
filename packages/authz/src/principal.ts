// Who asks: a principal and its ARN.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns

export interface Principal {
  readonly kind: 'root' | 'user' | 'role' | 'session' | 'service';
  /** The ARN; of a service principal its name, `cloudtrail.amazonaws.com`. */
  readonly arn: string;
  /** Twelve digits; empty for a service principal, which belongs to no account. */
  readonly account: string;
  /** The role that a session comes from. A session's ARN has the name of its role without the path, and so has this. */
  readonly roleArn?: string;
  readonly partition: string;
  /** The canonical user id of the account, where somebody knows it: a policy may name the account by it. */
  readonly canonicalUser?: string;
}

/** Permissions boundaries and session policies are for users and roles: neither is for a root user or a service. */
export function canBeBounded({ kind }: Principal): boolean {
  return kind !== 'root' && kind !== 'service';
}

const MAX_ARN_LENGTH = 2048;
const PRINCIPAL_ARN = /^arn:(aws(?:-[a-z]+)*):(iam|sts)::(\d{12}):(.+)$/;
const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/;
// IAM's character classes (CreateUser, CreateRole, AssumeRole); a path may hold any visible ASCII character, but one
// with a wildcard would read as a pattern, which no principal is.
const NAME = /^[\w+=,.@-]{1,64}$/;
const PATH_SEGMENT = /^[!-)+->@-~]+$/;

/** Undefined for anything that cannot call: groups, federated users, patterns, `*`, account numbers. */
export function parsePrincipal(arn: string): Principal | undefined {
  if (arn.length > MAX_ARN_LENGTH) return undefined;
  const service = SERVICE.exec(arn);
  if (service) return { kind: 'service', arn, account: '', partition: service[1] ? 'aws-cn' : 'aws' };
  const parts = PRINCIPAL_ARN.exec(arn);
  if (!parts) return undefined;
  const [, partition = '', namespace, account = '', resource = ''] = parts;
  if (namespace === 'iam' && resource === 'root') return { kind: 'root', arn, account, partition };
  const [type, ...rest] = resource.split('/');
  const name = rest[rest.length - 1];
  const path = rest.slice(0, -1);
  if (name === undefined || !NAME.test(name)) return undefined;
  if (namespace === 'iam') {
    if ((type !== 'user' && type !== 'role') || !path.every((segment) => PATH_SEGMENT.test(segment))) return undefined;
    return { kind: type, arn, account, partition };
  }
  const role = path[0];
  if (type !== 'assumed-role' || path.length !== 1 || role === undefined || !NAME.test(role)) return undefined;
  return { kind: 'session', arn, account, roleArn: `arn:${partition}:iam::${account}:role/${role}`, partition };
}
