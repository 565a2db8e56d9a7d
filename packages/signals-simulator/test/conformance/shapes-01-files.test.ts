/** client-shapes, section 1: uploads and exports of entities. */
import { expect } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { demoSpecials } from '../../src/demo/special.ts';
import { facts, itWrites } from './target.ts';

facts('client-shapes 1. files', (fixture) => {
  const media: readonly (readonly [string, string])[] = [
    ['text/plain', 'text'],
    ['chemical/x-cdx', 'chemicalDrawing'],
    ['chemical/x-mdl-molfile', 'chemicalDrawing'],
    ['image/tiff', 'imageResource'],
    ['image/svg+xml', 'imageResource'],
    ['biosequence/fasta', 'bioSequence'],
    ['biosequence/genbank', 'bioSequence'],
    ['biosequence/genpept', 'bioSequence'],
    ['chemical/x-swissprot', 'bioSequence'],
    ['application/vnd.snapgene.dna', 'bioSequence'],
    ['application/vnd.snapgene.protein', 'bioSequence'],
    ['application/msword', 'viewonly'],
    ['application/vnd.ms-word.document.macroEnabled.12', 'viewonly'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.template', 'viewonly'],
    ['application/vnd.ms-excel', 'excel'],
    ['application/vnd.ms-excel.template.macroEnabled.12', 'excel'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.template', 'excel'],
    ['application/vnd.ms-powerpoint', 'presentation'],
    ['application/vnd.openxmlformats-officedocument.presentationml.slideshow', 'presentation'],
    ['application/vnd.ms-powerpoint.slideshow.macroEnabled.12', 'presentation'],
    ['application/vnd.spotfire.dxp', 'spotfiredxp'],
    ['application/pdf', 'pdf'],
    ['application/json', 'uploadedResource'],
    ['text/csv', 'uploadedResource'],
    ['application/x-anything', 'uploadedResource'],
  ];

  itWrites.each(media)('(S26) an upload of %s without an extension becomes a %s', async (mediaType, type) => {
    const path = `/entities/${demoIds.filesExperiment}/children/${encodeURIComponent(mediaType)}?force=true`;
    const made = await fixture.target.post(path, 'content', { headers: { 'content-type': mediaType } });
    expect([made.status, made.json.data.attributes.type]).toEqual([201, type]);
    expect(made.json.data.attributes).toMatchObject({ digest: expect.any(String), editedAt: expect.any(String) });
    const back = await fixture.target.get(`/entities/${made.json.data.id}/export`);
    expect(back.headers.get('content-disposition')).toMatch(/^attachment; filename=\S/);
  });

  itWrites('section 1: plain text comes back in one pre element, named with .txt', async () => {
    const path = `/entities/${demoIds.filesExperiment}/children/My%20notes?force=true`;
    const made = await fixture.target.post(path, 'a < b', { headers: { 'content-type': 'text/plain' } });
    const back = await fixture.target.get(`/entities/${made.json.data.id}/export`);
    expect([back.headers.get('content-type'), back.text]).toEqual(['text/plain', '<pre>a &lt; b</pre>']);
    expect(back.headers.get('content-disposition')).toBe('attachment; filename=My+notes.txt');
    expect((await fixture.target.get(`/entities/${made.json.data.id}/export?format=txt`)).text).toBe('a < b');
  });

  const exportOf = async (eid: string, query = '') => {
    const answer = await fixture.target.get(`/entities/${eid}/export${query}`, {
      headers: { accept: 'text/csv, */*' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=\S/);
    return answer;
  };
  const titlesOf = (text: string) => text.split('\r\n')[0];

  itWrites.each(['', '?format=csv'])('(S17) tables are CSV with "%s"', async (query) => {
    const samples = await exportOf(demoIds.samplesContainer, query);
    expect(titlesOf(samples.text)).toMatch(/^ID,Created Date,Description,Comments,.*,Attached Docs,Template$/);
    expect(titlesOf((await exportOf(demoSpecials.materialsTable, query)).text)).toBe('ID,Structure,Amount');
    expect(titlesOf((await exportOf(demoIds.grid, query)).text)).toMatch(/^Colour,Temperature,/);
    expect((await exportOf(demoIds.grid, query)).headers.get('content-type')).toBe('text/csv');
  });

  itWrites('(S19) a table of samples is an SDF with filled fields only', async () => {
    const { text, headers } = await exportOf(demoIds.samplesContainer, '?format=sdf');
    expect(headers.get('content-type')).toBe('chemical/x-mdl-sdfile');
    const [first = ''] = text.split('$$$$\n');
    expect(first).toContain('V3000');
    expect(first).toContain('> <Created_Date>');
    expect(first).not.toContain('> <Comments>');
    expect(text.match(/\$\$\$\$/g)).toHaveLength(4);
  });

  itWrites('section 1: the layout of a parallel experiment is CSV, with titles alone when it is empty', async () => {
    expect((await exportOf(demoSpecials.subexpLayout, '?format=csv')).text).toBe('Plate,Well,Row,Column,Name\r\n');
    expect(titlesOf((await exportOf(demoSpecials.subexpSummary, '?format=csv')).text)).toBe('Name,R1 Mass,P1 Name');
  });

  itWrites('section 1: a text template is exported, and a text is replaced by HTML', async () => {
    const [aim] = (await fixture.target.get(`/entities/${demoIds.experimentTemplate}/children`)).json.data;
    expect((await exportOf(aim?.id ?? '')).headers.get('content-type')).toBe('text/html');
    expect((await fixture.target.get(`/entities/${aim?.id}/properties`)).status).toBe(200);
    const html = { headers: { 'content-type': 'text/html' } };
    expect((await fixture.target.put(`/entities/${aim?.id}/attachment?force=true`, '<p>New</p>', html)).status).toBe(
      200,
    );
    expect((await exportOf(aim?.id ?? '')).text).toBe('<p>New</p>');
  });

  itWrites('section 1: an export names files of any entity', async () => {
    const odd = await fixture.target.post(
      `/entities/${demoIds.filesExperiment}/children/${encodeURIComponent('größer (1).bin')}?force=true`,
      'x',
      { headers: { 'content-type': 'application/octet-stream' } },
    );
    const { headers } = await exportOf(odd.json.data.id);
    expect(headers.get('content-disposition')).toBe(
      "attachment; filename=gr%C3%B6%C3%9Fer+%281%29.bin; filename*=UTF-8''gr%C3%B6%C3%9Fer%20(1).bin",
    );
  });
});
