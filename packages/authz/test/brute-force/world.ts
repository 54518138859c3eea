// What the second evaluator takes: documents as they are written, nothing compiled.

export type Written = Readonly<Record<string, unknown>>;
export type Document = readonly Written[];

export interface World {
  readonly version: '2012-10-17' | '2008-10-17';
  readonly keyPolicy: Document | undefined;
  readonly keyAccount: string;
  readonly awsManaged: boolean;
  readonly identity: readonly Document[];
  readonly boundary: Document | undefined;
  readonly session: readonly Document[];
  /** From the root of the organization down. */
  readonly scps: readonly (readonly Document[])[] | undefined;
  readonly rcps: readonly Document[];
  readonly endpoint: Document | undefined;
  readonly grants: readonly WrittenGrant[];
}

export interface WrittenGrant {
  readonly id: string;
  readonly grantee: string;
  readonly operations: readonly string[];
  readonly equals?: Readonly<Record<string, string>> | undefined;
  readonly subset?: Readonly<Record<string, string>> | undefined;
  readonly sourceArn?: string | undefined;
  readonly pending: boolean;
}

export interface Ask {
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  readonly crossAccount: boolean;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly tokens: readonly string[];
  readonly child: Pick<WrittenGrant, 'operations' | 'equals' | 'subset' | 'sourceArn'> | undefined;
}
