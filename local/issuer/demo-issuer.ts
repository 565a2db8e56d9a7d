/**
 * An OpenID provider on this machine, so that a developer can try tokens of a company's issuer against the twin. Everybody gets every token, so
 * only the stage of the twin trusts it.
 */
import { createServer, type IncomingMessage } from 'node:http';
import * as z from 'zod';
import { isLoopbackName } from '../../shared/http/loopback.ts';
import { type Emulator, serveOnLoopback } from '../emulators/loopback.ts';
import { createCodes } from './codes.ts';
import { GrantError, grantToken, TokenForm } from './grants.ts';
import { returnUrl, SignInRequest, signInPage, toGrant } from './sign-in.ts';
import { createSigningKeys } from './signing-keys.ts';

type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string };
type Asked = {
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly form: () => Promise<URLSearchParams>;
};
type Handle = (asked: Asked) => Promise<Answer> | Answer;

const mostFormBytes = 16_384;

const json = (document: object, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(document),
});

/** Nothing of the page may be framed, and it runs no script. */
const page = (body: string): Answer => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  },
  body,
});

const faultsOf = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');

/** @throws GrantError for fields that are not as documented. */
const parsed = <Schema extends z.ZodType>(schema: Schema, fields: URLSearchParams): z.infer<Schema> => {
  const result = schema.safeParse(Object.fromEntries([...fields].filter(([, value]) => value !== '')));
  if (!result.success) throw new GrantError('invalid_request', faultsOf(result.error));
  return result.data;
};

const discoveryOf = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/keys`,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'client_credentials', 'password'],
  code_challenge_methods_supported: ['S256'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256'],
  token_endpoint_auth_methods_supported: ['none'],
  scopes_supported: ['openid', 'profile', 'email'],
});

const createHandles = async (
  issuerOf: () => string,
  nowMillis: () => number,
): Promise<Readonly<Record<string, Handle>>> => {
  const [keys, codes] = [await createSigningKeys(), createCodes()];
  return {
    'GET /.well-known/openid-configuration': () => json(discoveryOf(issuerOf())),
    'GET /keys': () => json({ keys: keys.published() }),
    'GET /authorize': ({ query }) => page(signInPage(parsed(SignInRequest, query))),
    'POST /authorize': async ({ form }) => {
      const fields = await form();
      const request = parsed(SignInRequest, fields);
      const { username } = parsed(z.object({ username: z.string().regex(/^[!-~]{1,128}$/) }), fields);
      const code = codes.issue(toGrant(request, username), nowMillis());
      return { status: 303, headers: { location: returnUrl(request, issuerOf(), code) }, body: '' };
    },
    'POST /token': async ({ form, headers }) => {
      const granted = await grantToken(
        { issuer: issuerOf(), keys, codes },
        parsed(TokenForm, await form()),
        nowMillis(),
      );
      // For a command line: the token and nothing else.
      if (headers.accept === 'text/plain')
        return { status: 200, headers: { 'content-type': 'text/plain' }, body: granted.access_token };
      return json(granted);
    },
    'POST /rotate': async ({ form }) => {
      await keys.rotate((await form()).get('withdraw') === 'true');
      return json({ keys: keys.published().map(({ kid }) => kid) });
    },
  };
};

const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > mostFormBytes) throw new GrantError('invalid_request', 'The form is too long.');
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
};

/** Pages of this machine may ask for tokens, as applications in a browser do. Pages of other hosts may not read them. */
const corsOf = (origin: string | undefined): Readonly<Record<string, string>> => {
  const url = URL.parse(origin ?? '');
  return origin !== undefined && url && isLoopbackName(url.hostname)
    ? { 'access-control-allow-origin': origin, vary: 'origin' }
    : {};
};

/** A name that leads to this machine, but is another one, belongs to a page that wants to read tokens (DNS rebinding). */
const isForUs = ({ headers }: IncomingMessage): boolean =>
  isLoopbackName(URL.parse(`http://${headers.host ?? ''}`)?.hostname ?? '');

const answerOf = async (handles: Readonly<Record<string, Handle>>, request: IncomingMessage): Promise<Answer> => {
  const url = URL.parse(request.url ?? '/', 'http://127.0.0.1');
  const handle = url && handles[`${request.method} ${url.pathname}`];
  if (!isForUs(request) || !handle) return json({ error: 'not_found' }, 404);
  const { searchParams: query } = url;
  try {
    return await handle({ query, headers: request.headers, form: () => readForm(request) });
  } catch (error) {
    if (error instanceof GrantError) return json({ error: error.code, error_description: error.message }, 400);
    return json({ error: 'server_error' }, 500);
  }
};

/** @param port 0 takes a free one. `url` of the result is the issuer. */
export const startDemoIssuer = async (port: number, nowMillis: () => number = Date.now): Promise<Emulator> => {
  let issuer = '';
  const handles = await createHandles(() => issuer, nowMillis);
  const server = createServer(async (request, response) => {
    const { status, headers = {}, body } = await answerOf(handles, request);
    response.writeHead(status, { ...headers, ...corsOf(request.headers.origin) }).end(body);
  });
  const running = await serveOnLoopback(server, port, () => {});
  issuer = running.url;
  return running;
};
