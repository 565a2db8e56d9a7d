import { expect } from 'vitest';
import { nonEmpty } from '../../../../test/support/non-empty.ts';
import { demoIds } from '../../src/demo/ids.ts';
import { facts, itWrites } from './target.ts';

let nowMillis = Date.parse('2026-06-01T00:00:00Z');
const minuteMillis = 60_000;

facts(
  '11. async jobs',
  (fixture) => {
    const startPdf = async () =>
      (await fixture.target.put(`/entities/export/pdf?eid=${demoIds.experiment}&attachments=true`, undefined)).json
        .data;
    const lengthOf = async (fileId: string) =>
      (await fixture.target.send('HEAD', `/entities/export/pdf/${fileId}`)).headers.get('content-length');

    itWrites('starts a PDF with 200, a file id and a link', async () => {
      const answer = await fixture.target.put(`/entities/export/pdf?eid=${demoIds.experiment}`, undefined);
      expect([answer.status, answer.json.data.type]).toEqual([200, 'pdf']);
      expect(answer.json.data.relationships.file.links.self).toContain(answer.json.data.attributes.fileId);
    });

    itWrites('shows a PDF ready by its length in HEAD, and gives a real one', async () => {
      const { fileId } = (await startPdf()).attributes;
      expect(await lengthOf(fileId)).toBe('0');
      nowMillis += 2000;
      const pdf = await fixture.target.get(`/entities/export/pdf/${fileId}`);
      expect(await lengthOf(fileId)).toBe(String(pdf.bytes.byteLength));
      expect(pdf.headers.get('content-type')).toBe('application/pdf');
      expect(pdf.bytes.subarray(0, 8).toString()).toBe('%PDF-1.4');
      const start = Number(/startxref\n(\d+)/.exec(pdf.text)?.[1]);
      expect(pdf.bytes.toString('latin1', start, start + 4)).toBe('xref');
    });

    itWrites('keeps a PDF about 30 minutes', async () => {
      const { fileId } = (await startPdf()).attributes;
      nowMillis += 29 * minuteMillis;
      expect((await fixture.target.get(`/entities/export/pdf/${fileId}`)).status).toBe(200);
      nowMillis += 3 * minuteMillis;
      expect((await fixture.target.get(`/entities/export/pdf/${fileId}`)).status).toBe(404);
    });

    itWrites('never tells of a PDF that failed: its length stays 0', async () => {
      const { fileId } = (await startPdf()).attributes;
      fixture.simulator.tenant.behaviour.pdfsNeverFinish = true;
      nowMillis += 20 * minuteMillis;
      expect(await lengthOf(fileId)).toBe('0');
      fixture.simulator.tenant.behaviour.pdfsNeverFinish = false;
    });

    itWrites('prints experiments, requests, samples and tasks only', async () => {
      expect((await fixture.target.put(`/entities/export/pdf?eid=${demoIds.notebook}`, undefined)).status).toBe(400);
      expect((await fixture.target.get(`/entities/${demoIds.sample}/pdf`)).bytes.subarray(0, 4).toString()).toBe(
        '%PDF',
      );
    });

    const startBulk = (query: string) =>
      fixture.target.send('POST', `/entities/export/bulk?eid=${demoIds.experiment}${query}`);

    itWrites('refuses a content export without depth with 400', async () => {
      expect((await startBulk('')).status).toBe(400);
    });

    itWrites('gives the contents of an export once, as multipart with a table of content', async () => {
      const started = await startBulk('&depth=-1');
      expect([started.status, started.json.data.attributes.status]).toEqual([202, 'IN_PROGRESS']);
      const path = `/entities/export/bulk/${started.json.data.attributes.jobId}`;
      nowMillis += 2000;
      const done = await fixture.target.get(path);
      expect(done.json.data.attributes.status).toBe('COMPLETED');
      expect(done.json.data.relationships.contents.links.self).toContain(`${path}/contents`);
      const contents = await fixture.target.get(`${path}/contents`);
      const type = contents.headers.get('content-type') ?? '';
      const boundary = /boundary="([^"]+)"/.exec(type)?.[1] ?? '';
      expect(type).toMatch(/^multipart\/mixed/);
      expect(boundary).toMatch(/--$/);
      const parts = contents.text.split(`--${boundary}\r\n`).slice(1);
      expect(parts[0]).toContain('name="table of content"');
      const tree = JSON.parse(parts[0]?.split('\r\n\r\n')[1] ?? '');
      const named = tree.root.children.flatMap((child: { content?: { part: string } }) => child.content?.part ?? []);
      for (const name of nonEmpty(named)) expect(contents.text).toContain(`name="${name}"`);
      expect((await fixture.target.get(`${path}/contents`)).status).toBe(404);
      expect((await fixture.target.get(path)).status).toBe(404);
    });

    itWrites('discards an export after two hours', async () => {
      const { jobId } = (await startBulk('&depth=0')).json.data.attributes;
      nowMillis += 121 * minuteMillis;
      expect((await fixture.target.get(`/entities/export/bulk/${jobId}/contents`)).status).toBe(404);
    });

    itWrites('answers 429 when no export worker is free', async () => {
      const statuses = [];
      for (let job = 0; job < 9; job += 1) statuses.push((await startBulk('&depth=0')).status);
      expect(statuses).toEqual([...Array(8).fill(202), 429]);
    });
  },
  { clock: { nowMillis: () => nowMillis } },
);
