import { createCountingUpstream, exchangeOf, jsonAnswer } from './support.ts';

export const experiment = (version: number, attributes: Record<string, unknown> = {}) =>
  jsonAnswer({ data: { type: 'entity', id: 'experiment:e1', attributes: { digest: '41', version, ...attributes } } });
export const counting = (attributes?: Record<string, unknown>) =>
  createCountingUpstream((call) => experiment(call, attributes));
export const read = exchangeOf;
export const write = (path = '/entities/experiment:e1/properties', parts = {}) =>
  exchangeOf({ method: 'PATCH', path, ...parts });
