/** Multipart uploads in progress, each a folder: `upload.json`, and per part its bytes and its facts. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../state-folder.ts';
import type { Checksum, ChecksumAlgorithm, ChecksumType } from './checksums.ts';
import type { ObjectVersion } from './model.ts';
import { S3Error } from './s3-error.ts';

export type Upload = Pick<ObjectVersion, 'headers' | 'tags' | 'retention' | 'legalHold'> & {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  readonly startedMillis: number;
  /** Both or neither: what the client chose at the start. */
  readonly checksumAlgorithm?: ChecksumAlgorithm;
  readonly checksumType?: ChecksumType;
};

export type Part = {
  readonly number: number;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly modifiedMillis: number;
  readonly checksum?: Checksum;
  /** File name inside the folder of the upload. */
  readonly file: string;
};

export type MultipartUploads = ReturnType<typeof openUploads>;

export const openUploads = (folder: string) => {
  const folderOf = (uploadId: string) => join(folder, uploadId);
  return {
    start(facts: Omit<Upload, 'uploadId'>): Upload {
      const upload = { ...facts, uploadId: randomBytes(24).toString('base64url') };
      mkdirSync(folderOf(upload.uploadId));
      replaceFile(join(folderOf(upload.uploadId), 'upload.json'), JSON.stringify(upload));
      return upload;
    },
    /** @throws S3Error NoSuchUpload */
    find(uploadId: string | null, bucket: string, key: string): Upload {
      const path = join(folderOf(uploadId ?? ''), 'upload.json');
      const isWellFormed = uploadId !== null && /^[\w-]{32}$/.test(uploadId);
      const upload = isWellFormed && existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Upload) : undefined;
      if (upload?.bucket !== bucket || upload.key !== key)
        throw new S3Error(
          'NoSuchUpload',
          'The specified multipart upload does not exist. It may have been aborted or completed.',
        );
      return upload;
    },
    /** The uploads into a bucket, in no order. */
    of(bucket: string): Upload[] {
      const records = readdirSync(folder).map((name) => join(folder, name, 'upload.json'));
      const uploads = records.filter(existsSync).map((path) => JSON.parse(readFileSync(path, 'utf8')) as Upload);
      return uploads.filter((upload) => upload.bucket === bucket);
    },
    /** Takes over a received file as a part; the part's former bytes go. */
    addPart({ uploadId }: Upload, incomingPath: string, facts: Omit<Part, 'file'>): void {
      const part: Part = { ...facts, file: `${facts.number}-${randomBytes(6).toString('hex')}.bytes` };
      const record = join(folderOf(uploadId), `${part.number}.part.json`);
      const former = existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as Part) : undefined;
      renameSync(incomingPath, join(folderOf(uploadId), part.file));
      replaceFile(record, JSON.stringify(part));
      if (former) rmSync(join(folderOf(uploadId), former.file), { force: true });
    },
    /** All parts, by number. */
    parts({ uploadId }: Upload): Part[] {
      const records = readdirSync(folderOf(uploadId)).filter((file) => file.endsWith('.part.json'));
      const parts = records.map((file) => JSON.parse(readFileSync(join(folderOf(uploadId), file), 'utf8')) as Part);
      return parts.sort((a, b) => a.number - b.number);
    },
    partPath: ({ uploadId }: Upload, part: Part): string => join(folderOf(uploadId), part.file),
    remove({ uploadId }: Upload): void {
      rmSync(folderOf(uploadId), { recursive: true, force: true });
    },
  };
};
