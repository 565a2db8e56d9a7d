/** CORS of a bucket: its rules, preflights, and the headers that rules add to answers (S3 user guide, "Using cross-origin resource sharing"). */
import type { Handler } from './handler.ts';
import type { CorsRule } from './model.ts';
import type { S3Reply, S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import type { Store } from './store.ts';
import { readDocument } from './verified-body.ts';
import { childrenOf, parseXmlAs, textOf, toXml, type XmlElement } from './xml.ts';

const knownMethods: ReadonlySet<string> = new Set(['GET', 'PUT', 'POST', 'DELETE', 'HEAD']);
const mostRules = 100;

const textsOf = (rule: XmlElement, name: string): string[] => childrenOf(rule, name).map(({ text }) => text.trim());

const parseRule = (rule: XmlElement): CorsRule => {
  const maxAge = textOf(rule, 'MaxAgeSeconds');
  const parsed: CorsRule = {
    origins: textsOf(rule, 'AllowedOrigin'),
    methods: textsOf(rule, 'AllowedMethod'),
    headers: textsOf(rule, 'AllowedHeader'),
    exposed: textsOf(rule, 'ExposeHeader'),
    ...(maxAge === undefined ? {} : { maxAgeSeconds: Number(maxAge) }),
  };
  const unknown = parsed.methods.find((method) => !knownMethods.has(method));
  if (unknown !== undefined)
    throw new S3Error(
      'InvalidRequest',
      `Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`,
    );
  const manyStars = parsed.origins.some((origin) => origin.split('*').length > 2);
  if (manyStars) throw new S3Error('InvalidRequest', 'An AllowedOrigin can not have more than one wildcard.');
  if (parsed.origins.length === 0 || parsed.methods.length === 0 || !Number.isInteger(Number(maxAge ?? 0)))
    throw new S3Error('MalformedXML', 'A CORSRule has an AllowedOrigin, an AllowedMethod and a whole MaxAgeSeconds');
  return parsed;
};

export const putBucketCors: Handler = async (request, { store }) => {
  const rules = childrenOf(parseXmlAs('CORSConfiguration', await readDocument(request)), 'CORSRule').map(parseRule);
  if (rules.length === 0 || rules.length > mostRules)
    throw new S3Error('MalformedXML', `A CORSConfiguration has 1 to ${mostRules} rules`);
  const bucket = store.bucket(request.bucket);
  bucket.settings.cors = rules;
  store.saveSettings(bucket);
  return { status: 200 };
};

export const getBucketCors: Handler = (request, { store }) => {
  const { cors } = store.bucket(request.bucket).settings;
  if (!cors) throw new S3Error('NoSuchCORSConfiguration', 'The CORS configuration does not exist');
  const CORSRule = cors.map((rule) => ({
    AllowedOrigin: rule.origins,
    AllowedMethod: rule.methods,
    AllowedHeader: rule.headers,
    ExposeHeader: rule.exposed,
    MaxAgeSeconds: rule.maxAgeSeconds,
  }));
  return { status: 200, body: toXml('CORSConfiguration', { CORSRule }) };
};

export const deleteBucketCors: Handler = (request, { store }) => {
  const bucket = store.bucket(request.bucket);
  delete bucket.settings.cors;
  store.saveSettings(bucket);
  return { status: 204 };
};

/** `*` stands for any characters. */
const fits = (pattern: string, text: string): boolean => {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return pattern === text;
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
};

type CorsRequest = { readonly origin: string; readonly method: string; readonly headers: readonly string[] };

const ruleFor = (rules: readonly CorsRule[], { origin, method, headers }: CorsRequest): CorsRule | undefined =>
  rules.find(
    (rule) =>
      rule.origins.some((pattern) => fits(pattern, origin)) &&
      rule.methods.includes(method) &&
      headers.every((header) => rule.headers.some((pattern) => fits(pattern.toLowerCase(), header))),
  );

/** As S3 was recorded to answer: one origin with the right to credentials, `*` without. */
const headersFor = (rule: CorsRule, { origin, headers }: CorsRequest): Record<string, string> => ({
  'access-control-allow-origin': rule.origins.includes('*') ? '*' : origin,
  ...(rule.origins.includes('*') ? {} : { 'access-control-allow-credentials': 'true' }),
  'access-control-allow-methods': rule.methods.join(', '),
  ...(headers.length > 0 ? { 'access-control-allow-headers': headers.join(', ') } : {}),
  ...(rule.exposed.length > 0 ? { 'access-control-expose-headers': rule.exposed.join(', ') } : {}),
  ...(rule.maxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(rule.maxAgeSeconds) }),
  vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
});

const listOf = (field: string | undefined): string[] =>
  (field ?? '').split(',').flatMap((part) => part.trim().toLowerCase() || []);

const refused =
  "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

/** The answer to a preflight, which is never signed. @throws S3Error BadRequest, AccessForbidden */
export const answerPreflight = ({ bucket, headers }: S3Request, store: Store): S3Reply => {
  const origin = headers.get('origin');
  if (!origin) throw new S3Error('BadRequest', 'Insufficient information. Origin request header needed.');
  if (!store.hasBucket(bucket)) throw new S3Error('AccessForbidden', 'CORSResponse: Bucket not found');
  const { cors } = store.bucket(bucket).settings;
  if (!cors) throw new S3Error('AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.');
  const asked: CorsRequest = {
    origin,
    method: headers.get('access-control-request-method') ?? '',
    headers: listOf(headers.get('access-control-request-headers')),
  };
  const rule = ruleFor(cors, asked);
  if (!rule) throw new S3Error('AccessForbidden', refused);
  return { status: 200, headers: headersFor(rule, asked) };
};

/** Headers that the bucket's rules add to the answer of a request, failures included. */
export const corsHeadersOf = ({ method, bucket, headers }: S3Request, store: Store): Record<string, string> => {
  const origin = headers.get('origin');
  const rules = store.hasBucket(bucket) ? store.bucket(bucket).settings.cors : undefined;
  if (!origin || !rules || method === 'OPTIONS') return {};
  const asked: CorsRequest = { origin, method, headers: [] };
  const rule = ruleFor(rules, asked);
  return rule ? headersFor(rule, asked) : {};
};
