/** ListMultipartUploads: by key, uploads of one key by their start. */
import type { Handler } from './handler.ts';
import { compareKeys, encoder, isAfter, paginate, readLimits } from './listing.ts';
import { checksumFacts } from './multipart.ts';
import type { Upload } from './uploads.ts';
import { owner, toXml } from './xml.ts';

const inOrder = (a: Upload, b: Upload): number =>
  compareKeys(a.key, b.key) || a.startedMillis - b.startedMillis || compareKeys(a.uploadId, b.uploadId);

export const listMultipartUploads: Handler = (request, { store, uploads }) => {
  const { query } = request;
  store.bucket(request.bucket);
  const limits = readLimits(request, 'max-uploads');
  const keyMarker = query.get('key-marker') ?? '';
  // Without a key marker it is ignored (ListMultipartUploads, "upload-id-marker").
  const idMarker = keyMarker === '' ? '' : (query.get('upload-id-marker') ?? '');
  const rows = uploads.of(request.bucket).sort(inOrder);
  const markerAt = rows.findIndex(({ key, uploadId }) => key === keyMarker && uploadId === idMarker);
  const page = paginate(rows, limits, ({ key }, index) =>
    markerAt >= 0 ? index > markerAt : isAfter(key, keyMarker, limits),
  );
  const encoded = encoder(request);
  const lastRow = page.rows.at(-1);
  const body = {
    Bucket: request.bucket,
    KeyMarker: encoded(keyMarker),
    UploadIdMarker: idMarker,
    NextKeyMarker: page.last === undefined ? undefined : encoded(page.last),
    NextUploadIdMarker: page.last !== undefined && lastRow?.key === page.last ? lastRow.uploadId : undefined,
    Prefix: encoded(limits.prefix),
    Delimiter: limits.delimiter === '' ? undefined : encoded(limits.delimiter),
    EncodingType: query.get('encoding-type') ?? undefined,
    MaxUploads: limits.maxKeys,
    IsTruncated: page.last !== undefined,
    Upload: page.rows.map((upload) => ({
      Key: encoded(upload.key),
      UploadId: upload.uploadId,
      Initiator: owner,
      Owner: owner,
      StorageClass: 'STANDARD',
      Initiated: new Date(upload.startedMillis).toISOString(),
      ...checksumFacts(upload),
    })),
    CommonPrefixes: page.prefixes.map((common) => ({ Prefix: encoded(common) })),
  };
  return { status: 200, body: toXml('ListMultipartUploadsResult', body) };
};
