/** A request that succeeds for each operation, in an order in which each finds what it needs. Deletes come last. */
import type { OperationKey } from '../../src/operations.ts';
import { segmentationOf } from '../npz.ts';
import { firstSite } from './target.ts';

interface Sample {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
}

const site = { plate_name: 'plate01', well_name: 'A01', well_pos_x: 0, well_pos_y: 0, tpoint: 0 };

/** Ids of the demo. `posted` is a type that a sample makes. */
export const known: Readonly<Record<string, string>> = {
  experiment_id: 'MQ==',
  acquisition_id: 'MQ==',
  plate_id: 'MQ==',
  channel_id: 'MQ==',
  cycle_id: 'MQ==',
  well_id: 'MQ==',
  site_id: 'MQ==',
  channel_layer_id: 'MQ==',
  segmentation_layer_id: 'NA==',
  mapobject_type_id: 'NA==',
  feature_id: 'MQ==',
  mapobject_id: '40',
  job_id: 'MQ==',
  tool_result_id: 'MQ==',
};

const posted = 'NQ==';
const one = new Int32Array(512 * 640);
one[1000] = 1;

export const samples: Readonly<Record<OperationKey, Sample>> = {
  'POST /auth': { body: { username: 'demo', password: 'demo-tm-password' } },
  'GET /api/acquisition_modes': {},
  'GET /api/microscope_types': {},
  'GET /api/workflow_types': {},
  'GET /api/tools': {},
  'GET /api/experiments': {},
  'POST /api/experiments': {
    body: {
      name: 'made',
      workflow_type: 'canonical',
      plate_format: '0',
      plate_acquisition_mode: 'multiplexing',
      microscope_type: 'cellvoyager',
    },
  },
  'GET /api/experiments/{experiment_id}': {},
  'PUT /api/experiments/{experiment_id}': { body: { name: 'renamed' } },
  'GET /api/experiments/{experiment_id}/plates': { query: 'name=plate01' },
  'POST /api/experiments/{experiment_id}/plates': { body: { name: 'plate02' } },
  'GET /api/experiments/{experiment_id}/plates/{plate_id}': {},
  'PUT /api/experiments/{experiment_id}/plates/{plate_id}': { body: { name: 'plate01' } },
  'GET /api/experiments/{experiment_id}/acquisitions': {},
  'POST /api/experiments/{experiment_id}/acquisitions': { body: { name: 'second', plate_name: 'plate01' } },
  'GET /api/experiments/{experiment_id}/acquisitions/{acquisition_id}': {},
  'PUT /api/experiments/{experiment_id}/acquisitions/{acquisition_id}': { body: { name: 'acquisition01' } },
  'GET /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/images': {},
  'GET /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/metadata': {},
  'GET /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/upload/count': {},
  'POST /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/upload/register': { body: { files: ['a.png'] } },
  'POST /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/upload/validity-check': {
    body: { files: ['a.png'] },
  },
  'POST /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/microscope-file': {},
  'POST /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/register': { body: { path: '/data' } },
  'GET /api/experiments/{experiment_id}/channels': {},
  'GET /api/experiments/{experiment_id}/channels/{channel_id}': {},
  'PUT /api/experiments/{experiment_id}/channels/{channel_id}': { body: { name: 'DAPI' } },
  'GET /api/experiments/{experiment_id}/channels/{channel_id}/image-files': {
    query: `${firstSite}&zplane=0&cycle_index=0`,
  },
  'GET /api/experiments/{experiment_id}/cycles': {},
  'GET /api/experiments/{experiment_id}/cycles/{cycle_id}': {},
  'GET /api/experiments/{experiment_id}/wells': {},
  'GET /api/experiments/{experiment_id}/wells/{well_id}': {},
  'PUT /api/experiments/{experiment_id}/wells/{well_id}': { body: { description: { dose: 3 } } },
  'GET /api/experiments/{experiment_id}/sites': { query: 'well_pox_x=1' },
  'GET /api/experiments/{experiment_id}/sites/{site_id}': {},
  'GET /api/experiments/{experiment_id}/channel_layers': {},
  'GET /api/experiments/{experiment_id}/channel_layer/{channel_layer_id}/tiles': { query: 'x=1&y=1&z=5' },
  'GET /api/experiments/{experiment_id}/segmentation_layers': {},
  'GET /api/experiments/{experiment_id}/segmentation_layers/{segmentation_layer_id}/tile': { query: 'x=1&y=1&z=5' },
  'GET /api/experiments/{experiment_id}/segmentation_layers/{segmentation_layer_id}/labeled_tiles': {
    query: 'x=1&y=1&z=5',
  },
  'GET /api/experiments/{experiment_id}/mapobject_types': {},
  'POST /api/experiments/{experiment_id}/mapobject_type': { body: { name: 'Spots' } },
  'PUT /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}': {
    params: { mapobject_type_id: posted },
    body: { name: 'Spots' },
  },
  'POST /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/segmentations': {
    params: { mapobject_type_id: posted },
    body: { ...site, zplane: 0, npz_file: segmentationOf(512, 640, one) },
  },
  'GET /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/segmentations': {
    query: `${firstSite}&zplane=0`,
  },
  'POST /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/feature-values': {
    params: { mapobject_type_id: posted },
    body: { ...site, names: ['f1'], labels: [1], values: [[2.5]] },
  },
  'GET /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/feature-values': {
    query: 'plate_name=plate01&well_name=A01',
  },
  'GET /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/metadata': {
    query: 'plate_name=plate01&well_name=A01',
  },
  'GET /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/features': {},
  'PUT /api/experiments/{experiment_id}/features/{feature_id}': { body: { name: 'Area' } },
  'GET /api/experiments/{experiment_id}/mapobjects/{mapobject_id}/info': {},
  'GET /api/experiments/{experiment_id}/workflow/description': {},
  'POST /api/experiments/{experiment_id}/workflow/description': {
    body: { description: { type: 'canonical', stages: [] } },
  },
  'GET /api/experiments/{experiment_id}/workflow/jtproject': {},
  'PUT /api/experiments/{experiment_id}/workflow/jtproject': { body: { pipeline: {}, handles: {} } },
  'GET /api/experiments/{experiment_id}/workflow/status': {},
  'GET /api/experiments/{experiment_id}/workflow/jobs': { query: 'step_name=metaconfig' },
  'GET /api/experiments/{experiment_id}/workflow/jobs/{job_id}/log': {},
  'POST /api/experiments/{experiment_id}/workflow/submit': { body: {} },
  'POST /api/experiments/{experiment_id}/workflow/kill': {},
  'POST /api/experiments/{experiment_id}/workflow/resubmit': {
    body: { description: { type: 'canonical', stages: [{ name: 'image_conversion', steps: [] }] }, index: 0 },
  },
  'POST /api/experiments/{experiment_id}/tools/request': {
    body: {
      tool_name: 'Heatmap',
      payload: { chosen_object_type: 'Spots', selected_feature: 'f1' },
      session_uuid: '1',
    },
  },
  'GET /api/experiments/{experiment_id}/tools/jobs': {},
  'GET /api/experiments/{experiment_id}/tools/jobs/{job_id}/log': {},
  'GET /api/experiments/{experiment_id}/tools/result': {},
  'GET /api/experiments/{experiment_id}/tools/results/{tool_result_id}': {},
  'PUT /api/experiments/{experiment_id}/tools/result/{tool_result_id}': { body: { name: 'Warm' } },
  'DELETE /api/experiments/{experiment_id}/tools/results/{tool_result_id}': {},
  'DELETE /api/experiments/{experiment_id}/features/{feature_id}': {},
  'DELETE /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}': {},
  'DELETE /api/experiments/{experiment_id}/acquisitions/{acquisition_id}': {},
  'DELETE /api/experiments/{experiment_id}/plates/{plate_id}': {},
  'DELETE /api/experiments/{experiment_id}': {},
};
