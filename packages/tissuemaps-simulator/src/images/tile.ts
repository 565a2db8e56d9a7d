/** A tile of a layer: 256 x 256 pixels of 8 bits as JPEG, black where there is nothing. */
import type { ChannelLayer, Experiment, Site } from '../world/model.ts';
import { encodeGreyJpeg } from './jpeg.ts';
import type { Picture } from './picture.ts';
import { createRecent } from './recent.ts';

export const tilePixels = 256;

export const blackTile: Uint8Array = encodeGreyJpeg(new Uint8Array(tilePixels * tilePixels), tilePixels, tilePixels);

interface Level {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint16Array;
}

/** Half as large, each pixel the mean of four. */
const halve = ({ width, height, pixels }: Level): Level => {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const at = (y: number, x: number) => pixels[Math.min(y, height - 1) * width + Math.min(x, width - 1)] ?? 0;
  const means = new Uint16Array(half.width * half.height);
  for (let y = 0, index = 0; y < half.height; y += 1)
    for (let x = 0; x < half.width; x += 1, index += 1)
      means[index] = (at(2 * y, 2 * x) + at(2 * y + 1, 2 * x) + at(2 * y, 2 * x + 1) + at(2 * y + 1, 2 * x + 1)) / 4;
  return { ...half, pixels: means };
};

/** The sizes of a site that tiles are made of, from the full one. A few sites are remembered: neighbours in a tile, and the tiles beside it. */
const levelsOf = createRecent(32, (picture: Picture): Level[] => {
  const levels: Level[] = [{ width: picture.width, height: picture.height, pixels: picture.pixels() }];
  for (let last = levels[0]; last !== undefined && (last.width > 1 || last.height > 1); last = levels.at(-1))
    levels.push(halve(last));
  return levels;
});

interface Piece {
  readonly site: Site;
  readonly picture: Picture;
}

/** The sites of a layer with their pictures. In a layer over several cycles, the first picture of a site counts. */
const piecesOf = ({ sites, images }: Experiment, layer: ChannelLayer): Piece[] => {
  const own = images.filter(
    ({ channelId, tpoint, zplane }) =>
      channelId === layer.channelId && tpoint === layer.tpoint && zplane === layer.zplane,
  );
  const pictures = new Map(own.map(({ siteId, picture }) => [siteId, picture]));
  return sites.flatMap((site) => {
    const picture = pictures.get(site.id);
    return picture === undefined ? [] : [{ site, picture }];
  });
};

interface Window {
  /** Full-size pixels of a pixel of the tile. */
  readonly scale: number;
  readonly top: number;
  readonly left: number;
}

/** Draws the part of a site that lies in the tile. */
const drawPiece = (tile: Uint8Array, { site, picture }: Piece, { scale, top, left }: Window, factor: number): void => {
  const from = {
    y: Math.max(0, Math.ceil((site.top - top) / scale)),
    x: Math.max(0, Math.ceil((site.left - left) / scale)),
  };
  const to = {
    y: Math.min(tilePixels, (site.top + site.height - top) / scale),
    x: Math.min(tilePixels, (site.left + site.width - left) / scale),
  };
  if (from.y >= to.y || from.x >= to.x) return;
  const levels = levelsOf(picture);
  const level = levels[Math.min(levels.length - 1, Math.log2(scale))];
  if (level === undefined) return;
  for (let y = from.y; y < to.y; y += 1) {
    const row = Math.floor((top + y * scale - site.top) / scale) * level.width;
    for (let x = from.x; x < to.x; x += 1) {
      const pixel = level.pixels[row + Math.floor((left + x * scale - site.left) / scale)] ?? 0;
      tile[y * tilePixels + x] = Math.min(255, pixel * factor);
    }
  }
};

/** @param z 0 is the most zoomed-out level, `maxZoom` the full size. */
export const renderTile = (
  experiment: Experiment,
  layer: ChannelLayer,
  x: number,
  y: number,
  z: number,
): Uint8Array => {
  const scale = 2 ** (layer.maxZoom - z);
  const window = { scale, top: y * tilePixels * scale, left: x * tilePixels * scale };
  const isInside = x >= 0 && y >= 0 && window.top < layer.height && window.left < layer.width;
  if (!layer.isBuilt || z < 0 || z > layer.maxZoom || !isInside) return blackTile;
  const tile = new Uint8Array(tilePixels * tilePixels);
  const factor = 255 / Math.max(1, layer.maxIntensity - layer.minIntensity);
  for (const piece of piecesOf(experiment, layer)) drawPiece(tile, piece, window, factor);
  return encodeGreyJpeg(tile, tilePixels, tilePixels);
};
