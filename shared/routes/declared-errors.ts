/** The error codes that a route may answer: those in its definition, and those that follow from what it declares. */
import type { ErrorCode } from '../errors/catalogue.ts';
import { isFailure, parameterNamesOf, type RouteDefinition } from './route.ts';

/** Made by API Gateway, or by any function. */
const always: readonly ErrorCode[] = ['TOO_MANY_REQUESTS', 'INTERNAL', 'GATEWAY_FAILED', 'GATEWAY_LATE'];

const when = (condition: unknown, ...codes: ErrorCode[]): readonly ErrorCode[] => (condition ? codes : []);

/** Codes that the dispatcher adds without a mention in the definition. */
const impliedErrors = (route: RouteDefinition): readonly ErrorCode[] => [
  ...always,
  // Every route refuses unknown query parameters, except those that pass them on.
  'REQUEST_INVALID',
  ...when(parameterNamesOf(route.path).length > 0, 'ROUTE_UNKNOWN'),
  ...when(route.body ?? route.bodyMediaType, 'BODY_TOO_LARGE', 'REQUEST_TOO_LARGE'),
  ...when(route.body, 'MEDIA_TYPE_UNKNOWN', 'REQUEST_TOO_DEEP'),
  ...when(
    route.scope !== 'everybody',
    'CONSUMER_UNKNOWN',
    'SUBJECT_REFUSED',
    'CONSUMERS_UNAVAILABLE',
    'ISSUER_UNREACHABLE',
  ),
  ...when(route.scope.includes(':'), 'SCOPE_MISSING'),
  ...when(route.audit, 'AUDIT_UNAVAILABLE'),
  ...when(
    route.idempotency,
    'IDEMPOTENCY_IN_PROGRESS',
    'IDEMPOTENCY_UNREPLAYABLE',
    'IDEMPOTENCY_KEY_REUSED',
    'IDEMPOTENCY_UNAVAILABLE',
  ),
];

/** Every code that the route may answer, each once. */
export const declaredErrors = (route: RouteDefinition): readonly ErrorCode[] => {
  const own = Object.values(route.answers).filter(isFailure).flat();
  return [...new Set([...own, ...impliedErrors(route)])];
};
