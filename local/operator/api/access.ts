/** Where the stage is, and with which key it is called. */
import { readKeyFile, toBaseUrl, toKey } from '../../stage-access.ts';
import { UsageError } from '../usage-error.ts';
import type { CommonValues } from './common-options.ts';
import type { Host } from './host.ts';
import type { StageAccess } from './stage-client.ts';

/** The name has no `FACADE_` in front: such variables are settings of a stage. */
const urlVariable = 'OPERATOR_URL';
const keyVariable = 'OPERATOR_KEY';

const defaultWaitSeconds = 60;

const findUrl = async (host: Host, { url, stage, region }: CommonValues): Promise<string> => {
  if (url !== undefined && stage !== undefined) throw new UsageError('Say --url or --stage, not both.');
  if (stage !== undefined) return host.findStageUrl(stage, region);
  const found = url ?? host.env[urlVariable];
  if (found) return found;
  throw new UsageError(`Say where the stage is: --stage NAME, --url URL, or the variable ${urlVariable}.`);
};

/** Certificates that are not checked would let anybody on the way read the key. */
const ensureVerified = ({ env }: Host, url: URL): void => {
  if (url.protocol === 'https:' && env.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    throw new UsageError('NODE_TLS_REJECT_UNAUTHORIZED=0 switches the check of certificates off. Unset it.');
};

const refuseWide = (file: string) => (): never => {
  throw new UsageError(`Others on this machine can read ${file}, so it is not used. chmod 600 ${file} closes it.`);
};

const findKey = async (host: Host, file: string | undefined): Promise<string> => {
  if (file === '-') return toKey(await host.readSecret('Facade key: '), 'standard input');
  if (file !== undefined) return readKeyFile(file, refuseWide(file));
  const fromVariable = host.env[keyVariable];
  if (fromVariable) return toKey(fromVariable, keyVariable);
  if (host.canAsk) return toKey(await host.readSecret('Facade key: '), 'standard input');
  throw new UsageError(
    `No key was given: --key-file FILE, --key-file - for standard input, or the variable ${keyVariable}.`,
  );
};

const toMillis = (wait: string | undefined): number => {
  if (wait !== undefined && !/^\d{1,4}$/.test(wait)) throw new UsageError('--wait takes seconds, from 0 to 9999.');
  return Number(wait ?? defaultWaitSeconds) * 1_000;
};

/** Asks for no key. @throws UsageError when the URL is missing, or none that a key may be sent to. */
export const findPlace = async (host: Host, common: CommonValues): Promise<Omit<StageAccess, 'key'>> => {
  const mostWaitMillis = toMillis(common.wait);
  const baseUrl = toBaseUrl(await findUrl(host, common));
  ensureVerified(host, baseUrl);
  return { baseUrl, mostWaitMillis };
};

/** @throws UsageError when the key is missing, or could be read by others. */
export const findAccess = async (
  host: Host,
  { 'key-file': keyFile }: CommonValues,
  place: Omit<StageAccess, 'key'>,
): Promise<StageAccess> => ({ ...place, key: await findKey(host, keyFile) });
