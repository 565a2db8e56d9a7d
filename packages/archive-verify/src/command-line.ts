/** archive-verify from a command line. Status 0: whole; 1: faults; 2: wrong use, or an archive that cannot be reached. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readPublicKey } from '../../../shared/archive/format.ts';
import { openBucket } from './bucket-source.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';
import { openFolder } from './folder-source.ts';
import { jsonReport, type Result, textReport } from './report.ts';
import type { ArchiveSource } from './source.ts';
import { collectFaults, verifyArchive } from './verify.ts';

export type Terminal = { out(text: string): void; err(text: string): void; nowMillis(): number };

const version = process.env.ARCHIVE_VERIFY_VERSION ?? 'from source'; // the build puts the version here

const help = `Usage: archive-verify FOLDER [flags]
       archive-verify --bucket NAME [flags]

Proves that an archive of signals-facade is whole. It recomputes every hash and the chain, and demands a signed head.
Status 0: whole. 1: faults, one line each. 2: wrong use, or the archive cannot be reached.

  --public-key FILE  the key that signs the heads, in PEM, from a source other than the archive
  --catalogue FILE   a catalogue export: lists what it has and the archive lacks
  --bucket NAME      the bucket itself, with the credentials of the environment: checks locks and delete markers, too
  --endpoint URL     another S3 than that of AWS, for --bucket
  --allow-unsealed   manifests and segments after the newest head are no fault
  --expect-audit-log an archive without an audit log has a fault
  --json             one JSON document in place of the report
  --quiet            no progress on stderr
  --version          print the version
  --help             print this`;

const options = {
  'public-key': { type: 'string' },
  catalogue: { type: 'string' },
  bucket: { type: 'string' },
  endpoint: { type: 'string' },
  'allow-unsealed': { type: 'boolean' },
  'expect-audit-log': { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  version: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const readFlags = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  return { ...values, folders: positionals };
};
type Flags = ReturnType<typeof readFlags>;

/** Runs once; gives the status of the process. */
export const runCommandLine = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  try {
    const flags = readFlags(args);
    if (flags.help) return say(terminal, help);
    if (flags.version) return say(terminal, version);
    return await check(flags, terminal);
  } catch (error) {
    const [reason] = String((error as Error).message).split('\n');
    terminal.err(`${reason} archive-verify --help lists the flags.`);
    return 2;
  }
};

const say = (terminal: Terminal, text: string): number => {
  terminal.out(text);
  return 0;
};

const openSource = ({ folders, bucket, endpoint }: Flags): Promise<ArchiveSource> => {
  const [folder, ...others] = folders;
  if (others.length > 0 || (folder === undefined) === (bucket === undefined))
    throw new Error('Name one folder, or one bucket by --bucket.');
  if (bucket !== undefined) return openBucket({ bucket, endpoint });
  if (endpoint !== undefined) throw new Error('--endpoint goes with --bucket.');
  return openFolder(folder ?? '');
};

const readKey = async (file: string | undefined) => {
  if (file === undefined) return undefined;
  const pem = await readFile(file, 'utf8').catch(() => {
    throw new Error(`The public key ${file} cannot be read.`);
  });
  try {
    return readPublicKey(pem);
  } catch {
    throw new Error(`${file} holds no public key in PEM.`);
  }
};

const check = async (flags: Flags, terminal: Terminal): Promise<number> => {
  const source = await openSource(flags);
  const publicKey = await readKey(flags['public-key']);
  const { faults, report } = collectFaults();
  const catalogue = await openCatalogue(flags.catalogue, report);
  const outcome = await verifyArchive(source, {
    publicKey,
    catalogue,
    allowsUnsealed: flags['allow-unsealed'] ?? false,
    expectsAuditLog: flags['expect-audit-log'] ?? false,
    report,
    onProgress: flags.quiet ? () => {} : progressOn(terminal),
  });
  const result: Result = {
    ...outcome,
    version,
    subject: source.name,
    checkedAt: new Date(terminal.nowMillis()).toISOString(),
    isBucket: source.isBucket,
    isPinned: publicKey !== undefined,
    catalogue: flags.catalogue,
    faults,
  };
  terminal.out(flags.json ? jsonReport(result) : textReport(result));
  return faults.length === 0 ? 0 : 1;
};

const openCatalogue = async (
  file: string | undefined,
  report: ReturnType<typeof collectFaults>['report'],
): Promise<Catalogue | undefined> => {
  if (file === undefined) return undefined;
  return readCatalogue(file, report).catch(() => {
    throw new Error(`The catalogue ${file} cannot be read.`);
  });
};

const progressEvery = 500;

const progressOn = (terminal: Terminal) => (done: number, total: number) => {
  if (done % progressEvery === 0 || done === total) terminal.err(`${done} of ${total} manifests`);
};
