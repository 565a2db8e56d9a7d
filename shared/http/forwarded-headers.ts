/**
 * The request headers that are sent to an upstream: those that can change its answer, and names that a stage adds.
 * Every other header is dropped, so tracing headers of any vendor, proxy headers and identity headers need no list of
 * their own.
 */
import * as z from 'zod';
import { commaList } from './comma-list.ts';

const names: ReadonlySet<string> = new Set(['accept', 'cache-control', 'prefer', 'range', 'user-agent']);
const families = /^(accept|content|if)-[a-z0-9-]+$/;
/** The transport writes the length and the framing of a message itself. */
const framing: ReadonlySet<string> = new Set(['content-length', 'content-transfer-encoding']);

/** @param name in lower case. */
export const isForwarded = (name: string, addedNames: readonly string[]): boolean =>
  names.has(name) || (families.test(name) && !framing.has(name)) || addedNames.includes(name);

/** A stage cannot add headers of these kinds. The parts match anywhere in the name, without dashes. */
const refusedParts = [
  // Another method than the one whose scope was checked.
  ...['method', 'override', 'rewrite', 'original'],
  // Another address, host or path than the one that was called.
  ...['forward', 'proxy', 'host', 'url', 'uri', 'destination', 'realip', 'connectingip', 'proto', 'scheme', 'ssl'],
  // Another person, or other rights, than those of the credential.
  ...['user', 'auth', 'ident', 'principal', 'impersonat', 'behalf', 'actas', 'acting', 'runas', 'asuser', 'sudo'],
  ...['subject', 'assert', 'person', 'account', 'email', 'login', 'role', 'group', 'admin', 'owner', 'tenant'],
  ...['oidc', 'saml', 'scope', 'remote', 'permission', 'privilege', 'consumer', 'client', 'customer', 'employee'],
  // A credential.
  ...['apikey', 'token', 'jwt', 'cookie', 'session', 'secret', 'passw', 'credential', 'cert', 'signature', 'nonce'],
  // Framing, and hop-by-hop headers.
  ...['connection', 'keepalive', 'length', 'transfer', 'trailer', 'upgrade', 'expect', 'maxforwards'],
  // Tracing: each value would be a cache entry of its own.
  ...['trace', 'tracing', 'baggage', 'sentry', 'datadog', 'newrelic', 'correlation', 'requestid', 'dynatrace'],
  ...['instana', 'otspan', 'spanid', 'parentid'],
];
/** These are too short to match inside words: they match whole parts between dashes. */
const refusedWords: ReadonlySet<string> = new Set([
  ...[
    'via',
    'path',
    'port',
    'https',
    'ip',
    'addr',
    'te',
    'sec',
    'amz',
    'amzn',
    'cdn',
    'cloudfront',
    'from',
    'origin',
    'referer',
  ],
  ...['key', 'keys', 'uid', 'dn', 'sso', 'org', 'id', 'act', 'as', 'su', 'b3', 'apm', 'span', 'dd'],
]);

/** Whether a stage may add a header: it must not name a method, an address, a person, a credential or a trace. */
export const mayBeAdded = (name: string): boolean => {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(name)) return false; // some servers take `x_user` for `x-user`
  const joined = name.replaceAll('-', '');
  return !refusedParts.some((part) => joined.includes(part)) && !name.split('-').some((word) => refusedWords.has(word));
};

/** Names that a stage adds, as a comma list or a list; in lower case, each once. */
export const AddedHeaders = z
  .preprocess(
    commaList,
    z.array(z.string().toLowerCase().refine(mayBeAdded, 'names a header that must not travel')).max(20),
  )
  .transform((added) => [...new Set(added)]);
