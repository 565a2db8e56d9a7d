/** Channels, their layers, and cycles. */
import { integrityError, notFound, unforeseen } from '../http/refusals.ts';
import { data, done } from '../http/reply.ts';
import { type ExperimentCall, type Routes, route } from '../http/route.ts';
import { type JsonObject, textOf } from '../json.ts';
import type { Channel, ChannelLayer, Cycle } from '../world/model.ts';
import { changeRow } from './found.ts';

const shownLayer = ({ world, experiment }: ExperimentCall, layer: ChannelLayer): JsonObject => ({
  id: world.id(layer.id),
  max_zoom: layer.maxZoom,
  tpoint: layer.tpoint,
  zplane: layer.zplane,
  min_intensity: layer.minIntensity,
  max_intensity: layer.maxIntensity,
  image_size: { width: layer.width, height: layer.height },
  ...(world.switches.realMembers ? {} : { experiment_id: world.id(experiment.id) }),
});

const shownChannel = (call: ExperimentCall, { id, name, bitDepth }: Channel): JsonObject => ({
  id: call.world.id(id),
  name,
  bit_depth: bitDepth,
  layers: call.experiment.layers.filter(({ channelId }) => channelId === id).map((layer) => shownLayer(call, layer)),
});

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);

const shownCycle = ({ world }: ExperimentCall, { id, index, tpoint }: Cycle): JsonObject => ({
  id: world.id(id),
  index,
  tpoint,
});

const listCycles = (call: ExperimentCall) => {
  const { experiment, query, world } = call;
  const [plateName, index] = [query.text('plate_name'), query.integer('index')];
  const { plates } = experiment;
  if (plateName !== undefined && world.switches.cyclesSlip) throw unforeseen();
  const found = experiment.cycles.filter(
    (cycle) =>
      (index === undefined || cycle.index === index) &&
      (plateName === undefined || plates.some(({ id, name }) => name === plateName && cycle.plateIds.has(id))),
  );
  return data(found.map((cycle) => (world.switches.cyclesSlip ? [cycle.id] : shownCycle(call, cycle))));
};

const listLayers = (call: ExperimentCall) => {
  const { experiment, query } = call;
  const [channelName, tpoint, zplane] = [query.text('channel_name'), query.integer('tpoint'), query.integer('zplane')];
  const channel = experiment.channels.find(({ name }) => name === channelName);
  const found = experiment.layers.filter(
    (layer) =>
      (channelName === undefined || layer.channelId === channel?.id) &&
      (tpoint === undefined || layer.tpoint === tpoint) &&
      (zplane === undefined || layer.zplane === zplane),
  );
  return data(found.map((layer) => shownLayer(call, layer)));
};

export const channelRoutes = {
  'GET /api/experiments/{experiment_id}/channels': route('read', (call) => {
    const name = call.query.text('name');
    const found = call.experiment.channels.filter((channel) => name === undefined || channel.name === name);
    return data(found.toSorted(byName).map((channel) => shownChannel(call, channel)));
  }),
  'GET /api/experiments/{experiment_id}/channels/{channel_id}': route('read', (call) => {
    if (call.world.switches.channelFails) throw unforeseen();
    const channel = call.experiment.channels.find(({ id }) => id === call.id('channel_id'));
    if (channel === undefined) throw notFound('Channel');
    return data(shownChannel(call, channel));
  }),
  'PUT /api/experiments/{experiment_id}/channels/{channel_id}': route(
    'write',
    ({ world, experiment, id, body }) => {
      const channel = changeRow(world, experiment.channels, id('channel_id'), 'Channel');
      const name = textOf(body.name) ?? '';
      if (experiment.channels.some((known) => known !== channel && known.name === name))
        throw integrityError(`A channel with the name "${name}" exists.`);
      channel.name = name;
      return done();
    },
    { body: ['name'], fails: true, unless: 'renameNeedsRead' },
  ),
  'GET /api/experiments/{experiment_id}/cycles': route('read', listCycles),
  'GET /api/experiments/{experiment_id}/cycles/{cycle_id}': route('read', (call) => {
    if (call.world.switches.cyclesSlip) throw unforeseen();
    const cycle = call.experiment.cycles.find(({ id }) => id === call.id('cycle_id'));
    if (cycle === undefined) throw notFound('Cycle');
    return data(shownCycle(call, cycle));
  }),
  'GET /api/experiments/{experiment_id}/channel_layers': route('read', listLayers),
} satisfies Routes;
