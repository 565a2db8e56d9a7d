/** Images of channels as PNG, and tiles of layers as JPEG. */
import { missingParameters, noResult, notFound, unforeseen } from '../http/refusals.ts';
import type { Reply } from '../http/reply.ts';
import { type Call, type ExperimentCall, idIn, type Routes, route } from '../http/route.ts';
import { corrected } from '../images/illumination.ts';
import type { Picture } from '../images/picture.ts';
import { encodeGreyPng } from '../images/png.ts';
import { createRecent } from '../images/recent.ts';
import { blackTile, renderTile } from '../images/tile.ts';
import type { Channel, ChannelLayer } from '../world/model.ts';
import { namedSite, type SitePlace, siteFilter } from '../world/places.ts';

/** The default of the server's framework: a trap, since these are private data. */
const publicForHours = { 'cache-control': 'public, max-age=43200' };

const three = (number: number) => String(number).padStart(3, '0');

const fileName = (
  { experiment, query }: ExperimentCall,
  channel: Channel,
  { plate, well, site }: SitePlace,
): string => {
  const [z, t] = [query.integer('zplane') ?? 0, query.integer('tpoint') ?? 0];
  const place = `y${three(site.y)}_x${three(site.x)}_z${three(z)}_t${three(t)}`;
  return `${experiment.name}_${plate.name}_${well.name}_${place}_${channel.name}.png`;
};

/** A header takes no line end and no sign above Latin-1; the server's framework fails there, the simulator leaves the sign out. */
export const attachment = (name: string): Record<string, string> => ({
  'content-disposition': `attachment; filename=${name.replaceAll(/[^\x20-\x7e\xa0-\xff]/g, '_')}`,
});

/** Without `margin` rows and columns on each side. */
const crop = (pixels: Uint16Array, { width, height }: Picture, margin: number): Uint16Array => {
  if (margin === 0) return pixels;
  const rows = Array.from({ length: height - 2 * margin }, (_, row) => {
    const start = (row + margin) * width;
    return pixels.subarray(start + margin, start + width - margin);
  });
  return Uint16Array.from(rows.flatMap((row) => [...row]));
};

const findPicture = (call: ExperimentCall, channel: Channel, { site }: SitePlace): Picture => {
  const { experiment, query } = call;
  const [cycle, tpoint, zplane] = ['cycle_index', 'tpoint', 'zplane'].map((name) => query.integer(name));
  const image = experiment.images.find(
    (known) =>
      known.siteId === site.id &&
      known.channelId === channel.id &&
      known.cycleIndex === cycle &&
      known.tpoint === tpoint &&
      known.zplane === zplane,
  );
  if (image?.picture === undefined) throw noResult('No image was found for the names in the request.');
  return image.picture;
};

/** The last images, since encoding takes longer than all else. */
const pngsOf = createRecent(64, (_picture: Picture) => new Map<string, Uint8Array>());

const pngOf = (picture: Picture, isCorrected: boolean, margin: number): Uint8Array => {
  const known = pngsOf(picture);
  const key = `${isCorrected} ${margin}`;
  const { width, height, bitDepth } = picture;
  const encode = () => {
    const pixels = crop(isCorrected ? corrected(picture) : picture.pixels(), picture, margin);
    return encodeGreyPng(pixels, width - 2 * margin, height - 2 * margin, bitDepth);
  };
  const bytes = known.get(key) ?? encode();
  known.set(key, bytes);
  return bytes;
};

const positions = ['well_pos_x:int', 'well_pos_y:int'];

const checkPosition = ({ query, world }: ExperimentCall): void => {
  const missing = positions
    .map((need) => need.split(':')[0] ?? need)
    .filter((name) => query.integer(name) === undefined);
  if (world.switches.imageNeedsPosition && missing.length > 0) throw missingParameters('GET', missing);
};

const channelImage = (call: ExperimentCall): Reply => {
  const { experiment, query } = call;
  checkPosition(call);
  const channel = experiment.channels.find(({ id }) => id === call.id('channel_id'));
  if (channel === undefined) throw notFound('Channel');
  const place = namedSite(experiment, siteFilter(query));
  const picture = findPicture(call, channel, place);
  const isCorrected = query.flag('correct');
  if (isCorrected && !experiment.hasIllumination) throw notFound('IllumstatsFile');
  const bytes = pngOf(picture, isCorrected, query.flag('align') ? experiment.alignMargin : 0);
  const headers = { ...publicForHours, ...attachment(fileName(call, channel, place)), 'content-type': 'image/png' };
  return { status: 200, headers, bytes };
};

const tilesOf = createRecent(4096, (_layer: ChannelLayer) => new Map<string, Uint8Array>());

/** No token and no check of rights, as on the server. An experiment that does not exist gets a schema of its own there. */
const channelTile = ({ world, params, query }: Call): Reply => {
  const experimentId = idIn(params, 'experiment_id');
  const layerId = idIn(params, 'channel_layer_id');
  const experiment = world.experiments.find(({ id }) => id === experimentId);
  if (experiment === undefined) {
    world.madeSchemas.push(String(experimentId));
    throw unforeseen();
  }
  const layer = experiment.layers.find(({ id }) => id === layerId);
  const [x = 0, y = 0, z = 0] = ['x', 'y', 'z'].map((name) => query.integer(name));
  const headers = { ...publicForHours, 'content-type': 'image/jpeg' };
  if (layer?.isBuilt !== true) return { status: 200, headers, bytes: blackTile };
  const tiles = tilesOf(layer);
  const key = [x, y, z].join();
  const bytes = tiles.get(key) ?? renderTile(experiment, layer, x, y, z);
  if (bytes !== blackTile) tiles.set(key, bytes);
  return { status: 200, headers, bytes };
};

export const tileQuery = { query: ['x:int', 'y:int', 'z:int'] };

export const imageRoutes = {
  'GET /api/experiments/{experiment_id}/channels/{channel_id}/image-files': route('read', channelImage, {
    query: ['plate_name', 'cycle_index:int', 'well_name', 'tpoint:int', 'zplane:int'],
  }),
  'GET /api/experiments/{experiment_id}/channel_layer/{channel_layer_id}/tiles': route('open', channelTile, tileQuery),
} satisfies Routes;
