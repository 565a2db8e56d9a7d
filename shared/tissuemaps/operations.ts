/**
 * The operations of a TissueMAPS server, one row for each, under the key `METHOD path`. The facade and the simulator both read this table. The
 * simulator's package contains it, so this file may import types only. Edit it by hand.
 *
 * - path: the spelling that documents use. realPath: where the server (release 0.5.0) has the operation, if that differs.
 * - kind: upload (a file or an array in the request, or a part of the handshake of an upload), job (starts, stops or watches asynchronous work),
 *   binary and csv (an answer that is not JSON), read, write, delete (plain JSON), auth (the log-in), refuse (never passed on).
 * - group and scope: together the scope `tissuemaps/<group>:<scope>`. The log-in has none.
 * - cache: fixed, record, listing, status, tile, image, objects, table or never.
 * - query: the documented names of query parameters. `queryAliases` has the names that the server reads.
 * - statuses: the documented ones; empty where the documents list none.
 */
interface OperationFacts {
  readonly kind: 'upload' | 'job' | 'binary' | 'csv' | 'read' | 'write' | 'delete' | 'auth' | 'refuse';
  readonly group?: 'uploads' | 'experiments' | 'images' | 'objects' | 'tools' | 'workflow';
  readonly scope?: 'read' | 'write' | 'delete';
  readonly cache: 'fixed' | 'record' | 'listing' | 'status' | 'tile' | 'image' | 'objects' | 'table' | 'never';
  readonly realPath?: string;
  readonly query?: readonly string[];
  readonly statuses: readonly number[];
}

/** Documented name of a query parameter, and the name that the server reads. */
export const queryAliases = {
  well_pox_x: 'well_pos_x',
  well_pox_y: 'well_pos_y',
  illumcorr: 'correct',
  step_phase: 'phase',
} as const;

// biome-ignore format: one row for each operation
export const tissuemapsOperations = {
  'POST /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/microscope-file': { kind: 'upload', group: 'uploads', scope: 'write', cache: 'never', statuses: [200, 400, 500] },
  'POST /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/upload/validity-check': { kind: 'upload', group: 'uploads', scope: 'read', cache: 'never', statuses: [200, 500] },
  'POST /api/experiments/{experiment_id}/acquisitions': { kind: 'write', group: 'experiments', scope: 'write', cache: 'never', statuses: [200, 404] },
  'DELETE /api/experiments/{experiment_id}/acquisitions/{acquisition_id}': { kind: 'delete', group: 'experiments', scope: 'delete', cache: 'never', statuses: [200, 401] },
  'GET /api/experiments/{experiment_id}/acquisitions/{acquisition_id}': { kind: 'read', group: 'experiments', scope: 'read', cache: 'record', statuses: [200, 404] },
  'GET /api/experiments/{experiment_id}/acquisitions': { kind: 'read', group: 'experiments', scope: 'read', cache: 'record', query: ['plate_name', 'name'], statuses: [200, 404] },
  'GET /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/images': { kind: 'read', group: 'experiments', scope: 'read', cache: 'status', statuses: [200, 404] },
  'GET /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/metadata': { kind: 'read', group: 'experiments', scope: 'read', cache: 'status', statuses: [200, 404] },
  'GET /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/upload/count': { kind: 'read', group: 'uploads', scope: 'read', cache: 'status', statuses: [200] },
  'POST /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/upload/register': { kind: 'upload', group: 'uploads', scope: 'write', cache: 'never', statuses: [200, 500] },
  'PUT /api/experiments/{experiment_id}/acquisitions/{acquisition_id}': { kind: 'write', group: 'experiments', scope: 'write', cache: 'never', statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/channels/{channel_id}': { kind: 'read', group: 'images', scope: 'read', cache: 'listing', statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/channels': { kind: 'read', group: 'images', scope: 'read', cache: 'listing', query: ['name'], statuses: [200] },
  'PUT /api/experiments/{experiment_id}/channels/{channel_id}': { kind: 'write', group: 'images', scope: 'write', cache: 'never', statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/cycles/{cycle_id}': { kind: 'read', group: 'images', scope: 'read', cache: 'listing', statuses: [200, 404] },
  'GET /api/experiments/{experiment_id}/cycles': { kind: 'read', group: 'images', scope: 'read', cache: 'listing', query: ['plate_name', 'index'], statuses: [200, 404] },
  'POST /api/experiments': { kind: 'write', group: 'experiments', scope: 'write', cache: 'never', statuses: [200] },
  'DELETE /api/experiments/{experiment_id}': { kind: 'delete', group: 'experiments', scope: 'delete', cache: 'never', statuses: [200, 401] },
  'GET /api/acquisition_modes': { kind: 'read', group: 'experiments', scope: 'read', cache: 'fixed', statuses: [200] },
  'GET /api/experiments/{experiment_id}': { kind: 'read', group: 'experiments', scope: 'read', cache: 'record', statuses: [200, 404] },
  'GET /api/experiments': { kind: 'read', group: 'experiments', scope: 'read', cache: 'record', query: ['name'], statuses: [200, 404] },
  'GET /api/microscope_types': { kind: 'read', group: 'experiments', scope: 'read', cache: 'fixed', statuses: [200] },
  'GET /api/workflow_types': { kind: 'read', group: 'experiments', scope: 'read', cache: 'fixed', statuses: [200] },
  'PUT /api/experiments/{experiment_id}': { kind: 'write', group: 'experiments', scope: 'write', cache: 'never', statuses: [200, 400] },
  'POST /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/feature-values': { kind: 'upload', group: 'objects', scope: 'write', cache: 'never', statuses: [200, 400, 401, 404] },
  'DELETE /api/experiments/{experiment_id}/features/{feature_id}': { kind: 'delete', group: 'objects', scope: 'delete', cache: 'never', statuses: [200, 401] },
  'GET /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/feature-values': { kind: 'csv', group: 'objects', scope: 'read', cache: 'table', query: ['plate_name', 'well_name', 'well_pos_x', 'well_pos_y', 'tpoint'], statuses: [200, 400, 401, 404] },
  'GET /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/metadata': { kind: 'csv', group: 'objects', scope: 'read', cache: 'table', query: ['plate_name', 'well_name', 'well_pos_x', 'well_pos_y', 'tpoint'], statuses: [200, 400, 401, 404] },
  'PUT /api/experiments/{experiment_id}/features/{feature_id}': { kind: 'write', group: 'objects', scope: 'write', cache: 'never', statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/channels/{channel_id}/image-files': { kind: 'binary', group: 'images', scope: 'read', cache: 'image', realPath: '/api/experiments/{experiment_id}/channels/{channel_id}/image-file', query: ['plate_name', 'cycle_index', 'well_name', 'well_pos_x', 'well_pos_y', 'tpoint', 'zplane', 'illumcorr', 'align'], statuses: [200, 400, 404] },
  'GET /api/experiments/{experiment_id}/channel_layers': { kind: 'read', group: 'images', scope: 'read', cache: 'listing', query: ['channel_name', 'tpoint', 'zplane'], statuses: [200, 404] },
  'GET /api/experiments/{experiment_id}/segmentation_layers': { kind: 'read', group: 'objects', scope: 'read', cache: 'listing', query: ['mapobject_type_name', 'tpoint', 'zplane'], statuses: [200, 404] },
  'POST /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/segmentations': { kind: 'upload', group: 'objects', scope: 'write', cache: 'never', query: ['image', 'plate_name', 'well_name', 'well_pos_x', 'well_pos_y', 'tpoint', 'zplane', 'align'], statuses: [200, 400] },
  'POST /api/experiments/{experiment_id}/mapobject_type': { kind: 'write', group: 'objects', scope: 'write', cache: 'never', realPath: '/api/experiments/{experiment_id}/mapobject_types', statuses: [200, 400] },
  'DELETE /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}': { kind: 'delete', group: 'objects', scope: 'delete', cache: 'never', statuses: [200, 401] },
  'GET /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/features': { kind: 'read', group: 'objects', scope: 'read', cache: 'listing', query: ['name'], statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/mapobject_types': { kind: 'read', group: 'objects', scope: 'read', cache: 'listing', query: ['name'], statuses: [200] },
  'GET /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/segmentations': { kind: 'read', group: 'objects', scope: 'read', cache: 'objects', query: ['plate_name', 'well_name', 'well_pos_x', 'well_pos_y', 'tpoint', 'zplane'], statuses: [200, 400] },
  'PUT /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}': { kind: 'write', group: 'objects', scope: 'write', cache: 'never', statuses: [200, 400] },
  'POST /api/experiments/{experiment_id}/plates': { kind: 'write', group: 'experiments', scope: 'write', cache: 'never', statuses: [200] },
  'DELETE /api/experiments/{experiment_id}/plates/{plate_id}': { kind: 'delete', group: 'experiments', scope: 'delete', cache: 'never', statuses: [200, 401] },
  'GET /api/experiments/{experiment_id}/plates/{plate_id}': { kind: 'read', group: 'experiments', scope: 'read', cache: 'record', statuses: [200, 404] },
  'GET /api/experiments/{experiment_id}/plates': { kind: 'read', group: 'experiments', scope: 'read', cache: 'record', query: ['name'], statuses: [200] },
  'PUT /api/experiments/{experiment_id}/plates/{plate_id}': { kind: 'write', group: 'experiments', scope: 'write', cache: 'never', statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/sites/{site_id}': { kind: 'read', group: 'images', scope: 'read', cache: 'listing', statuses: [200, 404] },
  'GET /api/experiments/{experiment_id}/sites': { kind: 'read', group: 'images', scope: 'read', cache: 'listing', query: ['plate_name', 'well_name', 'well_pox_y', 'well_pox_x'], statuses: [200, 404] },
  'GET /api/experiments/{experiment_id}/channel_layer/{channel_layer_id}/tiles': { kind: 'binary', group: 'images', scope: 'read', cache: 'tile', realPath: '/api/experiments/{experiment_id}/channel_layers/{channel_layer_id}/tiles', query: ['x', 'y', 'z'], statuses: [] },
  'GET /api/experiments/{experiment_id}/segmentation_layers/{segmentation_layer_id}/labeled_tiles': { kind: 'read', group: 'objects', scope: 'read', cache: 'objects', query: ['x', 'y', 'z'], statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/segmentation_layers/{segmentation_layer_id}/tile': { kind: 'read', group: 'objects', scope: 'read', cache: 'objects', realPath: '/api/experiments/{experiment_id}/segmentation_layers/{segmentation_layer_id}/tiles', query: ['x', 'y', 'z'], statuses: [200, 400] },
  'DELETE /api/experiments/{experiment_id}/tools/results/{tool_result_id}': { kind: 'delete', group: 'tools', scope: 'delete', cache: 'never', statuses: [] },
  'GET /api/experiments/{experiment_id}/tools/jobs/{job_id}/log': { kind: 'job', group: 'tools', scope: 'read', cache: 'never', statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/tools/jobs': { kind: 'job', group: 'tools', scope: 'read', cache: 'status', query: ['submission_id', 'tool_name', 'state'], statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/tools/results/{tool_result_id}': { kind: 'read', group: 'tools', scope: 'read', cache: 'record', statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/tools/result': { kind: 'read', group: 'tools', scope: 'read', cache: 'record', realPath: '/api/experiments/{experiment_id}/tools/results', query: ['submission_id', 'name'], statuses: [200, 400] },
  'GET /api/tools': { kind: 'read', group: 'tools', scope: 'read', cache: 'fixed', statuses: [200] },
  'POST /api/experiments/{experiment_id}/tools/request': { kind: 'job', group: 'tools', scope: 'write', cache: 'never', statuses: [200] },
  'PUT /api/experiments/{experiment_id}/tools/result/{tool_result_id}': { kind: 'write', group: 'tools', scope: 'write', cache: 'never', realPath: '/api/experiments/{experiment_id}/tools/results/{tool_result_id}', statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/wells/{well_id}': { kind: 'read', group: 'images', scope: 'read', cache: 'listing', statuses: [200, 404] },
  'GET /api/experiments/{experiment_id}/wells': { kind: 'read', group: 'images', scope: 'read', cache: 'listing', query: ['plate_name', 'name'], statuses: [200, 404] },
  'PUT /api/experiments/{experiment_id}/wells/{well_id}': { kind: 'write', group: 'images', scope: 'write', cache: 'never', statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/workflow/jobs/{job_id}/log': { kind: 'job', group: 'workflow', scope: 'read', cache: 'never', statuses: [200] },
  'GET /api/experiments/{experiment_id}/workflow/jtproject': { kind: 'read', group: 'workflow', scope: 'read', cache: 'record', statuses: [200] },
  'GET /api/experiments/{experiment_id}/workflow/description': { kind: 'read', group: 'workflow', scope: 'read', cache: 'record', statuses: [200] },
  'GET /api/experiments/{experiment_id}/workflow/jobs': { kind: 'job', group: 'workflow', scope: 'read', cache: 'status', query: ['step_name', 'step_phase', 'name', 'index', 'batch_size'], statuses: [200, 400] },
  'GET /api/experiments/{experiment_id}/workflow/status': { kind: 'job', group: 'workflow', scope: 'read', cache: 'status', query: ['depth'], statuses: [200] },
  'POST /api/experiments/{experiment_id}/workflow/kill': { kind: 'job', group: 'workflow', scope: 'write', cache: 'never', statuses: [200] },
  'POST /api/experiments/{experiment_id}/workflow/resubmit': { kind: 'job', group: 'workflow', scope: 'write', cache: 'never', statuses: [200, 400] },
  'POST /api/experiments/{experiment_id}/workflow/submit': { kind: 'job', group: 'workflow', scope: 'write', cache: 'never', statuses: [200] },
  'PUT /api/experiments/{experiment_id}/workflow/jtproject': { kind: 'write', group: 'workflow', scope: 'write', cache: 'never', statuses: [200, 400] },
  'POST /api/experiments/{experiment_id}/workflow/description': { kind: 'write', group: 'workflow', scope: 'write', cache: 'never', statuses: [200] },
  'POST /auth': { kind: 'auth', cache: 'never', statuses: [] },
  'GET /api/experiments/{experiment_id}/mapobjects/{mapobject_id}/info': { kind: 'read', group: 'objects', scope: 'read', cache: 'objects', statuses: [] },
  'POST /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/register': { kind: 'refuse', group: 'uploads', scope: 'write', cache: 'never', statuses: [] },
} as const satisfies Readonly<Record<string, OperationFacts>>;
