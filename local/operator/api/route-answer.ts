/** What a route answers when it succeeds. */
import type * as z from 'zod';
import { isFailure, type RouteDefinition } from '../../../shared/routes/route.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';

const successOf = ({ answers }: RouteDefinition) => {
  const [, answer] = Object.entries(answers).find(([status, one]) => Number(status) < 300 && !isFailure(one)) ?? [];
  return answer;
};

/** The `data` of its document; undefined = it answers none. */
export const answeredData = (route: RouteDefinition): JsonSchema | undefined => {
  const answer = successOf(route);
  if (answer === undefined || typeof answer !== 'object' || !('_zod' in answer)) return undefined;
  return jsonSchemaOf(answer as z.ZodType).properties?.data;
};

export const isList = (route: RouteDefinition): boolean => answeredData(route)?.type === 'array';

export const isFile = (route: RouteDefinition): boolean => {
  const answer = successOf(route);
  return typeof answer === 'object' && 'kind' in answer && answer.kind === 'content';
};
