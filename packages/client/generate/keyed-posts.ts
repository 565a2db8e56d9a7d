/** The list of src/keyed-posts.ts, made of the OpenAPI document that the facade serves. */
import { fileURLToPath } from 'node:url';
import { readKinds } from '../../../shared/idempotency/idempotency.ts';
import { served } from './served.ts';

const head = `/** Generated from /openapi.json by \`npm run client-types\`. Do not edit. POST operations on which an Idempotency-Key has an effect. */
export const keyedPosts = [
`;

/** Where the list is committed. */
export const keyedPostsFile = fileURLToPath(new URL('../src/keyed-posts.ts', import.meta.url));

type Operation = { readonly parameters?: readonly { readonly name?: string }[]; readonly 'x-facade-kind'?: string };
type Paths = Readonly<Record<string, { readonly post?: Operation }>>;

/** Routes of the facade name the header. Native operations have a kind, and take it unless they only read (docs/idempotency.md). */
const takesKey = ({ parameters = [], 'x-facade-kind': kind }: Operation): boolean =>
  parameters.some(({ name }) => name === 'Idempotency-Key') || (kind !== undefined && !readKinds.has(kind));

export const generateKeyedPosts = (): string => {
  const posts = Object.entries(served().paths as Paths).filter(([, { post }]) => post && takesKey(post));
  return `${head}${posts.map(([path]) => `  '${path}',\n`).join('')}];\n`;
};
