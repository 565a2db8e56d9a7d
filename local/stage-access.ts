/** What a command needs to call a stage: its base URL and a key. Neither a key nor a password is ever a parameter. */
import { readFile, stat } from 'node:fs/promises';
import { isMistyped } from '../shared/consumers/key-format.ts';
import { isLoopback } from '../shared/http/loopback.ts';
import { UsageError } from './operator/usage-error.ts';

/** @throws UsageError unless it is the base URL of a stage that a key may be sent to. */
export const toBaseUrl = (text: string | undefined): URL => {
  const url = text === undefined ? null : URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new UsageError('--url is the base URL of a stage.');
  if (url.username || url.password || url.search || url.hash)
    throw new UsageError('--url holds no user, password, query or fragment.');
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new UsageError('--url starts with https: the key would travel in clear.');
  return url;
};

/** @param source where it comes from, for the error. @throws UsageError unless it can be a key; the error does not hold it. */
export const toKey = (text: string, source: string): string => {
  const key = text.trim();
  if (!/^[!-~]{1,512}$/.test(key)) throw new UsageError(`${source} holds one key and nothing else.`);
  if (isMistyped(key)) throw new UsageError(`The key in ${source} was mistyped or damaged: its checksum does not fit.`);
  return key;
};

/** @param onWide called when other people of this machine can read the file; Windows has no such mode. */
export const readKeyFile = async (file: string, onWide: () => void): Promise<string> => {
  const [text, { mode }] = await Promise.all([readFile(file, 'utf8'), stat(file)]).catch(
    (error: NodeJS.ErrnoException) => {
      throw new UsageError(`The key cannot be read from ${file} (${error.code}).`);
    },
  );
  const key = toKey(text, file);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) onWide();
  return key;
};
