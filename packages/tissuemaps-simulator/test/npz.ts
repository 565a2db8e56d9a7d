/** Label arrays as numpy writes them, for uploads. */
import { zipSync } from 'fflate';

/** @param order of the values in the file: rows, or columns as in Fortran */
const npyOf = (height: number, width: number, values: Int32Array, order: 'rows' | 'columns'): Uint8Array => {
  const isFortran = order === 'columns' ? 'True' : 'False';
  const text = `{'descr': '<i4', 'fortran_order': ${isFortran}, 'shape': (${height}, ${width}), }`;
  const header = `${text.padEnd(117)}\n`;
  const head = Buffer.alloc(10);
  head.write('\x93NUMPY', 'latin1');
  head.writeUInt8(1, 6);
  head.writeUInt16LE(header.length, 8);
  return Buffer.concat([head, Buffer.from(header), Buffer.from(values.buffer, values.byteOffset, values.byteLength)]);
};

/** The base64 text of a file .npz with the array `segmentation`. */
export const segmentationOf = (
  height: number,
  width: number,
  values: Int32Array,
  order: 'rows' | 'columns' = 'rows',
  name = 'segmentation',
): string => Buffer.from(zipSync({ [`${name}.npy`]: npyOf(height, width, values, order) })).toString('base64');
