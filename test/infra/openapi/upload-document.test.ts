import { describe, expect, it } from 'vitest';
import { toUploadDocument, UploadDocument } from '../../../shared/uploads/upload-document.ts';
import type { Upload } from '../../../shared/uploads/upload-record.ts';

const upload: Upload = {
  id: 'u1',
  consumerId: 'demo-app',
  method: 'POST',
  path: '/api/rest/v1.0/entities/experiment:e1/children/a.png',
  mediaType: 'image/png',
  sizeBytes: 7,
  state: 'waiting',
  createdAtMillis: 1_767_225_600_000,
  deleteAtSeconds: 1_767_312_000,
};
const publicUrl = 'https://facade.example.com';

describe('the documented upload', () => {
  it('fits the answer to a creation', () => {
    const transfer = { url: 'https://bucket.example.com/u1?signature=x', headers: { 'content-type': 'image/png' } };
    const document = toUploadDocument(upload, publicUrl, 0, transfer);
    expect(UploadDocument.parse(document)).toEqual(document);
  });

  it('fits the answer to a later look', () => {
    const document = toUploadDocument({ ...upload, state: 'forwarded', answerStatus: 201 }, publicUrl, 0);
    expect(UploadDocument.parse(document)).toEqual(document);
  });
});
