// The bytes of an HTTP answer as a reply of KMS, or one line on why they are none.

import type { WireReply } from '../target.ts';
import { isRecord } from '../values.ts';
import { TargetError } from './target-error.ts';

export function wireReply(status: number, body: string): WireReply {
  // Whoever says that it does not know an operation may say it in any words.
  if (status === 501) return { status, body: parsed(body) };
  if (body === '') {
    if (status === 200) return { status, body: undefined };
    throw new TargetError(`it answered HTTP ${status} without a body`);
  }
  const value = parsed(body);
  if (value === undefined) throw new TargetError(`it answered HTTP ${status} with what is no JSON: ${beginning(body)}`);
  // Some answer `null` where KMS answers nothing, and no client sees a difference.
  if (isRecord(value) || (value === null && status === 200)) return { status, body: value };
  throw new TargetError(`it answered HTTP ${status} with JSON that is no object: ${beginning(body)}`);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const shown = 60;

// In one line, and nothing in it that a terminal would act on.
function beginning(text: string): string {
  const line = text.replaceAll(/[\s\p{C}]+/gu, ' ').trim();
  return line.length > shown ? `${line.slice(0, shown)}...` : line;
}
