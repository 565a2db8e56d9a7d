/** An experiment that holds files of every kind, two of them large. */

import { pdfBytes } from '../pdf.ts';
import { bytesContent, generatedContent, textContent } from '../tenant/content.ts';
import { pngBytes } from '../topics/images.ts';
import type { Builder } from './builder.ts';
import { excelBytes, slidesBytes, wordBytes } from './documents.ts';
import { demoIds } from './ids.ts';

const mebibyte = 1_048_576;
const office = 'application/vnd.openxmlformats-officedocument';

/** Made once: every reset loads the tenant again. */
let picture: Buffer | undefined;
const pictureBytes = (): Buffer => {
  picture ??= pngBytes(800, 600, 8);
  return picture;
};

export const loadFiles = ({ add }: Builder): void => {
  const parentId = demoIds.filesExperiment;
  add('experiment', 'Files of every kind', { id: parentId, parentId: demoIds.notebook, state: 'open' });
  const file = (id: string, name: string, content: ReturnType<typeof bytesContent>) =>
    add(id.slice(0, id.indexOf(':')), name, { id, parentId, content });
  file(demoIds.file9MiB, 'spectra-9MiB.bin', generatedContent('application/octet-stream', 9 * mebibyte, 9));
  file(demoIds.file60MiB, 'raw-60MiB.bin', generatedContent('application/octet-stream', 60 * mebibyte, 60));
  file(demoIds.word, 'Protocol.docx', bytesContent(`${office}.wordprocessingml.document`, wordBytes('Protocol')));
  file(demoIds.excel, 'Safety Sheet.xlsx', bytesContent(`${office}.spreadsheetml.sheet`, excelBytes('Safety')));
  file(demoIds.pdf, 'Report.pdf', bytesContent('application/pdf', pdfBytes('Report', ['Report', 'One line of text'])));
  add('presentation', 'Results.pptx', {
    parentId,
    content: bytesContent(`${office}.presentationml.presentation`, slidesBytes('Results')),
  });
  add('imageResource', 'Bild größer 100%.png', { parentId, content: bytesContent('image/png', pictureBytes()) });
  add('uploadedResource', 'data, "quoted" [1].csv', { parentId, content: textContent('text/csv', 'a,b\r\n1,2\r\n') });
  add('uploadedResource', 'latin1.txt', {
    parentId,
    content: bytesContent('text/plain', Buffer.from([0x4d, 0xfc, 0x6c, 0xff, 0xfe])),
  });
};
