/** Addresses of applications to which a page of the facade may lead a person back. */
import { isLoopbackName } from './loopback.ts';

/**
 * Whether a text is such an address, in its only spelling: https, or http on the person's own machine, with a path, and without account,
 * query and fragment. Addresses are compared as texts, so a second spelling would be a second address.
 */
export const isReturnUrl = (text: string): boolean => {
  const url = URL.parse(text);
  if (!url || url.href !== text || text.length > 500) return false;
  if (url.username || url.password || /[?#]/.test(text)) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackName(url.hostname));
};
