/**
 * The operations of a Signals Notebook tenant, one row each: the data behind scopes, caching, link rewriting and the
 * OpenAPI document. Drawn from the vendor's OpenAPI files (release 26.8) and extended here; edit it by hand.
 *
 * Columns: method | path | group | kind | scope | cache | entity | digest | answer | query | summary
 * - kind: read, read-body (a read by POST), write, delete, async-start, async-status, async-result (may work only once).
 * - scope: what a consumer needs, as `<group>:<scope>`.
 * - cache: entity, listing, search, reference or never: how long an answer may live where the upstream does not say.
 * - entity: the path parameter whose entity the answer is about; `-` = none.
 * - digest: whose digest a write carries: a path parameter, `ancestor` (of the new entity, in the body), `parent`
 *   (named by the body or a query parameter), `parent-of-eid`, `container-of-taskId`; `-` = none.
 * - answer: `document` (links are rewritten when it is JSON) or `content` (somebody's file: never touched).
 * - query: names of the documented query parameters.
 */
export const signalsOperations = `
GET | /entities | entities | read | read | listing | - | - | document | page[offset],page[limit],includeTypes,excludeTypes,includeOptions,start,end,include | List entities by type, flags, time
POST | /entities | entities | write | write | never | - | ancestor | document | digest,force | Create entity; digest is the parent's
GET | /entities/{eid} | entities | read | read | entity | eid | - | document | include | Read one entity summary
DELETE | /entities/{eid} | entities | delete | delete | never | eid | eid | document | digest,force | Trash or remove an entity
GET | /entities/webdav/info | entities | read | read | never | - | - | document | url | Resolve entity from WebDAV address
GET | /entities/{eid}/children | entities | read | read | listing | eid | - | document | page[offset],page[limit],order,include | List direct children, paged
GET | /entities/{eid}/ancestors | entities | read | read | listing | eid | - | document | include | List parents up to notebook
GET | /entities/{eid}/relationships | entities | read | read | listing | eid | - | document | page[offset],page[limit],include | List links to other entities
POST | /entities/{eid}/relationships | entities | write | write | never | eid | - | document | - | Link two entities
GET | /entities/{eid}/properties | entities | read | read | entity | eid | - | document | - | Read header fields with definitions
PATCH | /entities/{eid}/properties | entities | write | write | never | eid | eid | document | digest,force | Change existing header fields
PATCH | /entities/{eid}/move | entities | write | write | never | eid | - | document | - | Move experiment into another notebook
GET | /entities/{eid}/shares | entities | read | read | listing | eid | - | document | - | List who has access
POST | /entities/{eid}/shares | entities | write | write | never | eid | - | document | - | Grant access to user or group
GET | /entities/{eid}/shares/{shareId} | entities | read | read | entity | eid | - | document | - | Read one access grant
PATCH | /entities/{eid}/shares/{shareId} | entities | write | write | never | eid | - | document | - | Change rights of a grant
DELETE | /entities/{eid}/shares/{shareId} | entities | delete | delete | never | eid | - | document | - | Withdraw an access grant
GET | /entities/{eid}/pdf | entities | read | read | never | eid | - | content | header,footer,attachments,links,comments,history,paper,orientation,locale,timeZone,dateTimeFormat,skipPageBreaks | Render PDF and wait for it
HEAD | /entities/{eid}/pdf | entities | read | read | never | eid | - | content | header,footer,attachments,links,comments,history,paper,orientation,locale,timeZone,dateTimeFormat,skipPageBreaks | Headers of the synchronous PDF
PUT | /entities/export/pdf | entities | async-start | export | never | - | - | document | eid,header,footer,attachments,links,comments,history,paper,orientation,locale,timeZone,dateTimeFormat,skipPageBreaks | Begin PDF job, returns file id
HEAD | /entities/export/pdf/{fileId} | entities | async-status | read | never | - | - | content | - | PDF ready when content length positive
GET | /entities/export/pdf/{fileId} | entities | async-result | read | never | - | - | content | filename | Fetch finished PDF, kept 30 minutes
POST | /entities/export/bulk | entities | async-start | export | never | - | - | document | eid,depth,types,structureFormat,stoichiometry,stoichiometryStructureFormat,aromaticRepresentation | Begin content export, depth obligatory
GET | /entities/export/bulk/{jobId} | entities | async-status | read | never | - | - | document | - | State of a content export
GET | /entities/export/bulk/{jobId}/contents | entities | async-result | read | never | - | - | content | - | Fetch multipart content, one time only
GET | /entities/{eid}/export | entities | read | read | entity | eid | - | content | format,aromaticRepresentation,labels | Download element content in a format
HEAD | /entities/{eid}/export | entities | read | read | entity | eid | - | content | format,aromaticRepresentation,labels | Content type of an element download
POST | /entities/{eid}/children/{filename} | entities | write | write | never | eid | eid | document | pageId,pageOffset,digest,force | Upload file as new child
PUT | /entities/{eid}/attachment | entities | write | write | never | eid | eid | document | digest,force | Swap file content of an element
GET | /entities/{eid}/reviews | entities | read | read | entity | eid | - | document | - | Signing and review state
POST | /entities/{eid}/reviews/close | entities | write | write | never | eid | - | document | - | Close without a signature
POST | /entities/{eid}/reviews/reopen | entities | write | write | never | eid | - | document | - | Reopen closed, voided or rejected item
POST | /entities/{eid}/reviews/archive | entities | write | write | never | eid | - | document | - | Archive a closed item
POST | /entities/{eid}/reviews/unarchive | entities | write | write | never | eid | - | document | - | Bring item back from archive
GET | /entities/{eid}/history | entities | read | read | listing | eid | - | document | depth,action,page[offset],page[limit] | Audit entries of one entity
GET | /entities/{eid}/compliance | entities | read | read | entity | eid | - | document | include | Compliance hashes of a drawing
PATCH | /entities/{eid}/compliance | entities | write | write | never | eid | eid | document | digest,force | Set external compliance hash
GET | /entities/{eid}/comments | entities | read | read | listing | eid | - | document | depth,page[offset],page[limit] | List comments, optionally of descendants
GET | /entities/{eid}/comments/{commentId} | entities | read | read | entity | eid | - | document | - | Read one comment
DELETE | /entities/{eid}/comments/{commentId} | entities | delete | delete | never | eid | - | document | - | Remove one comment
GET | /entities/{eid}/layout/pages | entities | read | read | listing | eid | - | document | - | List pages of the layout
POST | /entities/{eid}/layout/pages | entities | write | write | never | eid | eid | document | digest,force | Insert a layout page
GET | /entities/{eid}/layout/pages/{pageId} | entities | read | read | entity | eid | - | document | - | Read one layout page
PATCH | /entities/{eid}/layout/pages/{pageId} | entities | write | write | never | eid | eid | document | digest,force | Rename or reorder a page
DELETE | /entities/{eid}/layout/pages/{pageId} | entities | delete | delete | never | eid | eid | document | digest,force | Remove a page when empty
GET | /entities/{eid}/layout/location | entities | read | read | entity | eid | - | document | - | Page and index of an element
PUT | /entities/{eid}/layout/location | entities | write | write | never | eid | parent-of-eid | document | digest,force | Reposition element; parent's digest
GET | /samples/{sampleId}/properties | entities | read | read | entity | sampleId | - | document | name,value | Read sample fields and digests
PATCH | /samples/{sampleId}/properties | entities | write | write | never | sampleId | sampleId | document | name,digest,force,value | Change several sample fields
GET | /samples/{sampleId}/properties/{propertyId} | entities | read | read | entity | sampleId | - | document | value | Read one sample field
PATCH | /samples/{sampleId}/properties/{propertyId} | entities | write | write | never | sampleId | sampleId | document | digest,force,value | Change one sample field
PUT | /samples/{sampleId}/status | entities | write | write | never | sampleId | sampleId | document | digest,force | Close, cancel or reopen sample
GET | /sampleSummary/{sampleSummaryId}/samples | entities | read | read | listing | sampleSummaryId | - | document | page[offset],page[limit],include | Samples of a table as entities
GET | /samplesTables/{samplesTableId}/rows | entities | read | read | listing | samplesTableId | - | document | sampleIds,fields[samplesTableColumn] | Samples of a table as rows
PATCH | /samplesTables/{samplesTableId}/rows | entities | write | write | never | samplesTableId | samplesTableId | document | sampleIds,digest,force | Edit up to 50 sample rows
POST | /samplesTables/{samplesTableId}/bulkUpdate | entities | async-start | write | never | samplesTableId | samplesTableId | document | digest,force | Begin CSV update of samples
GET | /samplesTables/{samplesTableId}/bulkUpdate/{jobId} | entities | async-status | read | never | samplesTableId | - | document | - | State of a sample update job
GET | /samplesTables/{samplesTableId}/_column | entities | read | read | reference | samplesTableId | - | document | - | Column definitions of samples table
PATCH | /samplesTables/{samplesTableId}/_column | entities | write | write | never | samplesTableId | samplesTableId | document | digest,force | Hide or show sample columns
POST | /entities/search | entities | read-body | read | search | - | - | document | page[offset],page[limit],include,sort,source,fields[entity],stopAfterItems | Query entities with operator tree
POST | /entities/search/tags | entities | read-body | read | search | - | - | document | source | Discover indexed tag fields and types
POST | /entities/search/terms | entities | read-body | read | search | - | - | document | source,include | Count distinct values of a field
GET | /entities/templates/{eid}/fields | entities | read | read | reference | eid | - | document | - | Field definitions of a template
POST | /entities/{eid}/syncWithTemplate | entities | write | delete | never | eid | eid | document | digest,force | Reapply template definition, erases content
GET | /adt/{eid} | adt | read | read | entity | eid | - | document | value | All rows of a table
POST | /adt/{eid} | adt | write | write | never | eid | eid | document | digest,force,syncData,value | Append one table row
PATCH | /adt/{eid} | adt | write | write | never | eid | eid | document | digest,force,syncData,value | Create, change, remove rows together
GET | /adt/{eid}/_column | adt | read | read | reference | eid | - | document | - | Column definitions of a table
PATCH | /adt/{eid}/_column | adt | write | write | never | eid | eid | document | digest,force | Hide or show table columns
GET | /adt/{eid}/{rowid} | adt | read | read | entity | eid | - | document | value | Read one table row
PATCH | /adt/{eid}/{rowid} | adt | write | write | never | eid | eid | document | digest,force,syncData,value | Change cells of one row
DELETE | /adt/{eid}/{rowid} | adt | delete | delete | never | eid | eid | document | digest,force | Remove one table row
GET | /worksheet/{eid} | adt | read | read | entity | eid | - | document | include | Read worksheet field values
PATCH | /worksheet/{eid} | adt | write | write | never | eid | eid | document | digest,force | Change worksheet field values
GET | /worksheet/{eid}/_fields | adt | read | read | reference | eid | - | document | - | Field definitions of a worksheet
GET | /worksheet/settings/unlock/reasons | adt | read | read | reference | - | - | document | - | Reasons allowed for locked changes
GET | /variationsTables/{eid} | adt | read | read | entity | eid | - | document | - | Read whole variations table
PATCH | /variationsTables/{eid} | adt | write | write | never | eid | eid | document | digest,force | Add, clone or drop a variant
PUT | /variationsTables/{eid} | adt | write | write | never | eid | eid | document | digest,force | Overwrite variations table content
GET | /variationsTables/{eid}/_column | adt | read | read | reference | eid | - | document | - | Column definitions of variations table
PATCH | /variationsTables/{eid}/_column | adt | write | write | never | eid | eid | document | digest,force | Hide or show variations columns
GET | /variationsTables/{eid}/components | adt | read | read | entity | eid | - | document | - | Rows of the component table
PATCH | /variationsTables/{eid}/components | adt | write | write | never | eid | eid | document | digest,force,syncData | Batch edit of component rows
GET | /variationsTables/{eid}/components/{rowId} | adt | read | read | entity | eid | - | document | - | Read one component row
PATCH | /variationsTables/{eid}/components/{rowId} | adt | write | write | never | eid | eid | document | digest,force,syncData | Change one component row
DELETE | /variationsTables/{eid}/components/{rowId} | adt | delete | delete | never | eid | eid | document | digest,force | Remove component row everywhere
GET | /variationsTables/{eid}/variants/{variantId} | adt | read | read | entity | eid | - | document | - | Rows of one variant
PATCH | /variationsTables/{eid}/variants/{variantId} | adt | write | write | never | eid | eid | document | digest,force,syncData | Change rows of one variant
DELETE | /variationsTables/{eid}/variants/{variantId} | adt | delete | delete | never | eid | eid | document | digest,force | Drop one variant
GET | /variationsTables/{eid}/variants/{variantId}/{rowId} | adt | read | read | entity | eid | - | document | - | Read one variant row
PATCH | /variationsTables/{eid}/variants/{variantId}/{rowId} | adt | write | write | never | eid | eid | document | digest,force | Change one variant row
GET | /attributes | attributes | read | read | reference | - | - | document | - | List all attribute definitions
POST | /attributes | attributes | write | write | never | - | - | document | - | Create a list attribute
GET | /attributes/{eid} | attributes | read | read | reference | eid | - | document | statistics,include | Read one attribute and options
PATCH | /attributes/{eid} | attributes | write | write | never | eid | - | document | statistics,include | Overwrite all options of attribute
DELETE | /attributes/{eid} | attributes | delete | delete | never | eid | - | document | - | Remove an attribute
GET | /attributes/{eid}/options | attributes | read | read | reference | eid | - | document | page[offset],page[limit],term | List or filter attribute options
PATCH | /attributes/{eid}/options | attributes | write | write | never | eid | - | document | page[offset],page[limit],term | Add, edit, remove single options
POST | /attributes/{eid}/refresh | attributes | async-start | write | never | eid | - | document | - | Begin reload of external list
GET | /attributes/ontology/options/{optionId}/details | attributes | read | read | reference | - | - | document | - | Details of an ontology term
GET | /attributes/{eid}/ontology/options | attributes | read | read | reference | eid | - | document | search,page[offset],page[limit] | Ontology terms of an attribute
GET | /autotext/lists/{autotextListId} | attributes | read | read | reference | - | - | document | - | Read one autotext list
POST | /chemistry/pairedSequence | chemistry | write | write | never | - | parent | document | eid,pageId,pageOffset,digest,force | Create drawing from two oligo strands
PUT | /chemistry/{eid}/pairedSequence | chemistry | write | write | never | eid | eid | document | position,digest,force | Put paired strands into drawing
GET | /cro/entities/{eid} | cro | read | read | entity | eid | - | document | include | Read entity as contract partner
GET | /cro/entities/{eid}/properties | cro | read | read | entity | eid | - | document | - | Read header fields as partner
PATCH | /cro/entities/{eid}/properties | cro | write | write | never | eid | eid | document | digest,force | Change header fields as partner
GET | /cro/entities/{eid}/children | cro | read | read | listing | eid | - | document | page[offset],page[limit],order,include | List children as partner
GET | /cro/entities/{eid}/ancestors | cro | read | read | listing | eid | - | document | include | List parents as partner
GET | /cro/entities/{eid}/relationships | cro | read | read | listing | eid | - | document | page[offset],page[limit],include | List links as partner
GET | /cro/entities/{eid}/export | cro | read | read | entity | eid | - | content | format,aromaticRepresentation | Download element as partner
GET | /cro/entities/{eid}/compliance | cro | read | read | entity | eid | - | document | include | Compliance hashes as partner
PATCH | /cro/entities/{eid}/compliance | cro | write | write | never | eid | eid | document | digest,force | Set compliance hash as partner
GET | /cro/samples/{sampleId}/properties | cro | read | read | entity | sampleId | - | document | name,value | Read sample fields as partner
PATCH | /cro/samples/{sampleId}/properties | cro | write | write | never | sampleId | sampleId | document | name,digest,force,value | Change sample fields as partner
GET | /cro/samples/{sampleId}/properties/{propertyId} | cro | read | read | entity | sampleId | - | document | value | Read one sample field, partner
PATCH | /cro/samples/{sampleId}/properties/{propertyId} | cro | write | write | never | sampleId | sampleId | document | digest,force,value | Change one sample field, partner
PUT | /cro/samples/{sampleId}/status | cro | write | write | never | sampleId | sampleId | document | digest,force | Sample status change as partner
GET | /cro/samplesTables/{samplesTableId}/rows | cro | read | read | listing | samplesTableId | - | document | sampleIds,fields[samplesTableColumn] | Sample rows as partner
PATCH | /cro/samplesTables/{samplesTableId}/rows | cro | write | write | never | samplesTableId | samplesTableId | document | sampleIds,digest,force | Edit sample rows as partner
GET | /cro/adt/{eid} | cro | read | read | entity | eid | - | document | value | All table rows as partner
POST | /cro/adt/{eid} | cro | write | write | never | eid | eid | document | digest,force,syncData,value | Append table row as partner
PATCH | /cro/adt/{eid} | cro | write | write | never | eid | eid | document | digest,force,syncData,value | Batch edit rows as partner
GET | /cro/adt/{eid}/_column | cro | read | read | reference | eid | - | document | - | Table column definitions, partner
GET | /cro/adt/{eid}/{rowid} | cro | read | read | entity | eid | - | document | value | Read table row as partner
PATCH | /cro/adt/{eid}/{rowid} | cro | write | write | never | eid | eid | document | digest,force,syncData,value | Change table row as partner
GET | /cro/worksheet/{eid} | cro | read | read | entity | eid | - | document | include | Read worksheet as partner
PATCH | /cro/worksheet/{eid} | cro | write | write | never | eid | eid | document | digest,force | Change worksheet as partner
GET | /cro/worksheet/{eid}/_fields | cro | read | read | reference | eid | - | document | - | Worksheet field definitions, partner
GET | /cro/worksheet/settings/unlock/reasons | cro | read | read | reference | - | - | document | - | Reasons for locked changes, partner
GET | /cro/stoichiometry/{eid} | cro | read | read | entity | eid | - | document | fields[stoichiometry],value | Reaction grids as partner
GET | /cro/stoichiometry/{eid}/{rowid} | cro | read | read | entity | eid | - | document | value | Read grid row as partner
PATCH | /cro/stoichiometry/{eid}/{rowid} | cro | write | write | never | eid | eid | document | syncUpdateToSample,digest,force,value | Change grid row as partner
GET | /cro/stoichiometry/{eid}/{rowid}/structure | cro | read | read | entity | eid | - | content | format,aromaticRepresentation | Row structure as partner
GET | /cro/stoichiometry/{eid}/reactants | cro | read | read | entity | eid | - | document | value | List reactants as partner
GET | /cro/stoichiometry/{eid}/products | cro | read | read | entity | eid | - | document | value | List products as partner
GET | /cro/stoichiometry/{eid}/solvents | cro | read | read | entity | eid | - | document | value | List solvents as partner
GET | /cro/chemicaldrawings/{eid}/reaction/{position} | cro | read | read | entity | eid | - | document | - | Reaction side structures, partner
POST | /cro/chemicaldrawings/{eid}/reaction/{position} | cro | write | write | never | eid | eid | document | digest,force | Add structure to reaction, partner
POST | /cro/entities/{eid}/children/{filename} | cro | write | write | never | eid | eid | document | pageId,pageOffset,digest,force | Upload file as partner
PUT | /cro/entities/{eid}/attachment | cro | write | write | never | eid | eid | document | digest,force | Swap file content as partner
GET | /fragments/salts | fragments | read | read | reference | - | - | document | - | List all salt fragments
POST | /fragments/salts | fragments | write | write | never | - | - | document | - | Add a salt
PUT | /fragments/salts | fragments | write | write | never | - | - | document | - | Overwrite the salt list
GET | /fragments/solvates | fragments | read | read | reference | - | - | document | - | List all solvate fragments
POST | /fragments/solvates | fragments | write | write | never | - | - | document | - | Add a solvate
PUT | /fragments/solvates | fragments | write | write | never | - | - | document | - | Overwrite the solvate list
GET | /fragments/salts/{id} | fragments | read | read | reference | - | - | document | - | Read one salt
PATCH | /fragments/salts/{id} | fragments | write | write | never | - | - | document | - | Change one salt
DELETE | /fragments/salts/{id} | fragments | delete | delete | never | - | - | document | - | Remove one salt
GET | /fragments/solvates/{id} | fragments | read | read | reference | - | - | document | - | Read one solvate
PATCH | /fragments/solvates/{id} | fragments | write | write | never | - | - | document | - | Change one solvate
DELETE | /fragments/solvates/{id} | fragments | delete | delete | never | - | - | document | - | Remove one solvate
GET | /hierarchicalTables/{eid} | hierarchical-tables | read | read | entity | eid | - | document | - | All layers of hierarchical table
GET | /hierarchicalTables/{eid}/tables/{tableId} | hierarchical-tables | read | read | entity | eid | - | document | - | Rows of one layer
POST | /hierarchicalTables/{eid}/tables/{tableId} | hierarchical-tables | write | write | never | eid | eid | document | digest,force,syncData | Append row to a layer
PATCH | /hierarchicalTables/{eid}/tables/{tableId} | hierarchical-tables | write | write | never | eid | eid | document | digest,force,syncData | Batch edit rows of a layer
POST | /hierarchicalTables/{eid}/tables/{tableId}/rows/search | hierarchical-tables | read-body | read | search | eid | - | document | - | Rows below given parent rows
GET | /hierarchicalTables/{eid}/tables/{tableId}/rows/{rowId} | hierarchical-tables | read | read | entity | eid | - | document | - | Read one layer row
PATCH | /hierarchicalTables/{eid}/tables/{tableId}/rows/{rowId} | hierarchical-tables | write | write | never | eid | eid | document | digest,force,syncData | Change one layer row
DELETE | /hierarchicalTables/{eid}/tables/{tableId}/rows/{rowId} | hierarchical-tables | delete | delete | never | eid | eid | document | digest,force | Remove row with its children
GET | /hierarchicalTables/{eid}/header | hierarchical-tables | read | read | entity | eid | - | document | - | Read table header cells
PATCH | /hierarchicalTables/{eid}/header | hierarchical-tables | write | write | never | eid | eid | document | digest,force | Change table header cells
GET | /hierarchicalTables/{eid}/_columns | hierarchical-tables | read | read | reference | eid | - | document | - | Column definitions of all layers
PATCH | /hierarchicalTables/{eid}/_columns | hierarchical-tables | write | write | never | eid | eid | document | digest,force | Hide or show layer columns
GET | /history/proxy/* | history | read | read | never | - | - | document | - | Pass through to history content
POST | /history/search | history | read-body | read | never | - | - | document | - | Search change history, month by default
GET | /history/revisions/{revisionId}/entities/{eid} | history | read | read | never | eid | - | document | include | Entity as of a revision
POST | /audit/search | history | read-body | read | never | - | - | document | - | Search API audit log
POST | /inventory/locations | inventory | write | write | never | - | - | document | - | Create storage location or grid
GET | /inventory/locations/{locationId} | inventory | read | read | listing | locationId | - | document | - | Read one location
PATCH | /inventory/locations/{locationId} | inventory | write | write | never | locationId | locationId | document | digest,force | Change location fields or coordinates
GET | /inventory/locations/{locationId}/fields/{fieldId}/attachment | inventory | read | read | entity | locationId | - | content | - | Download file of a location field
PUT | /inventory/locations/{locationId}/fields/{fieldId}/attachment | inventory | write | write | never | locationId | locationId | document | filename,digest,force | Upload file to location field
DELETE | /inventory/locations/{locationId}/fields/{fieldId}/attachment | inventory | delete | delete | never | locationId | locationId | document | digest,force | Remove file from location field
GET | /inventory/locations/{locationId}/sublocations | inventory | read | read | listing | locationId | - | document | page[offset],page[limit] | List locations inside a location
GET | /inventory/types | inventory | read | read | reference | - | - | document | entityType,page[offset],page[limit] | Container or location type definitions
POST | /inventory/containers | inventory | write | write | never | - | - | document | - | Create one container
POST | /inventory/containers/bulk | inventory | write | write | never | - | - | document | - | Create containers, all or none
GET | /inventory/containers/{containerId} | inventory | read | read | entity | containerId | - | document | - | Read one container
PATCH | /inventory/containers/{containerId} | inventory | write | write | never | containerId | containerId | document | digest,force | Move container or change fields
POST | /inventory/containers/{containerId}/status/{action} | inventory | write | write | never | containerId | containerId | document | digest,force | Check out, in, dispose, restore
POST | /inventory/containers/bulkUpdateStatus/jobs | inventory | async-start | write | never | - | - | document | - | Begin status change of many containers
GET | /inventory/containers/bulkUpdateStatus/jobs/{jobId}/status | inventory | async-status | read | never | - | - | document | - | State of status change job
GET | /inventory/containers/bulkUpdateStatus/jobs/{jobId}/report | inventory | async-result | read | never | - | - | content | - | CSV outcome of status job
POST | /inventory/containers/bulkUpdate/jobs | inventory | async-start | write | never | - | - | document | - | Begin one-field change, many containers
GET | /inventory/containers/bulkUpdate/jobs/{jobId}/status | inventory | async-status | read | never | - | - | document | - | State of field change job
GET | /inventory/containers/bulkUpdate/jobs/{jobId}/report | inventory | async-result | read | never | - | - | content | - | CSV outcome of field job
POST | /inventory/containers/bulkReturnHome/jobs | inventory | async-start | write | never | - | - | document | - | Begin return to home locations
GET | /inventory/containers/bulkReturnHome/jobs/{jobId}/status | inventory | async-status | read | never | - | - | document | - | State of return home job
GET | /inventory/containers/bulkReturnHome/jobs/{jobId}/report | inventory | async-result | read | never | - | - | content | - | CSV outcome of return job
POST | /inventory/containers/status/{action}/bulk | inventory | write | write | never | - | - | document | - | Same status change, several containers
POST | /inventory/containers/search | inventory | read-body | read | search | - | - | document | - | Find containers by barcode list
GET | /inventory/containers/{containerId}/fields/{fieldId}/attachment | inventory | read | read | entity | containerId | - | content | - | Download file of a container field
PUT | /inventory/containers/{containerId}/fields/{fieldId}/attachment | inventory | write | write | never | containerId | containerId | document | filename,digest,force | Upload file to container field
DELETE | /inventory/containers/{containerId}/fields/{fieldId}/attachment | inventory | delete | delete | never | containerId | containerId | document | digest,force | Remove file from container field
PATCH | /inventory/containers/{containerId}/amount | inventory | write | write | never | containerId | containerId | document | digest,force | Set container amount with unit
POST | /inventory/locations/jobs/movement | inventory | async-start | write | never | - | - | document | - | Begin moving a location
GET | /inventory/locations/jobs/movement/{jobId} | inventory | async-status | read | never | - | - | document | - | State of a location move
GET | /inventory/locations/jobs/movement/{jobId}/report | inventory | async-result | read | never | - | - | content | - | Outcome of a location move
POST | /inventory/locations/jobs/moveContents | inventory | async-start | write | never | - | - | document | - | Begin moving contents between locations
GET | /inventory/locations/jobs/moveContents/{jobId} | inventory | async-status | read | never | - | - | document | - | State of a contents move
GET | /inventory/locations/jobs/moveContents/{jobId}/report | inventory | async-result | read | never | - | - | content | - | CSV outcome of contents move
GET | /inventory/materialOrders/{orderId} | inventory | read | read | entity | orderId | - | document | - | Read one material order
PATCH | /inventory/materialOrders/{orderId} | inventory | write | write | never | orderId | orderId | document | digest,force | Change fields of an order
GET | /inventory/suppliers | inventory | read | read | reference | - | - | document | page[offset],page[limit],sort,search,name,country | List suppliers, favourites first
POST | /inventory/containers/bulkExport | inventory | async-start | export | never | - | - | document | fileType | Begin container export to CSV/SDF
GET | /inventory/containers/bulkExport/jobs/{jobId}/status | inventory | async-status | read | never | - | - | document | - | State of container export
GET | /inventory/containers/bulkExport/jobs/{jobId}/report | inventory | async-result | read | never | - | - | content | - | Fetch exported container file
POST | /inventory/materialOrders/exports | inventory | async-start | export | never | - | - | document | fileType | Begin export of chosen orders
GET | /inventory/materialOrders/exports/{jobId}/status | inventory | async-status | read | never | - | - | document | - | State of order export
GET | /inventory/materialOrders/exports/{jobId}/report | inventory | async-result | read | never | - | - | content | - | Fetch exported order file
GET | /inventory/suppliers/upload/example | inventory | read | read | reference | - | - | content | - | Sample CSV for supplier upload
POST | /inventory/suppliers/upload | inventory | write | write | never | - | - | document | - | Load up to 500 suppliers
GET | /materials/libraries | materials | read | read | reference | - | - | document | name | List active libraries with fields
GET | /materials/{eid} | materials | read | read | entity | eid | - | document | fields[material],include,structureFormat | Read asset, batch or library
PATCH | /materials/{eid} | materials | write | write | never | eid | eid | document | digest,force | Change synonyms or salt fragments
GET | /materials/{eid}/properties | materials | read | read | entity | eid | - | document | enrichSequence,value | Field values with definitions
PATCH | /materials/{eid}/properties | materials | write | write | never | eid | eid | document | digest,force,value | Change field values by name
GET | /materials/{eid}/drawing | materials | read | read | entity | eid | - | content | format,aromaticRepresentation,labels | Structure in chosen chemical format
PATCH | /materials/{eid}/drawing | materials | write | write | never | eid | - | document | chemicalName | Set structure of a material
GET | /materials/{eid}/image | materials | read | read | entity | eid | - | content | - | Download display picture
PATCH | /materials/{eid}/image | materials | write | write | never | eid | - | document | - | Set display picture
DELETE | /materials/{eid}/image | materials | delete | delete | never | eid | - | document | - | Remove display picture
GET | /materials/{eid}/bioSequence | materials | read | read | entity | eid | - | content | format | Download biological sequence file
GET | /materials/{eid}/attachments/{fieldId} | materials | read | read | entity | eid | - | content | - | Download file of a field
PUT | /materials/{eid}/attachments/{fieldId} | materials | write | write | never | eid | eid | document | digest,force | Upload file to a field
DELETE | /materials/{eid}/attachments/{fieldId} | materials | delete | delete | never | eid | eid | document | digest,force | Remove file from a field
GET | /materials/{eid}/report | materials | read | read | listing | eid | - | content | - | Total container amounts, slow
POST | /materials/{eid}/transfer | materials | write | write | never | eid | - | document | - | Move batch under another asset
POST | /materials/{eid}/updateFromPubChem | materials | write | write | never | eid | eid | document | digest,force | Refresh reagent data by CAS
POST | /materials/{libraryName}/assets | materials | write | write | never | - | - | document | - | Create asset plus first batch
GET | /materials/{libraryName}/bulkImport/example | materials | read | read | reference | - | - | content | dataFileType | Sample archive for imports
POST | /materials/{libraryName}/bulkImport | materials | async-start | write | never | - | - | document | rule,importType,processInAnyOrder,reportFormat | Begin import from JSON or zip
GET | /materials/bulkImport/jobs/{jobId} | materials | async-status | read | never | - | - | document | - | State of an import
DELETE | /materials/bulkImport/jobs/{jobId} | materials | delete | delete | never | - | - | document | - | Discard import report
GET | /materials/bulkImport/jobs/{jobId}/failures | materials | async-result | read | never | - | - | content | filename | Older download of failed records
GET | /materials/bulkImport/jobs/{jobId}/report | materials | async-result | read | never | - | - | content | filename | Download detailed import report
POST | /materials/{libraryName}/assets/uniquenessCheck | materials | read-body | read | search | - | - | document | page[limit],page[offset] | Look for duplicate assets
GET | /materials/{libraryName}/assets/{id}/batches | materials | read | read | listing | - | - | document | page[limit],page[offset],structureFormat | List batches of one asset
POST | /materials/{libraryName}/assets/{id}/batches | materials | write | write | never | - | - | document | - | Create batch under an asset
GET | /materials/{libraryName}/assets/id/{id} | materials | read | read | listing | - | - | document | fields[material],include,structureFormat | Read asset by material id
GET | /materials/{libraryName}/batches/id/{id} | materials | read | read | listing | - | - | document | fields[material],include,structureFormat | Read batch by material id
POST | /materials/{libraryName}/bulkExport | materials | async-start | export | never | - | - | document | fileType,chemFormat,limit,startAfter | Begin library export to file
GET | /materials/bulkExport/download/{fileId} | materials | async-result | read | never | - | - | content | - | Fetch exported library file
HEAD | /materials/bulkExport/download/{fileId} | materials | async-status | read | never | - | - | content | - | Ready when content length positive
GET | /materials/bulkExport/reports/{reportId} | materials | async-status | read | never | - | - | document | - | State of export, may hold nextExport
GET | /materialsTable/{materialsTableId} | materials | read | read | entity | materialsTableId | - | document | - | All rows of materials table
POST | /materialsTable/{materialsTableId} | materials | write | write | never | materialsTableId | materialsTableId | document | digest,force | Append material row
PATCH | /materialsTable/{materialsTableId} | materials | write | write | never | materialsTableId | materialsTableId | document | digest,force | Batch edit of material rows
GET | /materialsTable/{materialsTableId}/{rowId} | materials | read | read | entity | materialsTableId | - | document | - | Read one material row
PATCH | /materialsTable/{materialsTableId}/{rowId} | materials | write | write | never | materialsTableId | materialsTableId | document | digest,force | Change one material row
DELETE | /materialsTable/{materialsTableId}/{rowId} | materials | delete | delete | never | materialsTableId | materialsTableId | document | digest,force | Remove one material row
POST | /materialsTable/{materialsTableId}/{rowId}/register | materials | write | write | never | materialsTableId | materialsTableId | document | digest,force | Register row as new material
GET | /materialsTable/{materialsTableId}/_column | materials | read | read | reference | materialsTableId | - | document | - | Column definitions of materials table
PATCH | /materialsTable/{materialsTableId}/_column | materials | write | write | never | materialsTableId | materialsTableId | document | digest,force | Hide or show material columns
GET | /materials/{libraryName}/bulkUpdate/example | materials | read | read | reference | - | - | content | - | Sample archive for updates
POST | /materials/{libraryName}/bulkUpdate | materials | async-start | write | never | - | - | document | applyNullValue | Begin update from zip archive
GET | /materials/bulkUpdate/jobs/{jobId} | materials | async-status | read | never | - | - | document | - | State of a bulk update
DELETE | /materials/bulkUpdate/jobs/{jobId} | materials | delete | delete | never | - | - | document | - | Discard update report
GET | /materials/bulkUpdate/jobs/{jobId}/failures | materials | async-result | read | never | - | - | content | - | Download records that failed updating
GET | /monomers/libraries | monomers | read | read | reference | - | - | document | - | List active monomer libraries
GET | /monomers/libraries/{libraryEid}/export | monomers | read | read | reference | libraryEid | - | content | - | Download library as JSON
POST | /monomers/libraries/{libraryEid}/bulkImport | monomers | async-start | write | never | libraryEid | - | document | treatAsNewVersion,treatAsNewMonomer,filename | Begin monomer import, 50 MB file
GET | /monomers/libraries/{libraryEid}/bulkImport/example | monomers | read | read | reference | libraryEid | - | content | - | Sample archive for monomer import
GET | /monomers/libraries/{libraryEid}/bulkImport/jobs/{jobId} | monomers | async-status | read | never | - | - | document | - | State of a monomer import
GET | /monomers/libraries/{libraryEid}/bulkImport/jobs/{jobId}/failures | monomers | async-result | read | never | - | - | content | - | Download monomers that failed
GET | /monomers/{monomerId} | monomers | read | read | entity | monomerId | - | document | - | Read one monomer
POST | /monomers/{monomerId}/deprecate | monomers | write | write | never | monomerId | monomerId | document | digest,force | Retire a monomer
POST | /monomers/{monomerId}/restore | monomers | write | write | never | monomerId | monomerId | document | digest,force | Put retired monomer back
GET | /notifications | tenant-notifications | read | read | never | - | - | document | page[limit],page[offset],status,from,to | Pull notifications, outstanding by default
GET | /notifications/{id} | tenant-notifications | read | read | never | - | - | document | - | Read one notification
PATCH | /notifications/{id} | tenant-notifications | write | write | never | - | - | document | - | Set read, dismissed, flagged marks
POST | /paraexp/{eid}/reset | parallel-experiments | async-start | delete | never | eid | eid | document | digest,force | Begin deleting all subexperiments
GET | /paraexp/{eid}/reset/{jobId} | parallel-experiments | async-status | read | never | eid | - | document | - | State of the reset
GET | /enumerator/{eid} | parallel-experiments | read | read | entity | eid | - | document | - | Read reaction enumerator
POST | /enumerator/{eid}/addCompound | parallel-experiments | write | write | never | eid | eid | document | groupId,digest,force | Upload compounds into a group
POST | /enumerator/{eid}/refreshGroups | parallel-experiments | write | write | never | eid | eid | document | digest,force | Rebuild groups from chosen reaction
POST | /enumerator/{eid}/enumerate | parallel-experiments | async-start | write | never | eid | eid | document | digest,force | Begin generating subexperiments
GET | /enumerator/{eid}/enumerate/{jobId} | parallel-experiments | async-status | read | never | eid | - | document | - | State of the enumeration
POST | /extenumerator/{eid}/upload | parallel-experiments | write | write | never | eid | eid | document | digest,force | Upload file to external enumerator
GET | /extenumerator/mapping/template | parallel-experiments | read | read | reference | - | - | document | - | Blank mapping to fill in
PATCH | /extenumerator/{eid}/mapping | parallel-experiments | write | write | never | eid | eid | document | digest,force | Set file-to-field mapping
GET | /extenumerator/{eid} | parallel-experiments | read | read | entity | eid | - | document | - | Read external enumerator
POST | /extenumerator/{eid}/enumerate | parallel-experiments | async-start | write | never | eid | eid | document | digest,force | Begin external subexperiment generation
GET | /extenumerator/{eid}/enumerate/{jobId} | parallel-experiments | async-status | read | never | eid | - | document | - | State of external generation
GET | /subexpSummary/{subexpSummaryId}/rows | parallel-experiments | read | read | listing | subexpSummaryId | - | document | include | Rows of subexperiment summary
PATCH | /subexpSummary/{subexpSummaryId}/bulkUpdate | parallel-experiments | async-start | write | never | subexpSummaryId | subexpSummaryId | document | digest,force | Begin edit of summary rows
GET | /subexpSummary/{subexpSummaryId}/bulkUpdate/{bulkUpdateId} | parallel-experiments | async-status | read | never | subexpSummaryId | - | document | - | State of the summary edit
POST | /subexpSummary/{subexpSummaryId}/samples/bulkCreate | parallel-experiments | async-start | write | never | subexpSummaryId | subexpSummaryId | document | digest,force,sampleCount | Begin creating product samples
GET | /subexpSummary/{subexpSummaryId}/samples/bulkCreate/{jobId} | parallel-experiments | async-status | read | never | subexpSummaryId | - | document | - | State of sample creation
GET | /subexpLayout/{layoutId} | parallel-experiments | read | read | entity | layoutId | - | document | - | Read plate layout of subexperiments
PATCH | /subexpLayout/{layoutId} | parallel-experiments | write | write | never | layoutId | layoutId | document | digest,force | Place or remove subexperiments
PATCH | /subexpLayout/{layoutId}/reset | parallel-experiments | async-start | write | never | layoutId | layoutId | document | digest,force | Begin refilling layout by pattern
GET | /subexpLayout/{layoutId}/reset/{jobId} | parallel-experiments | async-status | read | never | layoutId | - | document | - | State of the layout refill
POST | /plates | plates | write | write | never | - | parent | document | digest,force | Create plate set; parent's digest
GET | /plates/{plateContainerId} | plates | read | read | entity | plateContainerId | - | document | - | Read plate container
GET | /plates/{plateContainerId}/plates | plates | read | read | entity | plateContainerId | - | document | - | List plates of the container
POST | /plates/{plateContainerId}/plates | plates | write | write | never | plateContainerId | plateContainerId | document | digest,force | Add one empty plate
GET | /plates/{plateContainerId}/plates/{id} | plates | read | read | entity | plateContainerId | - | document | - | Read wells of one plate
PATCH | /plates/{plateContainerId}/plates/{id} | plates | write | write | never | plateContainerId | plateContainerId | document | digest,force | Fill wells, one layer per call
PUT | /plates/{plateContainerId}/plates/{id} | plates | write | write | never | plateContainerId | plateContainerId | document | digest,force | Overwrite wells of one plate
DELETE | /plates/{plateContainerId}/plates/{id} | plates | delete | delete | never | plateContainerId | plateContainerId | document | digest,force | Remove one plate
GET | /plates/{plateContainerId}/settings/annotationLayers | plates | read | read | entity | plateContainerId | - | document | - | List annotation layers
POST | /plates/{plateContainerId}/settings/annotationLayers | plates | write | write | never | plateContainerId | plateContainerId | document | digest,force | Add custom annotation layer
GET | /plates/{plateContainerId}/settings/annotationLayers/{annotationLayerId} | plates | read | read | entity | plateContainerId | - | document | - | Read one annotation layer
PATCH | /plates/{plateContainerId}/settings/annotationLayers/{annotationLayerId} | plates | write | write | never | plateContainerId | plateContainerId | document | digest,force | Rename custom annotation layer
DELETE | /plates/{plateContainerId}/settings/annotationLayers/{annotationLayerId} | plates | delete | delete | never | plateContainerId | plateContainerId | document | digest,force | Remove custom annotation layer
GET | /plates/{plateContainerId}/summary | plates | read | read | entity | plateContainerId | - | document | splitUnits,include | Flat summary of all wells
GET | /scim/v2/ServiceProviderConfig | scim | read | read | reference | - | - | document | - | SCIM features of this server
GET | /scim/v2/ResourceTypes | scim | read | read | reference | - | - | document | - | List SCIM resource types
GET | /scim/v2/ResourceTypes/{resourceTypeId} | scim | read | read | reference | - | - | document | - | Read one SCIM resource type
GET | /scim/v2/Schemas | scim | read | read | reference | - | - | document | - | List SCIM schemas
GET | /scim/v2/Schemas/{id} | scim | read | read | reference | - | - | document | - | Read one SCIM schema
GET | /scim/v2/Users | scim | read | read | listing | - | - | document | filter,sortBy,sortOrder,startIndex,count,attributes,excludedAttributes | Find users by SCIM filter
POST | /scim/v2/Users | scim | write | write | never | - | - | document | attributes,excludedAttributes | Create or revive SCIM user
GET | /scim/v2/Users/{id} | scim | read | read | listing | - | - | document | attributes,excludedAttributes | Read SCIM user
PATCH | /scim/v2/Users/{id} | scim | write | write | never | - | - | document | attributes,excludedAttributes | Apply SCIM operations to user
PUT | /scim/v2/Users/{id} | scim | write | write | never | - | - | document | attributes,excludedAttributes | Overwrite SCIM user
DELETE | /scim/v2/Users/{id} | scim | delete | delete | never | - | - | document | - | Mark SCIM user deleted
GET | /scim/v2/Groups | scim | read | read | listing | - | - | document | filter,sortBy,sortOrder,startIndex,count,attributes,excludedAttributes | Find groups by SCIM filter
POST | /scim/v2/Groups | scim | write | write | never | - | - | document | attributes,excludedAttributes | Create SCIM group
GET | /scim/v2/Groups/{id} | scim | read | read | listing | - | - | document | attributes,excludedAttributes | Read SCIM group or role
PATCH | /scim/v2/Groups/{id} | scim | write | write | never | - | - | document | attributes,excludedAttributes | Apply SCIM operations to group
PUT | /scim/v2/Groups/{id} | scim | write | write | never | - | - | document | attributes,excludedAttributes | Overwrite SCIM group
DELETE | /scim/v2/Groups/{id} | scim | delete | delete | never | - | - | document | - | Remove SCIM group
POST | /scim/v2/Bulk | scim | write | delete | never | - | - | document | - | Several SCIM operations at once
GET | /stoichiometry/{eid} | stoichiometry | read | read | entity | eid | - | document | fields[stoichiometry],value,includeStrippedData | All grids of a reaction
GET | /stoichiometry/{eid}/{rowid} | stoichiometry | read | read | entity | eid | - | document | value,includeStrippedData | Read one grid row
PATCH | /stoichiometry/{eid}/{rowid} | stoichiometry | write | write | never | eid | eid | document | syncUpdateToSample,digest,force,value | Change values of grid row
DELETE | /stoichiometry/{eid}/{rowid} | stoichiometry | delete | delete | never | eid | eid | document | digest,force | Remove custom grid row
GET | /stoichiometry/{eid}/{rowid}/structure | stoichiometry | read | read | entity | eid | - | content | format,aromaticRepresentation | Structure of a grid row
HEAD | /stoichiometry/{eid}/{rowid}/structure | stoichiometry | read | read | entity | eid | - | content | format,aromaticRepresentation | Headers of row structure
GET | /stoichiometry/{eid}/reactants | stoichiometry | read | read | entity | eid | - | document | value | Reactant rows of reaction
POST | /stoichiometry/{eid}/reactants | stoichiometry | write | write | never | eid | eid | document | digest,force,value | Add reactant without drawing it
GET | /stoichiometry/{eid}/products | stoichiometry | read | read | entity | eid | - | document | value | Product rows of reaction
POST | /stoichiometry/{eid}/products | stoichiometry | write | write | never | eid | eid | document | digest,force,value | Add product without drawing it
GET | /stoichiometry/{eid}/solvents | stoichiometry | read | read | entity | eid | - | document | value | Solvent rows of reaction
POST | /stoichiometry/{eid}/solvents | stoichiometry | write | write | never | eid | eid | document | digest,force,value | Add a solvent
GET | /stoichiometry/{eid}/conditions | stoichiometry | read | read | entity | eid | - | document | value | List reaction conditions
POST | /stoichiometry/{eid}/conditions | stoichiometry | write | write | never | eid | eid | document | digest,force,value | Add a reaction condition
GET | /stoichiometry/{eid}/columns/{grid} | stoichiometry | read | read | entity | eid | - | document | - | Column definitions of one grid
PATCH | /stoichiometry/{eid}/columns/{grid} | stoichiometry | write | write | never | eid | eid | document | digest,force | Add or edit user text columns
GET | /chemicaldrawings/{eid}/reaction/{position} | stoichiometry | read | read | entity | eid | - | document | - | Structures at one reaction side
POST | /chemicaldrawings/{eid}/reaction/{position} | stoichiometry | write | write | never | eid | eid | document | digest,force | Add structure to reaction side
GET | /chemicaldrawings/{eid}/reaction | stoichiometry | read | read | entity | eid | - | document | - | Download reaction as CDXML
PUT | /chemicaldrawings/{eid}/reaction | stoichiometry | write | write | never | eid | eid | document | digest,force,syncUpdateToSample | Overwrite reaction from file
GET | /synergy/dataExchange/{dataExchangeEid}/files | synergy | read | read | entity | dataExchangeEid | - | document | - | List files of data exchange
GET | /synergy/dataExchange/{dataExchangeEid}/report | synergy | read | read | entity | dataExchangeEid | - | content | - | Download data exchange report
GET | /synergy/dataExchange/{dataExchangeEid}/resultTable/{tableName} | synergy | read | read | entity | dataExchangeEid | - | document | - | Download one result table
GET | /synergy/cros | synergy | read | read | listing | - | - | document | page[offset],page[limit] | List contract research organisations
GET | /synergy/cros/{croId} | synergy | read | read | never | - | - | document | - | Read one contract organisation
GET | /synergy/cros/{croId}/departments | synergy | read | read | listing | - | - | document | - | List departments of an organisation
GET | /synergy/departments/{departmentId} | synergy | read | read | never | - | - | document | - | Read one department
GET | /synergy/collaborations/{collaborationId}/departments | synergy | read | read | listing | - | - | document | - | Departments assigned to collaboration
GET | /synergy/cros/{croId}/users/{userId} | synergy | read | read | never | - | - | document | - | Read partner user
GET | /synergy/cros/{croId}/users | synergy | read | read | listing | - | - | document | enabled | List users of partner organisation
POST | /synergy/cros/{croId}/users | synergy | write | write | never | - | - | document | - | Create partner user
GET | /synergy/cros/{croId}/admins | synergy | read | read | listing | - | - | document | enabled | List administrators of partner
GET | /synergy/departments/{departmentId}/members | synergy | read | read | listing | - | - | document | - | List department members
GET | /synergy/departments/{departmentId}/managers | synergy | read | read | listing | - | - | document | - | List department managers
GET | /synergy/users/{userId}/cro | synergy | read | read | never | - | - | document | - | Organisation a user belongs to
GET | /synergy/workTypes | synergy | read | read | reference | - | - | document | - | List kinds of work
GET | /synergy/collaborations | synergy | read | read | listing | - | - | document | page[offset],page[limit],status,cro,croDeptEid | List collaborations with partners
GET | /synergy/collaborations/{collaborationEid} | synergy | read | read | entity | collaborationEid | - | document | - | Read one collaboration
POST | /synergy/workOrders | synergy | write | write | never | - | - | document | - | Create a work order
GET | /synergy/workOrders/{workOrderId} | synergy | read | read | entity | workOrderId | - | document | - | Read one work order
PUT | /synergy/workOrders/{workOrderId}/status | synergy | write | write | never | workOrderId | workOrderId | document | digest,force | Move work order to status
GET | /synergy/designTables/{designTableId}/rows | synergy | read | read | listing | designTableId | - | document | - | Rows of a design table
PATCH | /synergy/designTables/{designTableId}/rows | synergy | write | write | never | designTableId | designTableId | document | digest,force | Edit design table rows
GET | /synergy/designTables/{designTableId}/columnDefinition | synergy | read | read | reference | designTableId | - | document | - | Design table column definitions
GET | /synergy/designs/{designId} | synergy | read | read | entity | designId | - | document | - | Read one design
PATCH | /synergy/designs/{designId} | synergy | write | write | never | designId | designId | document | digest,force | Change one design
PUT | /synergy/designs/{designId}/drawing | synergy | write | write | never | designId | - | document | format | Swap structure of a design
GET | /synergy/designTables/{designTableId}/design/bulkImport | synergy | async-status | read | never | designTableId | - | document | - | State of design import
POST | /synergy/designTables/{designTableId}/design/bulkImport | synergy | async-start | write | never | designTableId | - | document | filename,rule,reportFormat | Begin import of designs
GET | /synergy/designTables/design/bulkImport/reportFile/{fileId} | synergy | async-result | read | never | - | - | content | - | Download design import report
GET | /synergy/referenceTables/{referenceTableId}/rows | synergy | read | read | listing | referenceTableId | - | document | - | Rows of a reference table
PATCH | /synergy/referenceTables/{referenceTableId}/rows | synergy | write | write | never | referenceTableId | referenceTableId | document | digest,force | Add or drop references
GET | /synergy/referenceTables/{referenceTableId}/columnDefinition | synergy | read | read | reference | referenceTableId | - | document | - | Reference table column definitions
PUT | /synergy/referenceTables/{referenceTableId}/columnDefinition | synergy | write | write | never | referenceTableId | referenceTableId | document | digest,force | Set reference table columns
GET | /synergy/config/referenceTable | synergy | read | read | reference | - | - | document | libraryName | System settings for reference tables
POST | /synergy/cros/{croId}/bulkUpdateUsers | synergy | async-start | write | never | - | - | document | - | Begin change of many partners
GET | /synergy/cros/{croId}/bulkUpdateUsersStatus | synergy | async-status | read | never | - | - | document | - | State of partner user change
POST | /synergy/cros/{croId}/users/{userId}/deactivate | synergy | write | write | never | - | - | document | - | Disable partner user
POST | /synergy/cros/{croId}/users/{userId}/reactivate | synergy | write | write | never | - | - | document | - | Enable partner user again
PUT | /synergy/synergyExperiment/{synergyExperimentId}/status | synergy | write | write | never | synergyExperimentId | synergyExperimentId | document | digest,force | Move synergy experiment to status
GET | /version | system | read | read | reference | - | - | document | - | Release number of the tenant
GET | /parserDefinitions/{eid} | system | read | read | reference | - | - | document | - | Read file parser definition
GET | /securityPolicy/export | system | read | read | never | - | - | content | - | Tenant security policy as text
DELETE | /auth/tokens | tenant-tokens | delete | delete | never | - | - | document | all,email,domain | Revoke bearer tokens, all or one
DELETE | /bearerTokens/{domain} | tenant-tokens | delete | delete | never | - | - | document | - | Revoke domain tokens (older spec)
DELETE | /bearerTokens/{domain}/user/{email} | tenant-tokens | delete | delete | never | - | - | document | authId | Revoke one user's tokens (older spec)
GET | /tasks/{taskId}/properties | tasks | read | read | entity | taskId | - | document | name,value | Read task fields
PATCH | /tasks/{taskId}/properties | tasks | write | write | never | taskId | container-of-taskId | document | name,digest,force,value | Change task fields; container's digest
GET | /tasks/{taskId}/properties/{propertyId} | tasks | read | read | entity | taskId | - | document | value | Read one task field
PATCH | /tasks/{taskId}/properties/{propertyId} | tasks | write | write | never | taskId | container-of-taskId | document | digest,force,value | Change one field; container's digest
GET | /tasks/todo/{todoListId}/rows | tasks | read | read | listing | todoListId | - | document | - | Tasks on a todo list
PATCH | /tasks/todo/{todoListId}/rows | tasks | write | write | never | todoListId | todoListId | document | digest,force | Assign, complete or reopen todo tasks
GET | /tasks/todo/{todoListId}/_column | tasks | read | read | reference | todoListId | - | document | - | Column definitions of todo list
PATCH | /tasks/todo/{todoListId}/_column | tasks | write | write | never | todoListId | todoListId | document | digest,force | Hide or show todo columns
GET | /tasks/tasksTable/{tasksTableId}/rows | tasks | read | read | listing | tasksTableId | - | document | - | Tasks of a tasks table
PATCH | /tasks/tasksTable/{tasksTableId}/rows | tasks | write | write | never | tasksTableId | tasksTableId | document | digest,force | Submit, cancel, assign, delete tasks
GET | /tasks/tasksTable/{tasksTableId}/_column | tasks | read | read | reference | tasksTableId | - | document | - | Column definitions of tasks table
PATCH | /tasks/tasksTable/{tasksTableId}/_column | tasks | write | write | never | tasksTableId | tasksTableId | document | digest,force | Hide or show task columns
GET | /users | users | read | read | listing | - | - | document | q,enabled,page[offset],page[limit],userType,cro | List users, up to 1000 each
POST | /users | users | write | write | never | - | - | document | - | Create a user
GET | /users/{userId} | users | read | read | listing | - | - | document | - | Read one user
PATCH | /users/{userId} | users | write | write | never | - | - | document | - | Change profile, roles or licences
DELETE | /users/{userId} | users | delete | delete | never | - | - | document | assignResourceTo | Disable user, hand over resources
GET | /users/{userId}/picture | users | read | read | listing | - | - | content | - | Download user portrait
GET | /users/{userId}/systemGroups | users | read | read | listing | - | - | document | - | System groups of a user
PATCH | /users/{userId}/reactivate | users | write | write | never | - | - | document | - | Enable a disabled user
GET | /users/licenses | users | read | read | reference | - | - | document | - | Licences available in tenant
GET | /groups | users | read | read | listing | - | - | document | - | List user groups
POST | /groups | users | write | write | never | - | - | document | - | Create a user group
GET | /groups/{groupId} | users | read | read | listing | - | - | document | - | Read one user group
PATCH | /groups/{groupId} | users | write | write | never | - | groupId | document | digest,force | Rename or describe a group
DELETE | /groups/{groupId} | users | delete | delete | never | - | - | document | - | Remove a user group
GET | /groups/{groupId}/members | users | read | read | listing | - | - | document | - | List members of a group
POST | /groups/{groupId}/members | users | write | write | never | - | groupId | document | digest,force | Add member to a group
DELETE | /groups/{groupId}/members/{userId} | users | delete | delete | never | - | - | document | - | Take member out of group
GET | /groups/{groupId}/shares | users | read | read | listing | - | - | document | - | List access grants on group
POST | /groups/{groupId}/shares | users | write | write | never | - | - | document | - | Grant access to a group object
PATCH | /groups/{groupId}/shares/{sid} | users | write | write | never | - | - | document | - | Change a group access grant
DELETE | /groups/{groupId}/shares/{sid} | users | delete | delete | never | - | - | document | - | Withdraw a group access grant
GET | /groups/{groupId}/associations | users | read | read | listing | - | - | document | - | List associations of a group
POST | /groups/{groupId}/associations | users | write | write | never | - | - | document | - | Create a group association
PATCH | /groups/{groupId}/associations | users | write | write | never | - | - | document | - | Change group associations
GET | /roles | users | read | read | reference | - | - | document | - | List assignable user roles
GET | /roles/{roleId} | users | read | read | reference | - | - | document | - | Read one role
GET | /profiles/me | users | read | read | never | - | - | document | - | Profile behind the current credential
`;
