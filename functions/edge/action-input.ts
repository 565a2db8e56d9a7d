/**
 * The entities for which the tenant opens a page: the id in the query, or the entity as JSON in the body or in a field of a form; an array
 * for folders (developer guide, external actions). Only ids are read: the page reads the rest from the tenant by itself.
 */
import * as z from 'zod';
import { Eid } from '../../shared/actions/eid.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { headerValue } from '../../shared/http/headers.ts';
import type { HttpRequest } from './http-request.ts';
import { readJsonBody } from './parse-request.ts';

/** One page takes no more of them. */
const mostEntities = 20;

const invalid = (detail: string): AppError => new AppError('REQUEST_INVALID', { detail });

const Resource = z.object({ id: Eid });
const One = z.union([z.object({ data: Resource }), Resource]);
const Body = z.union([One, z.array(One).min(1), z.object({ data: z.array(Resource).min(1) })]);

const eidsIn = (body: z.output<typeof Body>): readonly string[] => {
  if (Array.isArray(body)) return body.flatMap(eidsIn);
  if ('id' in body) return [body.id];
  return Array.isArray(body.data) ? body.data.map(({ id }) => id) : [body.data.id];
};

const jsonOf = (value: string): HttpRequest['headers'] | undefined =>
  /^\s*[[{]/.test(value) ? [['content-type', 'application/json']] : undefined;

/** The guide names no field, so the one that holds JSON is meant. */
const readForm = async (mediaType: string, body: Uint8Array): Promise<Pick<HttpRequest, 'headers' | 'body'>> => {
  const form = await new Response(Buffer.from(body), { headers: { 'content-type': mediaType } })
    .formData()
    .catch(() => {
      throw invalid('The form cannot be read.');
    });
  const found = [...form.values()].flatMap((value) => {
    const headers = typeof value === 'string' ? jsonOf(value) : undefined;
    return headers ? [{ headers, body: Buffer.from(String(value)) }] : [];
  });
  const [only] = found;
  if (only && found.length === 1) return only;
  throw invalid('The form needs one field with an entity as JSON.');
};

const checkCount = (eids: readonly string[]): readonly string[] => {
  const different = [...new Set(eids)];
  if (different.length <= mostEntities) return different;
  throw invalid(`These are ${different.length} entities; one page takes ${mostEntities}.`);
};

const isForm = (mediaType: string): boolean =>
  /^\s*(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i.test(mediaType);

/** @throws AppError REQUEST_INVALID. */
export const eidOfQuery = (text: string | undefined): readonly string[] => {
  if (text === undefined) throw invalid('The address does not say which entity it is about: __eid is missing.');
  const { data } = Eid.safeParse(text);
  if (data === undefined) throw invalid('__eid is no id of an entity.');
  return [data];
};

/** Each once. @throws AppError REQUEST_INVALID, REQUEST_TOO_DEEP, MEDIA_TYPE_UNKNOWN. */
export const eidsOfBody = async ({ headers, body }: Pick<HttpRequest, 'headers' | 'body'>) => {
  if (body === undefined) throw invalid('The request holds no entity.');
  const mediaType = headerValue(headers, 'content-type') ?? 'application/json';
  if (!/^[^;]*([/+]json|text\/plain)\s*(;|$)/i.test(mediaType) && !isForm(mediaType))
    throw new AppError('MEDIA_TYPE_UNKNOWN', { detail: 'Send an entity as JSON, or in a field of a form.' });
  const request = isForm(mediaType) ? await readForm(mediaType, body) : { headers, body };
  return checkCount(eidsIn(readJsonBody(request, Body)));
};
