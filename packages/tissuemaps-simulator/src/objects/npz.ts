/** Label arrays as numpy writes them: a zip that holds one file in the format NPY, `segmentation.npy`, with int32 in two dimensions. */
import { unzipSync } from 'fflate';

export interface LabelArray {
  readonly height: number;
  readonly width: number;
  /** Row after row. */
  readonly values: Int32Array;
}

const magic = '\x93NUMPY';

/** Length and start of the header: version 1 has two bytes for the length, later ones four. */
const headerOf = (view: DataView): { readonly start: number; readonly length: number } =>
  view.getUint8(6) === 1
    ? { start: 10, length: view.getUint16(8, true) }
    : { start: 12, length: view.getUint32(8, true) };

/** The array in rows, although numpy may hold columns (`fortran_order`). */
const byRows = (values: Int32Array, height: number, width: number): Int32Array =>
  Int32Array.from(values, (_, index) => values[(index % width) * height + Math.floor(index / width)] ?? 0);

const readNpy = (bytes: Uint8Array): LabelArray | undefined => {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (latin.toString('latin1', 0, 6) !== magic) return undefined;
  const { start, length } = headerOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const header = latin.toString('latin1', start, start + length);
  const [, height, width] = /'shape': \((\d+), (\d+)\)/.exec(header) ?? [];
  if (!header.includes("'descr': '<i4'") || height === undefined || width === undefined) return undefined;
  const size = { height: Number(height), width: Number(width) };
  const body = bytes.slice(start + length);
  if (body.length !== size.height * size.width * 4) return undefined;
  const values = new Int32Array(body.buffer);
  const isByColumns = header.includes("'fortran_order': True");
  return { ...size, values: isByColumns ? byRows(values, size.height, size.width) : values };
};

/** Nothing when the text is no such file. */
export const readSegmentation = (base64: string): LabelArray | undefined => {
  try {
    const files = unzipSync(new Uint8Array(Buffer.from(base64, 'base64')));
    const file = files['segmentation.npy'];
    return file === undefined ? undefined : readNpy(file);
  } catch {
    return undefined;
  }
};
