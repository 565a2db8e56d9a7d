/** API Gateway's own answers, rendered from the template's gateway responses as a REST API renders them. */
import * as z from 'zod';
import type { Stack } from '../template/stack.ts';

/** Status and message of AWS (API Gateway developer guide, "Gateway response types"), as far as the twin makes them. */
const defaults = {
  BAD_REQUEST_BODY: [400, 'Invalid request body'],
  BAD_REQUEST_PARAMETERS: [400, 'Invalid request parameters'],
  DEFAULT_4XX: [400, 'Bad Request'],
  DEFAULT_5XX: [500, 'Internal server error'],
  INTEGRATION_FAILURE: [504, 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  THROTTLED: [429, 'Too Many Requests'],
} as const satisfies Record<string, readonly [number, string]>;
export type GatewayResponseType = keyof typeof defaults;

type Rendered = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
};
/** The values of `$context`, by dotted name without the prefix; `error.*` is added here. */
type RenderContext = Readonly<Record<string, string>>;
export type GatewayResponses = {
  /** `status` is AWS's default. It is used if the template names no status. */
  render(type: GatewayResponseType, context: RenderContext, status?: number): Rendered;
};

const Properties = z.object({
  ResponseType: z.string(),
  StatusCode: z.coerce.number().int().optional(),
  ResponseParameters: z.record(z.string(), z.string()).default({}),
  ResponseTemplates: z.record(z.string(), z.string()).default({}),
});
type Definition = z.output<typeof Properties>;

const defaultTemplates = { 'application/json': '{"message":$context.error.messageString}' };

const substitute = (template: string, context: RenderContext): string =>
  template.replace(
    /\$\{context\.([\w.]+)\}|\$context\.(\w+(?:\.\w+)*)/g,
    (_, braced: string | undefined, bare: string | undefined) => context[braced ?? bare ?? ''] ?? '',
  );

/** `'literal'` or `context.requestId`; mappings from the request are not needed here. */
const parameterValue = (source: string, context: RenderContext): string | undefined => {
  const literal = /^'(.*)'$/.exec(source)?.[1];
  return literal ?? (source.startsWith('context.') ? context[source.slice('context.'.length)] : undefined);
};

const headersOf = (mediaType: string, definition: Definition | undefined, context: RenderContext) => {
  const headers = new Map<string, readonly [string, string]>([['content-type', ['Content-Type', mediaType]]]);
  for (const [target, source] of Object.entries(definition?.ResponseParameters ?? {})) {
    const name = /^gatewayresponse\.header\.(.+)$/.exec(target)?.[1];
    const value = parameterValue(source, context);
    if (name && value !== undefined) headers.set(name.toLowerCase(), [name, value]);
  }
  return [...headers.values()];
};

const render = (
  type: GatewayResponseType,
  definition: Definition | undefined,
  context: RenderContext,
  status: number,
): Rendered => {
  const message = context['error.message'] ?? defaults[type][1];
  const whole: RenderContext = {
    ...context,
    'error.message': message,
    'error.messageString': JSON.stringify(message),
    'error.responseType': type,
  };
  const templates = Object.entries(definition?.ResponseTemplates ?? {});
  const all = templates.length > 0 ? templates : Object.entries(defaultTemplates);
  const [mediaType, template] = all.find(([name]) => name === 'application/json') ?? all[0] ?? ['', ''];
  const headers = headersOf(mediaType, definition, whole);
  return { status: definition?.StatusCode ?? status, headers, body: substitute(template, whole) };
};

/** Reads the gateway responses of the template; types that it leaves out fall back to its DEFAULT_4XX or DEFAULT_5XX. */
export const createGatewayResponses = (stack: Stack): GatewayResponses => {
  const read = stack.ofType('AWS::ApiGateway::GatewayResponse').map((id) => stack.read(id, Properties));
  const definitions = new Map(read.map((definition) => [definition.ResponseType, definition]));
  return {
    render: (type, context, status = defaults[type][0]) => {
      const definition = definitions.get(type) ?? definitions.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
      return render(type, definition, context, status);
    },
  };
};
