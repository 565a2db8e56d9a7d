/** A picture that is drawn: background, nuclei, the lamp's fall-off towards the corners, and noise. */
import { hash } from '../random.ts';
import { fallOff } from './illumination.ts';
import { eachPixelNear, type Nucleus, nucleiLabels } from './nuclei.ts';
import type { Picture } from './picture.ts';

const backgrounds = [320, 240, 280];
const peaks = [5400, 3200, 4100];
/** Noise is from 0 up to this. */
const noise = 63;

interface Drawing {
  readonly seed: number;
  readonly site: number;
  readonly channel: number;
  readonly width: number;
  readonly height: number;
  readonly nuclei: readonly Nucleus[];
}

const draw = ({ seed, site, channel, width, height, nuclei }: Drawing): Uint16Array => {
  const light = new Float32Array(width * height).fill(backgrounds[channel] ?? 300);
  const peak = peaks[channel] ?? 4000;
  for (const nucleus of nuclei) {
    const glow = peak * (nucleus.glow[channel] ?? 1);
    eachPixelNear(nucleus, width, height, (index, distance) => {
      const share = distance < 1 ? 1 - 0.4 * distance : 0.25 * Math.exp(-4 * (distance - 1));
      light[index] = (light[index] ?? 0) + glow * share;
    });
  }
  const pixels = new Uint16Array(width * height);
  let word = hash(seed, site, channel) | 1;
  for (let y = 0, index = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, index += 1) {
      word ^= word << 13;
      word ^= word >>> 17;
      word ^= word << 5;
      pixels[index] = (light[index] ?? 0) * fallOff(y, x, height, width) + (word & noise);
    }
  return pixels;
};

export const drawnPicture = (drawing: Drawing): Picture => {
  const { width, height, channel, nuclei } = drawing;
  return {
    width,
    height,
    bitDepth: 16,
    pixels: () => draw(drawing),
    // What no sum of background, nucleus, glow of a neighbour and noise exceeds.
    brightest: () => (backgrounds[channel] ?? 300) + Math.ceil((peaks[channel] ?? 4000) * 1.25) + noise,
    labels: nucleiLabels(nuclei, width, height),
  };
};
