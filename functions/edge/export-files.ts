/** The files of an export: its content, and those that a manifest lists. */
import type { Readable } from 'node:stream';
import { objectKeyOf, type Result, type Run } from '../../shared/exports/export-record.ts';
import { Manifest, mostManifestBytes } from '../../shared/exports/manifest.ts';
import type { ByteRange, ResultFiles } from '../../shared/exports/result-files.ts';
import { readStart } from '../../shared/streams/read-start.ts';

/** A file as it is offered. */
export type OfferedFile = Result & {
  /** Where it begins in its object. */
  readonly offset?: number;
};

const readManifest = async (files: ResultFiles, result: Result): Promise<Manifest | undefined> => {
  const body = await files.open(result);
  if (!body) return undefined;
  const read = await readStart(body, mostManifestBytes);
  if ('whole' in read) return Manifest.parse(JSON.parse(read.whole.toString()));
  read.rest.destroy();
  throw new Error('The manifest is larger than any that is written');
};

/** @param file as the manifest names it. @returns undefined when the export has no such file, or the bucket has it no more. */
export const findFile = async (
  files: ResultFiles,
  { name, kind }: Pick<Run, 'name' | 'kind'>,
  result: Result,
  file: string,
): Promise<OfferedFile | undefined> => {
  if (kind === 'pdf') return undefined;
  const manifest = await readManifest(files, result);
  const listed = manifest?.files.find((one) => one.file === file);
  if (!listed) return undefined;
  const { object, offset, sizeBytes, sha256, mediaType, fileName = `${kind}-${file}` } = listed;
  const found = { key: objectKeyOf(name, object), sizeBytes, sha256, mediaType, fileName };
  return offset === undefined ? found : { ...found, offset };
};

/** The bytes of a file, or of a range of it. Undefined = the bucket has it no more. */
export const openFile = async (
  files: ResultFiles,
  { key, offset, sizeBytes }: OfferedFile,
  range: ByteRange | undefined,
): Promise<Readable | Uint8Array | undefined> => {
  if (sizeBytes === 0) return new Uint8Array();
  if (offset === undefined) return files.open({ key }, range);
  const { first, last } = range ?? { first: 0, last: sizeBytes - 1 };
  return files.open({ key }, { first: offset + first, last: offset + last });
};
