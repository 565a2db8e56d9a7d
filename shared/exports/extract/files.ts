/** The files of an extract, made of the joined rows: NDJSON, whose values have their types, and CSV, for spreadsheets. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { dropUpload } from '../drop-upload.ts';
import { objectKeyOf, type StoredFile } from '../export-record.ts';
import type { Workshop } from '../kind.ts';
import type { ListedFile } from '../manifest.ts';
import { openUpload } from '../open-upload.ts';
import { completeOnce, transferParts } from '../transfer.ts';
import { csvRecord } from './csv-cell.ts';
import { linesOf } from './lines.ts';
import { objectsOf, Row } from './row.ts';

type Files = Pick<Workshop, 'files' | 'uploads' | 'goOn' | 'read'>;

/** The bytes of all joined rows, in the order of the shares. */
async function* joinedBytes({ files }: Pick<Files, 'files'>, runName: string, shares: number): AsyncGenerator<Buffer> {
  const { joined } = objectsOf(runName);
  for (let share = 1; share <= shares; share += 1) {
    const body = await files.open({ key: joined(share) });
    if (!body) throw new Error('Joined rows are gone');
    for await (const chunk of body) yield chunk as Buffer;
  }
}

async function* rowsOf(workshop: Pick<Files, 'files'>, runName: string, shares: number): AsyncGenerator<Row> {
  for await (const line of linesOf(joinedBytes(workshop, runName, shares))) yield Row.parse(JSON.parse(line));
}

const columns = ['id', 'type', 'name', 'description', 'createdAt', 'modifiedAt', 'digest'] as const;
const structureColumns = ['structure', 'structureError'] as const;

/** Records in pieces of some size: a small piece for each record would take longer. */
async function* inPieces(records: AsyncIterable<string>, pieceCharacters = 65_536): AsyncGenerator<Buffer> {
  let piece = '';
  for await (const record of records) {
    piece += record;
    if (piece.length < pieceCharacters) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece);
}

/** The rows are read twice: the first time for the names of their fields, which are the columns. */
async function* csvOf(rows: () => AsyncIterable<Row>, withStructure: boolean): AsyncGenerator<string> {
  const names = new Set<string>();
  for await (const { fields } of rows()) for (const name of Object.keys(fields)) names.add(name);
  const fieldNames = [...names].sort();
  const plain = [...columns, ...(withStructure ? structureColumns : [])];
  yield csvRecord([...plain, ...fieldNames.map((name) => `fields.${name}`)]);
  for await (const row of rows())
    yield csvRecord([
      ...plain.map((name) => row[name]),
      ...fieldNames.map((name) => (Object.hasOwn(row.fields, name) ? row.fields[name] : undefined)),
    ]);
}

/** S3 makes no file of no parts. */
const putEmpty = async ({ files }: Files, key: string, mediaType: string): Promise<StoredFile> => {
  await files.put(key, mediaType, new Uint8Array());
  return { key, mediaType, sizeBytes: 0, sha256: createHash('sha256').digest('hex') };
};

const store = async (
  workshop: Files,
  object: string,
  mediaType: string,
  pieces: AsyncIterable<Buffer>,
): Promise<StoredFile> => {
  const key = objectKeyOf((await workshop.read()).name, object);
  const uploadId = await openUpload(workshop, key, mediaType);
  try {
    const body = Readable.from(pieces);
    const { tags, sizeBytes, sha256 } = await transferParts(body, { key, uploadId }, workshop.uploads, workshop.goOn);
    const file = { key, mediaType, sizeBytes, sha256 };
    if (sizeBytes === 0) {
      await dropUpload(workshop.uploads, key, uploadId);
      return putEmpty(workshop, key, mediaType);
    }
    if (!(await completeOnce(file, uploadId, tags, workshop.uploads))) throw new Error('The file is not there');
    return file;
  } catch (error) {
    await dropUpload(workshop.uploads, key, uploadId);
    throw error;
  }
};

/** What a file is called by the manifest. The engine keeps it, so the name of the library is not in it. */
export type Made = Pick<ListedFile, 'file' | 'object' | 'sizeBytes' | 'sha256' | 'mediaType'>;

const made = (file: string, object: string, { sizeBytes, sha256, mediaType }: StoredFile): Made => ({
  ...{ file, object, sizeBytes, sha256, mediaType },
});

export const storeNdjson = async (workshop: Files, shares: number): Promise<Made> => {
  const { name } = await workshop.read();
  const object = 'extract.ndjson';
  const stored = await store(workshop, object, 'application/x-ndjson', joinedBytes(workshop, name, shares));
  return made('ndjson', object, stored);
};

export const storeCsv = async (workshop: Files, shares: number, withStructure: boolean): Promise<Made> => {
  const { name } = await workshop.read();
  const object = 'extract.csv';
  const records = csvOf(() => rowsOf(workshop, name, shares), withStructure);
  return made('csv', object, await store(workshop, object, 'text/csv; charset=utf-8', inPieces(records)));
};
