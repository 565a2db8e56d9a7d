/** Each switch: what the documents say, and what the server of release 0.5.0 does. */
import { describe, expect, it } from 'vitest';
import { defaultSwitches, type Switches } from '../../src/switches.ts';
import { segmentationOf } from '../npz.ts';
import { demo, empty, facts, firstSite, nuclei, type Target } from './target.ts';

/** Looks at one thing, which a switch changes. */
type Probe = (target: Target, isOn: boolean) => Promise<unknown>;
type Facts = readonly [probe: Probe, documented: unknown, server: unknown];

const status =
  (method: string, path: string, body?: unknown): Probe =>
  async (target) =>
    (await target.send(method, path, body === undefined ? {} : { body })).status;

const experiment = (name: string) => ({
  name,
  workflow_type: 'canonical',
  plate_format: 7,
  plate_acquisition_mode: 'basic',
  microscope_type: 'visiview',
});

const asReader = async (target: Target) => {
  const token = await target.signIn('reader', 'reader-password');
  await target.control('POST', 'shares', { experiment: 'MQ==', user: 'reader', access: 'read' });
  return token;
};

/** The body of a stream, or that it broke off. */
const streamOf = async (target: Target, path: string) => {
  try {
    return (await target.get(path)).status;
  } catch {
    return 'broke off';
  }
};

const site = { plate_name: 'plate01', well_name: 'A01', well_pos_x: 0, well_pos_y: 0, tpoint: 0 };
const npz_file = segmentationOf(512, 640, new Int32Array(512 * 640).fill(5, 0, 9));

const typeWithValues = async (target: Target, name: string) => {
  const { json } = await target.post(`${demo}/mapobject_types`, { name });
  const type = `${demo}/mapobject_types/${json.data.id}`;
  await target.post(`${type}/segmentations`, { ...site, zplane: 0, npz_file });
  await target.post(`${type}/feature-values`, { ...site, names: ['f'], labels: [5], values: [[1]] });
  return type;
};

const probes: Readonly<Record<keyof Switches, Facts>> = {
  plainIds: [async (target) => (await target.get(demo)).json.data.id, 'MQ==', '1'],
  realMembers: [
    async (target) => Object.hasOwn((await target.get(`${demo}/channel_layers`)).json.data[0], 'experiment_id'),
    true,
    false,
  ],
  missingIsNull: [status('GET', `${demo}/plates/99`), 404, 200],
  missingChangeFails: [status('PUT', `${demo}/plates/99`, { name: 'x' }), 404, 500],
  missingBodyFails: [status('PUT', `${demo}/channels/1`), 400, 500],
  badExperimentTakesName: [
    async (target) => {
      const refused = await target.post('/api/experiments', experiment('taken'));
      const again = await target.post('/api/experiments', { ...experiment('taken'), plate_format: 96 });
      return [refused.status, again.status];
    },
    [400, 200],
    [500, 500],
  ],
  deleteMessage: [
    async (target, isOn) => {
      const name = `short-lived ${isOn}`;
      const { json } = await target.post('/api/experiments', { ...experiment(name), plate_format: '96' });
      return (await target.remove(`/api/experiments/${json.data.id}`)).json.message.replace(/\d+/, 'N');
    },
    'ok',
    'OK: deleted experiment N',
  ],
  readsNeedWrite: [
    async (target) => {
      const token = await asReader(target);
      return (await target.get(`${demo}/workflow/jtproject`, { token })).status;
    },
    200,
    403,
  ],
  renameNeedsRead: [
    async (target) => {
      const token = await asReader(target);
      return (await target.put(demo, { name: 'demo-nuclei' }, { token })).status;
    },
    403,
    200,
  ],
  unknownPlateFails: [status('POST', `${demo}/acquisitions`, { name: 'x', plate_name: 'none' }), 404, 500],
  plainNamesFail: [status('POST', `${demo}/acquisitions/1/upload/validity-check`, { files: ['a'] }), 200, 500],
  registerListsAll: [
    async (target) => {
      const register = async (name: string) =>
        (await target.post(`${demo}/acquisitions/1/upload/register`, { files: [name] })).json.data.length;
      await register('a.mlf');
      return register('b.mlf');
    },
    1,
    2,
  ],
  plateNameFails: [status('GET', `${demo}/plates?name=plate01`), 200, 500],
  channelFails: [status('GET', `${demo}/channels/1`), 200, 500],
  cyclesSlip: [
    async (target) => (await target.get(`${demo}/cycles`)).json.data,
    [{ id: 'MQ==', index: 0, tpoint: 0 }],
    [[1]],
  ],
  segmentationLayersFail: [status('GET', `${demo}/segmentation_layers`), 200, 500],
  emptySiteFails: [status('GET', `${demo}/mapobject_types/1/segmentations?${firstSite}&zplane=0`), 404, 500],
  segmentationInBodyOnly: [
    status('POST', `${nuclei}/segmentations?${firstSite}&zplane=3`, {
      image: segmentationOf(512, 640, new Int32Array(512 * 640)),
    }),
    200,
    400,
  ],
  labeledTilesNeedName: [status('GET', `${demo}/segmentation_layers/4/labeled_tiles?x=1&y=1&z=5`), 200, 400],
  deleteFeatureFails: [status('DELETE', `${demo}/features/2`), 200, 500],
  valuesUnderNames: [
    async (target, isOn) => streamOf(target, `${await typeWithValues(target, `type ${isOn}`)}/feature-values`),
    200,
    'broke off',
  ],
  tableBreaksOff: [(target) => streamOf(target, `${nuclei}/feature-values?well_name=Z09`), 404, 'broke off'],
  imageNeedsPosition: [
    status('GET', `${demo}/channels/1/image-file?plate_name=plate01&well_name=A01&cycle_index=0&tpoint=0&zplane=0`),
    200,
    400,
  ],
  jobsWithoutStep: [status('GET', `${demo}/workflow/jobs`), 400, 200],
  nothingSubmittedFails: [status('POST', `${empty}/workflow/kill`), 404, 500],
  badDescriptionFails: [status('POST', `${demo}/workflow/description`, { description: {} }), 400, 500],
  resubmitPastEnd: [status('POST', `${demo}/workflow/resubmit`, { index: 4 }), 400, 200],
  earlyLogFails: [
    async (target) => {
      await target.post(`${demo}/tools/request`, { tool_name: 'Heatmap', payload: {}, session_uuid: 'a' });
      const { json } = await target.get(`${demo}/tools/jobs`);
      return (await target.get(`${demo}/tools/jobs/${json.data.at(-1).id}/log`)).status;
    },
    404,
    500,
  ],
  unknownObjectFails: [status('GET', `${demo}/mapobjects/99999/info`), 404, 500],
};

facts('a switch', (fixture) => {
  it.each(Object.entries(probes))('%s changes one thing', async (name, [probe, documented, server]) => {
    const { target } = fixture;
    expect(await probe(target, false)).toEqual(documented);
    const changed = await target.control('PATCH', 'behaviour', { switches: { [name]: true } });
    expect(changed.json.switches[name]).toBe(true);
    expect(await probe(target, true)).toEqual(server);
    await target.control('PATCH', 'behaviour', { dialect: 'documented' });
  });
});

describe('the switches', () => {
  it('are off by default', () => {
    expect(Object.values(defaultSwitches)).not.toContain(true);
  });
});

facts('the dialect 0.5.0', (fixture) => {
  it('switches all on', async () => {
    const { json } = await fixture.target.control('PATCH', 'behaviour', { dialect: '0.5.0' });
    expect(Object.values(json.switches)).not.toContain(false);
  });
});
