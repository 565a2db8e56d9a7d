/** A `multipart/mixed` file as the content export writes it; large parts are streamed. */
import type { Content } from '../tenant/model.ts';

export interface Part {
  readonly name: string;
  readonly content: Content;
}

/** The declared boundary itself ends in dashes, as on a real tenant: careless parsers stumble over it. */
const boundary = '----signals-part-boundary--';

const head = ({ name, content }: Part): Buffer =>
  Buffer.from(
    `--${boundary}\r\nContent-Type: ${content.mediaType}\r\nContent-Disposition: form-data; name="${name}"\r\ncontent-length: ${content.sizeBytes}\r\n\r\n`,
  );

export const multipartContent = (parts: readonly Part[]): Content => {
  const end = Buffer.from(`--${boundary}--\r\n`);
  const lineEnd = Buffer.from('\r\n');
  const sizeBytes = parts.reduce(
    (sum, part) => sum + head(part).byteLength + part.content.sizeBytes + 2,
    end.byteLength,
  );
  return {
    mediaType: `multipart/mixed; boundary="${boundary}"`,
    sizeBytes,
    *chunks() {
      for (const part of parts) {
        yield head(part);
        yield* part.content.chunks();
        yield lineEnd;
      }
      yield end;
    },
  };
};
