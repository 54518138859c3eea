// OpenTelemetry: one span for each call of KMS. The types are structural, so that no version of @opentelemetry/api is part of this API.
// https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/

import { explainDecision } from '@kmsim/authz';
import { KmsError, type Visit } from '@kmsim/kms';
import type { Service } from '@kmsim/wire';

export interface TelemetrySpan {
  isRecording(): boolean;
  setAttribute(name: string, value: string): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  end(at?: Date): void;
}

/** What `trace.getTracer('my tests')` of @opentelemetry/api gives. */
export interface Telemetry {
  startSpan(
    name: string,
    options?: { kind?: number; attributes?: Record<string, string>; startTime?: Date },
  ): TelemetrySpan;
}

// https://open-telemetry.github.io/opentelemetry-js/enums/_opentelemetry_api.SpanKind.html, ...SpanStatusCode.html. Server: where the AWS
// SDK is instrumented, its spans are the clients of these.
const serverKind = 1;
const errorStatus = 2;

/** The same service, with spans. `now`: the simulation's clock. */
export function withSpans(service: Service, telemetry: Telemetry, now: () => number): Service {
  const instant = (): Date => new Date(now());
  const done = (span: TelemetrySpan, visit: Visit): void => {
    span.setAttribute('aws.request_id', service.requestId(visit));
    span.end(instant());
  };
  const failed = (span: TelemetrySpan, visit: Visit, error: unknown): never => {
    if (span.isRecording()) describe(span, error);
    done(span, visit);
    throw error;
  };
  return {
    refuse: () => service.refuse(),
    requestId: (visit) => service.requestId(visit),
    dispatch: (visit) => {
      const span = telemetry.startSpan(`KMS.${visit.operation}`, {
        kind: serverKind,
        startTime: instant(),
        attributes: attributesOf(visit),
      });
      try {
        const answer = service.dispatch(visit);
        if (!(answer instanceof Promise)) {
          done(span, visit);
          return answer;
        }
        return answer.then(
          (output: object) => {
            done(span, visit);
            return output;
          },
          (error: unknown) => failed(span, visit, error),
        );
      } catch (error) {
        return failed(span, visit, error);
      }
    },
  };
}

function attributesOf({ caller, operation }: Visit): Record<string, string> {
  return {
    'rpc.system': 'aws-api',
    'rpc.service': 'KMS',
    'rpc.method': operation,
    'cloud.region': caller.region,
    // As the instrumentations of the AWS SDKs call it.
    'aws.region': caller.region,
    'kmsim.principal': caller.principal.arn,
  };
}

function describe(span: TelemetrySpan, error: unknown): void {
  const { message, name } = error instanceof Error ? error : { message: String(error), name: 'Error' };
  span.setAttribute('error.type', name);
  span.setStatus({ code: errorStatus, message });
  const decision = error instanceof KmsError ? error.decision : undefined;
  if (decision !== undefined) span.setAttribute('kmsim.explanation', explainDecision(decision));
}
