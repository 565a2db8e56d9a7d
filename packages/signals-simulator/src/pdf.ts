/** Real PDF files without a library: one catalogue, plain Helvetica text, as many pages as the lines need. */

const linesPerPage = 48;

/** Latin-1 as PDF strings have it; other letters become question marks. */
const pdfString = (text: string) =>
  `(${[...text]
    .map((letter) => ((letter.codePointAt(0) ?? 0) < 256 ? letter : '?'))
    .join('')
    .replace(/[\\()]/g, (sign) => `\\${sign}`)})`;

const pageStream = (lines: readonly string[]) =>
  ['BT /F1 11 Tf 50 790 Td 15 TL', ...lines.map((line) => `${pdfString(line)} Tj T*`), 'ET'].join('\n');

const pagesOf = (lines: readonly string[]): (readonly string[])[] => {
  const pages: (readonly string[])[] = [];
  for (let start = 0; start < Math.max(1, lines.length); start += linesPerPage)
    pages.push(lines.slice(start, start + linesPerPage));
  return pages;
};

/** PDF 1.4 with a correct cross-reference table. @param lines one line of text each. */
export const pdfBytes = (title: string, lines: readonly string[]): Buffer => {
  const pages = pagesOf(lines);
  const kids = pages.map((_, index) => `${5 + index * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Title ${pdfString(title)} /Producer (Signals simulator) >>`,
    ...pages.flatMap((page, index) => {
      const stream = pageStream(page);
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${6 + index * 2} 0 R >>`,
        `<< /Length ${Buffer.byteLength(stream, 'latin1')} >>\nstream\n${stream}\nendstream`,
      ];
    }),
  ];
  let text = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  });
  const start = text.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
};
