/** What exports of all kinds share: their form, their refusal, and the names of their files. */
import { badRequest } from '../errors.ts';
import type { Call } from '../http/call.ts';
import type { Reply } from '../http/reply.ts';
import type { Entity } from '../tenant/model.ts';

/** The export of the entities of one type. An empty format asks for the native file. */
export type Exporter = (call: Call, entity: Entity, format: string) => Reply;

export const noFormat = (entity: Entity, format: string) =>
  badRequest(`A ${entity.type} cannot be exported as "${format}".`);

/** The name as it is when it has an extension already. */
export const withExtension = (name: string, extension: string): string =>
  /\.[A-Za-z0-9]{1,5}$/.test(name) ? name : `${name}${extension}`;
