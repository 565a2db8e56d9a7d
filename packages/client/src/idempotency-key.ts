/** Which calls the facade carries out once, however often they come (docs/idempotency.md). */
import { keyedPosts } from './keyed-posts.ts';

const paths: ReadonlySet<string> = new Set(keyedPosts);

/** @param path template of the OpenAPI document. The facade reads keys on POST only, and not on every one. */
export const takesKey = (method: string, path: string): boolean => method === 'post' && paths.has(path);

/** 1 to 255 of ! to ~. Several headers arrive as one with a blank, so they are no key. */
const visibleAscii = /^[!-~]{1,255}$/;
/** A string of RFC 9651, 3.3.3: backslashes before quotes and backslashes only. */
const quoted = /^"((?:[^"\\]|\\["\\])*)"$/;

/** By the rule of the facade. It ignores any other key on native operations. */
export const hasValidKey = (headers: Headers): boolean => {
  const value = headers.get('idempotency-key')?.trim() ?? '';
  const key = value.startsWith('"') ? quoted.exec(value)?.[1]?.replace(/\\(["\\])/g, '$1') : value;
  return key !== undefined && visibleAscii.test(key);
};
