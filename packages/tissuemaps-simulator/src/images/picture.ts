/** Grey pixels, made when they are read. */

/** Objects in a picture: a number for each pixel, 0 for none. */
export interface Labels {
  /** From 1, ascending. */
  readonly numbers: readonly number[];
  /** Row after row, as large as the picture. */
  raster(): Int32Array;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 8 | 16;
  /** Row after row. */
  pixels(): Uint16Array;
  /** No pixel is brighter. */
  brightest(): number;
  /** The objects, where they are known without looking at the pixels. */
  readonly labels?: Labels;
}
