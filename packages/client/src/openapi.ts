/** Generated from /openapi.json by `npm run client-types`. Do not edit. */
export interface paths {
    "/api/rest/v1.0/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List entities by type, flags, time
         * @description Scope: `entities:read`.
         */
        get: operations["getEntities"];
        put?: never;
        /**
         * Create entity; digest is the parent's
         * @description Scope: `entities:write`.
         *
         *     Digest: that of the parent that `relationships.ancestors` names; without ancestors none is needed.
         *
         *     Name the direct parent in `relationships.ancestors` (a list); without it the entity belongs to no notebook. A name that the parent already has for this type gives 409.
         *
         *     Creating a child changes the digest of the parent: read it again before the next create.
         */
        post: operations["postEntities"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one entity summary
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEid"];
        put?: never;
        post?: never;
        /**
         * Trash or remove an entity
         * @description Scope: `entities:delete`.
         *
         *     Digest: that of `{eid}`.
         *
         *     Trashes the entity. A second call gives 403.
         */
        delete: operations["deleteEntitiesByEid"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/webdav/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Resolve entity from WebDAV address
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesWebdavInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List direct children, paged
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidChildren"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/ancestors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List parents up to notebook
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidAncestors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/relationships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List links to other entities
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidRelationships"];
        put?: never;
        /**
         * Link two entities
         * @description Scope: `entities:write`.
         */
        post: operations["postEntitiesByEidRelationships"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read header fields with definitions
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidProperties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change existing header fields
         * @description Scope: `entities:write`.
         *
         *     Digest: that of `{eid}`.
         *
         *     Changes existing properties and adds none. PUT is 404 on this path.
         */
        patch: operations["patchEntitiesByEidProperties"];
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Move experiment into another notebook
         * @description Scope: `entities:write`.
         */
        patch: operations["patchEntitiesByEidMove"];
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who has access
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidShares"];
        put?: never;
        /**
         * Grant access to user or group
         * @description Scope: `entities:write`.
         */
        post: operations["postEntitiesByEidShares"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/shares/{shareId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one access grant
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidSharesByShareId"];
        put?: never;
        post?: never;
        /**
         * Withdraw an access grant
         * @description Scope: `entities:delete`.
         */
        delete: operations["deleteEntitiesByEidSharesByShareId"];
        options?: never;
        head?: never;
        /**
         * Change rights of a grant
         * @description Scope: `entities:write`.
         */
        patch: operations["patchEntitiesByEidSharesByShareId"];
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Render PDF and wait for it
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Headers of the synchronous PDF
         * @description Scope: `entities:read`.
         */
        head: operations["headEntitiesByEidPdf"];
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/export/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Begin PDF job, returns file id
         * @description Scope: `entities:export`.
         *
         *     Then ask HEAD `/entities/export/pdf/{fileId}` every few seconds. The file is kept about 30 minutes.
         */
        put: operations["putEntitiesExportPdf"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/export/pdf/{fileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch finished PDF, kept 30 minutes
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesExportPdfByFileId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * PDF ready when content length positive
         * @description Scope: `entities:read`.
         *
         *     `Content-Length: 0` while working, its size when done.
         */
        head: operations["headEntitiesExportPdfByFileId"];
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/export/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin content export, depth obligatory
         * @description Scope: `entities:export`.
         *
         *     429 also means that no export worker is free: try again after a short pause.
         */
        post: operations["postEntitiesExportBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/export/bulk/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of a content export
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesExportBulkByJobId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/export/bulk/{jobId}/contents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch multipart content, one time only
         * @description Scope: `entities:read`.
         *
         *     Works **once**: a second call gives 404. Keep the bytes before you parse them.
         */
        get: operations["getEntitiesExportBulkByJobIdContents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download element content in a format
         * @description Scope: `entities:read`.
         *
         *     Not for experiments and notebooks: use the PDF or bulk export.
         */
        get: operations["getEntitiesByEidExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Content type of an element download
         * @description Scope: `entities:read`.
         */
        head: operations["headEntitiesByEidExport"];
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/children/{filename}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload file as new child
         * @description Scope: `entities:write`.
         *
         *     Digest: that of `{eid}`.
         *
         *     `{eid}` is the parent; every upload changes its digest.
         */
        post: operations["postEntitiesByEidChildrenByFilename"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/attachment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Swap file content of an element
         * @description Scope: `entities:write`.
         *
         *     Digest: that of `{eid}`.
         */
        put: operations["putEntitiesByEidAttachment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Signing and review state
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/reviews/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close without a signature
         * @description Scope: `entities:write`.
         */
        post: operations["postEntitiesByEidReviewsClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/reviews/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reopen closed, voided or rejected item
         * @description Scope: `entities:write`.
         */
        post: operations["postEntitiesByEidReviewsReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/reviews/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive a closed item
         * @description Scope: `entities:write`.
         */
        post: operations["postEntitiesByEidReviewsArchive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/reviews/unarchive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring item back from archive
         * @description Scope: `entities:write`.
         */
        post: operations["postEntitiesByEidReviewsUnarchive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Audit entries of one entity
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/compliance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compliance hashes of a drawing
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidCompliance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set external compliance hash
         * @description Scope: `entities:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchEntitiesByEidCompliance"];
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List comments, optionally of descendants
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidComments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/comments/{commentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one comment
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidCommentsByCommentId"];
        put?: never;
        post?: never;
        /**
         * Remove one comment
         * @description Scope: `entities:delete`.
         */
        delete: operations["deleteEntitiesByEidCommentsByCommentId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/layout/pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List pages of the layout
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidLayoutPages"];
        put?: never;
        /**
         * Insert a layout page
         * @description Scope: `entities:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postEntitiesByEidLayoutPages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/layout/pages/{pageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one layout page
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidLayoutPagesByPageId"];
        put?: never;
        post?: never;
        /**
         * Remove a page when empty
         * @description Scope: `entities:delete`.
         *
         *     Digest: that of `{eid}`.
         */
        delete: operations["deleteEntitiesByEidLayoutPagesByPageId"];
        options?: never;
        head?: never;
        /**
         * Rename or reorder a page
         * @description Scope: `entities:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchEntitiesByEidLayoutPagesByPageId"];
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/layout/location": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page and index of an element
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesByEidLayoutLocation"];
        /**
         * Reposition element; parent's digest
         * @description Scope: `entities:write`.
         *
         *     Digest: that of the **parent** of `{eid}`.
         */
        put: operations["putEntitiesByEidLayoutLocation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/samples/{sampleId}/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read sample fields and digests
         * @description Scope: `entities:read`.
         */
        get: operations["getSamplesBySampleIdProperties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change several sample fields
         * @description Scope: `entities:write`.
         *
         *     Digest: that of `{sampleId}`.
         */
        patch: operations["patchSamplesBySampleIdProperties"];
        trace?: never;
    };
    "/api/rest/v1.0/samples/{sampleId}/properties/{propertyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one sample field
         * @description Scope: `entities:read`.
         */
        get: operations["getSamplesBySampleIdPropertiesByPropertyId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change one sample field
         * @description Scope: `entities:write`.
         *
         *     Digest: that of `{sampleId}`.
         */
        patch: operations["patchSamplesBySampleIdPropertiesByPropertyId"];
        trace?: never;
    };
    "/api/rest/v1.0/samples/{sampleId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Close, cancel or reopen sample
         * @description Scope: `entities:write`.
         *
         *     Digest: that of `{sampleId}`.
         */
        put: operations["putSamplesBySampleIdStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/sampleSummary/{sampleSummaryId}/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Samples of a table as entities
         * @description Scope: `entities:read`.
         */
        get: operations["getSampleSummaryBySampleSummaryIdSamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/samplesTables/{samplesTableId}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Samples of a table as rows
         * @description Scope: `entities:read`.
         */
        get: operations["getSamplesTablesBySamplesTableIdRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Edit up to 50 sample rows
         * @description Scope: `entities:write`.
         *
         *     Digest: that of `{samplesTableId}`.
         */
        patch: operations["patchSamplesTablesBySamplesTableIdRows"];
        trace?: never;
    };
    "/api/rest/v1.0/samplesTables/{samplesTableId}/bulkUpdate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin CSV update of samples
         * @description Scope: `entities:write`.
         *
         *     Digest: that of `{samplesTableId}`.
         */
        post: operations["postSamplesTablesBySamplesTableIdBulkUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/samplesTables/{samplesTableId}/bulkUpdate/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of a sample update job
         * @description Scope: `entities:read`.
         */
        get: operations["getSamplesTablesBySamplesTableIdBulkUpdateByJobId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/samplesTables/{samplesTableId}/_column": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Column definitions of samples table
         * @description Scope: `entities:read`.
         */
        get: operations["getSamplesTablesBySamplesTableIdColumn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Hide or show sample columns
         * @description Scope: `entities:write`.
         *
         *     Digest: that of `{samplesTableId}`.
         */
        patch: operations["patchSamplesTablesBySamplesTableIdColumn"];
        trace?: never;
    };
    "/api/rest/v1.0/entities/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query entities with operator tree
         * @description Scope: `entities:read`.
         *
         *     Add `isTemplate: false`, and `mode: "keyword"` for whole words, or too much is found. Everything but the system fields is a tag and needs `in: "tags"` and `as`.
         */
        post: operations["postEntitiesSearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/search/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Discover indexed tag fields and types
         * @description Scope: `entities:read`.
         */
        post: operations["postEntitiesSearchTags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/search/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count distinct values of a field
         * @description Scope: `entities:read`.
         */
        post: operations["postEntitiesSearchTerms"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/templates/{eid}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Field definitions of a template
         * @description Scope: `entities:read`.
         */
        get: operations["getEntitiesTemplatesByEidFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/entities/{eid}/syncWithTemplate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reapply template definition, erases content
         * @description Scope: `entities:delete`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postEntitiesByEidSyncWithTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/adt/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All rows of a table
         * @description Scope: `adt:read`.
         *
         *     The whole table, without paging. `included` has the columns and the digest of the table.
         */
        get: operations["getAdtByEid"];
        put?: never;
        /**
         * Append one table row
         * @description Scope: `adt:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postAdtByEid"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Create, change, remove rows together
         * @description Scope: `adt:write`.
         *
         *     Digest: that of `{eid}`.
         *
         *     Each row has `attributes.action`: create, update or delete, the last two with an id. Cells go by column key.
         */
        patch: operations["patchAdtByEid"];
        trace?: never;
    };
    "/api/rest/v1.0/adt/{eid}/_column": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Column definitions of a table
         * @description Scope: `adt:read`.
         */
        get: operations["getAdtByEidColumn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Hide or show table columns
         * @description Scope: `adt:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchAdtByEidColumn"];
        trace?: never;
    };
    "/api/rest/v1.0/adt/{eid}/{rowid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one table row
         * @description Scope: `adt:read`.
         */
        get: operations["getAdtByEidByRowid"];
        put?: never;
        post?: never;
        /**
         * Remove one table row
         * @description Scope: `adt:delete`.
         *
         *     Digest: that of `{eid}`.
         */
        delete: operations["deleteAdtByEidByRowid"];
        options?: never;
        head?: never;
        /**
         * Change cells of one row
         * @description Scope: `adt:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchAdtByEidByRowid"];
        trace?: never;
    };
    "/api/rest/v1.0/worksheet/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read worksheet field values
         * @description Scope: `adt:read`.
         */
        get: operations["getWorksheetByEid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change worksheet field values
         * @description Scope: `adt:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchWorksheetByEid"];
        trace?: never;
    };
    "/api/rest/v1.0/worksheet/{eid}/_fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Field definitions of a worksheet
         * @description Scope: `adt:read`.
         */
        get: operations["getWorksheetByEidFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/worksheet/settings/unlock/reasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reasons allowed for locked changes
         * @description Scope: `adt:read`.
         */
        get: operations["getWorksheetSettingsUnlockReasons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/variationsTables/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read whole variations table
         * @description Scope: `adt:read`.
         */
        get: operations["getVariationsTablesByEid"];
        /**
         * Overwrite variations table content
         * @description Scope: `adt:write`.
         *
         *     Digest: that of `{eid}`.
         */
        put: operations["putVariationsTablesByEid"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Add, clone or drop a variant
         * @description Scope: `adt:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchVariationsTablesByEid"];
        trace?: never;
    };
    "/api/rest/v1.0/variationsTables/{eid}/_column": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Column definitions of variations table
         * @description Scope: `adt:read`.
         */
        get: operations["getVariationsTablesByEidColumn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Hide or show variations columns
         * @description Scope: `adt:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchVariationsTablesByEidColumn"];
        trace?: never;
    };
    "/api/rest/v1.0/variationsTables/{eid}/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rows of the component table
         * @description Scope: `adt:read`.
         */
        get: operations["getVariationsTablesByEidComponents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Batch edit of component rows
         * @description Scope: `adt:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchVariationsTablesByEidComponents"];
        trace?: never;
    };
    "/api/rest/v1.0/variationsTables/{eid}/components/{rowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one component row
         * @description Scope: `adt:read`.
         */
        get: operations["getVariationsTablesByEidComponentsByRowId"];
        put?: never;
        post?: never;
        /**
         * Remove component row everywhere
         * @description Scope: `adt:delete`.
         *
         *     Digest: that of `{eid}`.
         */
        delete: operations["deleteVariationsTablesByEidComponentsByRowId"];
        options?: never;
        head?: never;
        /**
         * Change one component row
         * @description Scope: `adt:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchVariationsTablesByEidComponentsByRowId"];
        trace?: never;
    };
    "/api/rest/v1.0/variationsTables/{eid}/variants/{variantId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rows of one variant
         * @description Scope: `adt:read`.
         */
        get: operations["getVariationsTablesByEidVariantsByVariantId"];
        put?: never;
        post?: never;
        /**
         * Drop one variant
         * @description Scope: `adt:delete`.
         *
         *     Digest: that of `{eid}`.
         */
        delete: operations["deleteVariationsTablesByEidVariantsByVariantId"];
        options?: never;
        head?: never;
        /**
         * Change rows of one variant
         * @description Scope: `adt:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchVariationsTablesByEidVariantsByVariantId"];
        trace?: never;
    };
    "/api/rest/v1.0/variationsTables/{eid}/variants/{variantId}/{rowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one variant row
         * @description Scope: `adt:read`.
         */
        get: operations["getVariationsTablesByEidVariantsByVariantIdByRowId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change one variant row
         * @description Scope: `adt:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchVariationsTablesByEidVariantsByVariantIdByRowId"];
        trace?: never;
    };
    "/api/rest/v1.0/attributes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all attribute definitions
         * @description Scope: `attributes:read`.
         */
        get: operations["getAttributes"];
        put?: never;
        /**
         * Create a list attribute
         * @description Scope: `attributes:write`.
         */
        post: operations["postAttributes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/attributes/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one attribute and options
         * @description Scope: `attributes:read`.
         */
        get: operations["getAttributesByEid"];
        put?: never;
        post?: never;
        /**
         * Remove an attribute
         * @description Scope: `attributes:delete`.
         */
        delete: operations["deleteAttributesByEid"];
        options?: never;
        head?: never;
        /**
         * Overwrite all options of attribute
         * @description Scope: `attributes:write`.
         */
        patch: operations["patchAttributesByEid"];
        trace?: never;
    };
    "/api/rest/v1.0/attributes/{eid}/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List or filter attribute options
         * @description Scope: `attributes:read`.
         */
        get: operations["getAttributesByEidOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Add, edit, remove single options
         * @description Scope: `attributes:write`.
         */
        patch: operations["patchAttributesByEidOptions"];
        trace?: never;
    };
    "/api/rest/v1.0/attributes/{eid}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin reload of external list
         * @description Scope: `attributes:write`.
         */
        post: operations["postAttributesByEidRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/attributes/ontology/options/{optionId}/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Details of an ontology term
         * @description Scope: `attributes:read`.
         */
        get: operations["getAttributesOntologyOptionsByOptionIdDetails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/attributes/{eid}/ontology/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ontology terms of an attribute
         * @description Scope: `attributes:read`.
         */
        get: operations["getAttributesByEidOntologyOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/autotext/lists/{autotextListId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one autotext list
         * @description Scope: `attributes:read`.
         */
        get: operations["getAutotextListsByAutotextListId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/chemistry/pairedSequence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create drawing from two oligo strands
         * @description Scope: `chemistry:write`.
         *
         *     Digest: that of the parent that the new entity goes into.
         */
        post: operations["postChemistryPairedSequence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/chemistry/{eid}/pairedSequence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put paired strands into drawing
         * @description Scope: `chemistry:write`.
         *
         *     Digest: that of `{eid}`.
         */
        put: operations["putChemistryByEidPairedSequence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/entities/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read entity as contract partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroEntitiesByEid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/entities/{eid}/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read header fields as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroEntitiesByEidProperties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change header fields as partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchCroEntitiesByEidProperties"];
        trace?: never;
    };
    "/api/rest/v1.0/cro/entities/{eid}/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List children as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroEntitiesByEidChildren"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/entities/{eid}/ancestors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List parents as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroEntitiesByEidAncestors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/entities/{eid}/relationships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List links as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroEntitiesByEidRelationships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/entities/{eid}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download element as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroEntitiesByEidExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/entities/{eid}/compliance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compliance hashes as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroEntitiesByEidCompliance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set compliance hash as partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchCroEntitiesByEidCompliance"];
        trace?: never;
    };
    "/api/rest/v1.0/cro/samples/{sampleId}/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read sample fields as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroSamplesBySampleIdProperties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change sample fields as partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{sampleId}`.
         */
        patch: operations["patchCroSamplesBySampleIdProperties"];
        trace?: never;
    };
    "/api/rest/v1.0/cro/samples/{sampleId}/properties/{propertyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one sample field, partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroSamplesBySampleIdPropertiesByPropertyId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change one sample field, partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{sampleId}`.
         */
        patch: operations["patchCroSamplesBySampleIdPropertiesByPropertyId"];
        trace?: never;
    };
    "/api/rest/v1.0/cro/samples/{sampleId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Sample status change as partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{sampleId}`.
         */
        put: operations["putCroSamplesBySampleIdStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/samplesTables/{samplesTableId}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sample rows as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroSamplesTablesBySamplesTableIdRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Edit sample rows as partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{samplesTableId}`.
         */
        patch: operations["patchCroSamplesTablesBySamplesTableIdRows"];
        trace?: never;
    };
    "/api/rest/v1.0/cro/adt/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All table rows as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroAdtByEid"];
        put?: never;
        /**
         * Append table row as partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postCroAdtByEid"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Batch edit rows as partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchCroAdtByEid"];
        trace?: never;
    };
    "/api/rest/v1.0/cro/adt/{eid}/_column": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Table column definitions, partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroAdtByEidColumn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/adt/{eid}/{rowid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read table row as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroAdtByEidByRowid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change table row as partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchCroAdtByEidByRowid"];
        trace?: never;
    };
    "/api/rest/v1.0/cro/worksheet/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read worksheet as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroWorksheetByEid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change worksheet as partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchCroWorksheetByEid"];
        trace?: never;
    };
    "/api/rest/v1.0/cro/worksheet/{eid}/_fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Worksheet field definitions, partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroWorksheetByEidFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/worksheet/settings/unlock/reasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reasons for locked changes, partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroWorksheetSettingsUnlockReasons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/stoichiometry/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reaction grids as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroStoichiometryByEid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/stoichiometry/{eid}/{rowid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read grid row as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroStoichiometryByEidByRowid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change grid row as partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchCroStoichiometryByEidByRowid"];
        trace?: never;
    };
    "/api/rest/v1.0/cro/stoichiometry/{eid}/{rowid}/structure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Row structure as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroStoichiometryByEidByRowidStructure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/stoichiometry/{eid}/reactants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List reactants as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroStoichiometryByEidReactants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/stoichiometry/{eid}/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List products as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroStoichiometryByEidProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/stoichiometry/{eid}/solvents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List solvents as partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroStoichiometryByEidSolvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/chemicaldrawings/{eid}/reaction/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reaction side structures, partner
         * @description Scope: `cro:read`.
         */
        get: operations["getCroChemicaldrawingsByEidReactionByPosition"];
        put?: never;
        /**
         * Add structure to reaction, partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postCroChemicaldrawingsByEidReactionByPosition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/entities/{eid}/children/{filename}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload file as partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postCroEntitiesByEidChildrenByFilename"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/cro/entities/{eid}/attachment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Swap file content as partner
         * @description Scope: `cro:write`.
         *
         *     Digest: that of `{eid}`.
         */
        put: operations["putCroEntitiesByEidAttachment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/fragments/salts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all salt fragments
         * @description Scope: `fragments:read`.
         */
        get: operations["getFragmentsSalts"];
        /**
         * Overwrite the salt list
         * @description Scope: `fragments:write`.
         */
        put: operations["putFragmentsSalts"];
        /**
         * Add a salt
         * @description Scope: `fragments:write`.
         */
        post: operations["postFragmentsSalts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/fragments/solvates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all solvate fragments
         * @description Scope: `fragments:read`.
         */
        get: operations["getFragmentsSolvates"];
        /**
         * Overwrite the solvate list
         * @description Scope: `fragments:write`.
         */
        put: operations["putFragmentsSolvates"];
        /**
         * Add a solvate
         * @description Scope: `fragments:write`.
         */
        post: operations["postFragmentsSolvates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/fragments/salts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one salt
         * @description Scope: `fragments:read`.
         */
        get: operations["getFragmentsSaltsById"];
        put?: never;
        post?: never;
        /**
         * Remove one salt
         * @description Scope: `fragments:delete`.
         */
        delete: operations["deleteFragmentsSaltsById"];
        options?: never;
        head?: never;
        /**
         * Change one salt
         * @description Scope: `fragments:write`.
         */
        patch: operations["patchFragmentsSaltsById"];
        trace?: never;
    };
    "/api/rest/v1.0/fragments/solvates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one solvate
         * @description Scope: `fragments:read`.
         */
        get: operations["getFragmentsSolvatesById"];
        put?: never;
        post?: never;
        /**
         * Remove one solvate
         * @description Scope: `fragments:delete`.
         */
        delete: operations["deleteFragmentsSolvatesById"];
        options?: never;
        head?: never;
        /**
         * Change one solvate
         * @description Scope: `fragments:write`.
         */
        patch: operations["patchFragmentsSolvatesById"];
        trace?: never;
    };
    "/api/rest/v1.0/hierarchicalTables/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All layers of hierarchical table
         * @description Scope: `hierarchical-tables:read`.
         */
        get: operations["getHierarchicalTablesByEid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/hierarchicalTables/{eid}/tables/{tableId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rows of one layer
         * @description Scope: `hierarchical-tables:read`.
         */
        get: operations["getHierarchicalTablesByEidTablesByTableId"];
        put?: never;
        /**
         * Append row to a layer
         * @description Scope: `hierarchical-tables:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postHierarchicalTablesByEidTablesByTableId"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Batch edit rows of a layer
         * @description Scope: `hierarchical-tables:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchHierarchicalTablesByEidTablesByTableId"];
        trace?: never;
    };
    "/api/rest/v1.0/hierarchicalTables/{eid}/tables/{tableId}/rows/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rows below given parent rows
         * @description Scope: `hierarchical-tables:read`.
         */
        post: operations["postHierarchicalTablesByEidTablesByTableIdRowsSearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/hierarchicalTables/{eid}/tables/{tableId}/rows/{rowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one layer row
         * @description Scope: `hierarchical-tables:read`.
         */
        get: operations["getHierarchicalTablesByEidTablesByTableIdRowsByRowId"];
        put?: never;
        post?: never;
        /**
         * Remove row with its children
         * @description Scope: `hierarchical-tables:delete`.
         *
         *     Digest: that of `{eid}`.
         */
        delete: operations["deleteHierarchicalTablesByEidTablesByTableIdRowsByRowId"];
        options?: never;
        head?: never;
        /**
         * Change one layer row
         * @description Scope: `hierarchical-tables:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchHierarchicalTablesByEidTablesByTableIdRowsByRowId"];
        trace?: never;
    };
    "/api/rest/v1.0/hierarchicalTables/{eid}/header": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read table header cells
         * @description Scope: `hierarchical-tables:read`.
         */
        get: operations["getHierarchicalTablesByEidHeader"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change table header cells
         * @description Scope: `hierarchical-tables:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchHierarchicalTablesByEidHeader"];
        trace?: never;
    };
    "/api/rest/v1.0/hierarchicalTables/{eid}/_columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Column definitions of all layers
         * @description Scope: `hierarchical-tables:read`.
         */
        get: operations["getHierarchicalTablesByEidColumns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Hide or show layer columns
         * @description Scope: `hierarchical-tables:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchHierarchicalTablesByEidColumns"];
        trace?: never;
    };
    "/api/rest/v1.0/history/proxy/{rest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Pass through to history content
         * @description Scope: `history:read`.
         */
        get: operations["getHistoryProxyRest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/history/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search change history, month by default
         * @description Scope: `history:read`.
         */
        post: operations["postHistorySearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/history/revisions/{revisionId}/entities/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Entity as of a revision
         * @description Scope: `history:read`.
         */
        get: operations["getHistoryRevisionsByRevisionIdEntitiesByEid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/audit/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search API audit log
         * @description Scope: `history:read`.
         */
        post: operations["postAuditSearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/locations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create storage location or grid
         * @description Scope: `inventory:write`.
         */
        post: operations["postInventoryLocations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/locations/{locationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one location
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryLocationsByLocationId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change location fields or coordinates
         * @description Scope: `inventory:write`.
         *
         *     Digest: that of `{locationId}`.
         */
        patch: operations["patchInventoryLocationsByLocationId"];
        trace?: never;
    };
    "/api/rest/v1.0/inventory/locations/{locationId}/fields/{fieldId}/attachment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download file of a location field
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryLocationsByLocationIdFieldsByFieldIdAttachment"];
        /**
         * Upload file to location field
         * @description Scope: `inventory:write`.
         *
         *     Digest: that of `{locationId}`.
         */
        put: operations["putInventoryLocationsByLocationIdFieldsByFieldIdAttachment"];
        post?: never;
        /**
         * Remove file from location field
         * @description Scope: `inventory:delete`.
         *
         *     Digest: that of `{locationId}`.
         */
        delete: operations["deleteInventoryLocationsByLocationIdFieldsByFieldIdAttachment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/locations/{locationId}/sublocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List locations inside a location
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryLocationsByLocationIdSublocations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Container or location type definitions
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create one container
         * @description Scope: `inventory:write`.
         *
         *     Answers with a list of one container.
         */
        post: operations["postInventoryContainers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create containers, all or none
         * @description Scope: `inventory:write`.
         */
        post: operations["postInventoryContainersBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/{containerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one container
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryContainersByContainerId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Move container or change fields
         * @description Scope: `inventory:write`.
         *
         *     Digest: that of `{containerId}`.
         */
        patch: operations["patchInventoryContainersByContainerId"];
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/{containerId}/status/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check out, in, dispose, restore
         * @description Scope: `inventory:write`.
         *
         *     Digest: that of `{containerId}`.
         */
        post: operations["postInventoryContainersByContainerIdStatusByAction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulkUpdateStatus/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin status change of many containers
         * @description Scope: `inventory:write`.
         */
        post: operations["postInventoryContainersBulkUpdateStatusJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulkUpdateStatus/jobs/{jobId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of status change job
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryContainersBulkUpdateStatusJobsByJobIdStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulkUpdateStatus/jobs/{jobId}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * CSV outcome of status job
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryContainersBulkUpdateStatusJobsByJobIdReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulkUpdate/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin one-field change, many containers
         * @description Scope: `inventory:write`.
         */
        post: operations["postInventoryContainersBulkUpdateJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulkUpdate/jobs/{jobId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of field change job
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryContainersBulkUpdateJobsByJobIdStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulkUpdate/jobs/{jobId}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * CSV outcome of field job
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryContainersBulkUpdateJobsByJobIdReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulkReturnHome/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin return to home locations
         * @description Scope: `inventory:write`.
         */
        post: operations["postInventoryContainersBulkReturnHomeJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulkReturnHome/jobs/{jobId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of return home job
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryContainersBulkReturnHomeJobsByJobIdStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulkReturnHome/jobs/{jobId}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * CSV outcome of return job
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryContainersBulkReturnHomeJobsByJobIdReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/status/{action}/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Same status change, several containers
         * @description Scope: `inventory:write`.
         */
        post: operations["postInventoryContainersStatusByActionBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find containers by barcode list
         * @description Scope: `inventory:read`.
         */
        post: operations["postInventoryContainersSearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/{containerId}/fields/{fieldId}/attachment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download file of a container field
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryContainersByContainerIdFieldsByFieldIdAttachment"];
        /**
         * Upload file to container field
         * @description Scope: `inventory:write`.
         *
         *     Digest: that of `{containerId}`.
         */
        put: operations["putInventoryContainersByContainerIdFieldsByFieldIdAttachment"];
        post?: never;
        /**
         * Remove file from container field
         * @description Scope: `inventory:delete`.
         *
         *     Digest: that of `{containerId}`.
         */
        delete: operations["deleteInventoryContainersByContainerIdFieldsByFieldIdAttachment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/{containerId}/amount": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set container amount with unit
         * @description Scope: `inventory:write`.
         *
         *     Digest: that of `{containerId}`.
         */
        patch: operations["patchInventoryContainersByContainerIdAmount"];
        trace?: never;
    };
    "/api/rest/v1.0/inventory/locations/jobs/movement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin moving a location
         * @description Scope: `inventory:write`.
         */
        post: operations["postInventoryLocationsJobsMovement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/locations/jobs/movement/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of a location move
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryLocationsJobsMovementByJobId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/locations/jobs/movement/{jobId}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Outcome of a location move
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryLocationsJobsMovementByJobIdReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/locations/jobs/moveContents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin moving contents between locations
         * @description Scope: `inventory:write`.
         */
        post: operations["postInventoryLocationsJobsMoveContents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/locations/jobs/moveContents/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of a contents move
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryLocationsJobsMoveContentsByJobId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/locations/jobs/moveContents/{jobId}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * CSV outcome of contents move
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryLocationsJobsMoveContentsByJobIdReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/materialOrders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one material order
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryMaterialOrdersByOrderId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change fields of an order
         * @description Scope: `inventory:write`.
         *
         *     Digest: that of `{orderId}`.
         */
        patch: operations["patchInventoryMaterialOrdersByOrderId"];
        trace?: never;
    };
    "/api/rest/v1.0/inventory/suppliers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List suppliers, favourites first
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventorySuppliers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulkExport": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin container export to CSV/SDF
         * @description Scope: `inventory:export`.
         */
        post: operations["postInventoryContainersBulkExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulkExport/jobs/{jobId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of container export
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryContainersBulkExportJobsByJobIdStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/containers/bulkExport/jobs/{jobId}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch exported container file
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryContainersBulkExportJobsByJobIdReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/materialOrders/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin export of chosen orders
         * @description Scope: `inventory:export`.
         */
        post: operations["postInventoryMaterialOrdersExports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/materialOrders/exports/{jobId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of order export
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryMaterialOrdersExportsByJobIdStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/materialOrders/exports/{jobId}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch exported order file
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventoryMaterialOrdersExportsByJobIdReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/suppliers/upload/example": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sample CSV for supplier upload
         * @description Scope: `inventory:read`.
         */
        get: operations["getInventorySuppliersUploadExample"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/inventory/suppliers/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Load up to 500 suppliers
         * @description Scope: `inventory:write`.
         */
        post: operations["postInventorySuppliersUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/libraries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List active libraries with fields
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsLibraries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read asset, batch or library
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsByEid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change synonyms or salt fragments
         * @description Scope: `materials:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchMaterialsByEid"];
        trace?: never;
    };
    "/api/rest/v1.0/materials/{eid}/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Field values with definitions
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsByEidProperties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change field values by name
         * @description Scope: `materials:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchMaterialsByEidProperties"];
        trace?: never;
    };
    "/api/rest/v1.0/materials/{eid}/drawing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Structure in chosen chemical format
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsByEidDrawing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set structure of a material
         * @description Scope: `materials:write`.
         */
        patch: operations["patchMaterialsByEidDrawing"];
        trace?: never;
    };
    "/api/rest/v1.0/materials/{eid}/image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download display picture
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsByEidImage"];
        put?: never;
        post?: never;
        /**
         * Remove display picture
         * @description Scope: `materials:delete`.
         */
        delete: operations["deleteMaterialsByEidImage"];
        options?: never;
        head?: never;
        /**
         * Set display picture
         * @description Scope: `materials:write`.
         */
        patch: operations["patchMaterialsByEidImage"];
        trace?: never;
    };
    "/api/rest/v1.0/materials/{eid}/bioSequence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download biological sequence file
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsByEidBioSequence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{eid}/attachments/{fieldId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download file of a field
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsByEidAttachmentsByFieldId"];
        /**
         * Upload file to a field
         * @description Scope: `materials:write`.
         *
         *     Digest: that of `{eid}`.
         */
        put: operations["putMaterialsByEidAttachmentsByFieldId"];
        post?: never;
        /**
         * Remove file from a field
         * @description Scope: `materials:delete`.
         *
         *     Digest: that of `{eid}`.
         */
        delete: operations["deleteMaterialsByEidAttachmentsByFieldId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{eid}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Total container amounts, slow
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsByEidReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{eid}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move batch under another asset
         * @description Scope: `materials:write`.
         */
        post: operations["postMaterialsByEidTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{eid}/updateFromPubChem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh reagent data by CAS
         * @description Scope: `materials:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postMaterialsByEidUpdateFromPubChem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{libraryName}/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create asset plus first batch
         * @description Scope: `materials:write`.
         */
        post: operations["postMaterialsByLibraryNameAssets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{libraryName}/bulkImport/example": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sample archive for imports
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsByLibraryNameBulkImportExample"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{libraryName}/bulkImport": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin import from JSON or zip
         * @description Scope: `materials:write`.
         */
        post: operations["postMaterialsByLibraryNameBulkImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/bulkImport/jobs/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of an import
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsBulkImportJobsByJobId"];
        put?: never;
        post?: never;
        /**
         * Discard import report
         * @description Scope: `materials:delete`.
         */
        delete: operations["deleteMaterialsBulkImportJobsByJobId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/bulkImport/jobs/{jobId}/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Older download of failed records
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsBulkImportJobsByJobIdFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/bulkImport/jobs/{jobId}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download detailed import report
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsBulkImportJobsByJobIdReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{libraryName}/assets/uniquenessCheck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look for duplicate assets
         * @description Scope: `materials:read`.
         */
        post: operations["postMaterialsByLibraryNameAssetsUniquenessCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{libraryName}/assets/{id}/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List batches of one asset
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsByLibraryNameAssetsByIdBatches"];
        put?: never;
        /**
         * Create batch under an asset
         * @description Scope: `materials:write`.
         */
        post: operations["postMaterialsByLibraryNameAssetsByIdBatches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{libraryName}/assets/id/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read asset by material id
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsByLibraryNameAssetsIdById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{libraryName}/batches/id/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read batch by material id
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsByLibraryNameBatchesIdById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{libraryName}/bulkExport": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin library export to file
         * @description Scope: `materials:export`.
         */
        post: operations["postMaterialsByLibraryNameBulkExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/bulkExport/download/{fileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch exported library file
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsBulkExportDownloadByFileId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Ready when content length positive
         * @description Scope: `materials:read`.
         */
        head: operations["headMaterialsBulkExportDownloadByFileId"];
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/bulkExport/reports/{reportId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of export, may hold nextExport
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsBulkExportReportsByReportId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materialsTable/{materialsTableId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All rows of materials table
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsTableByMaterialsTableId"];
        put?: never;
        /**
         * Append material row
         * @description Scope: `materials:write`.
         *
         *     Digest: that of `{materialsTableId}`.
         */
        post: operations["postMaterialsTableByMaterialsTableId"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Batch edit of material rows
         * @description Scope: `materials:write`.
         *
         *     Digest: that of `{materialsTableId}`.
         */
        patch: operations["patchMaterialsTableByMaterialsTableId"];
        trace?: never;
    };
    "/api/rest/v1.0/materialsTable/{materialsTableId}/{rowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one material row
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsTableByMaterialsTableIdByRowId"];
        put?: never;
        post?: never;
        /**
         * Remove one material row
         * @description Scope: `materials:delete`.
         *
         *     Digest: that of `{materialsTableId}`.
         */
        delete: operations["deleteMaterialsTableByMaterialsTableIdByRowId"];
        options?: never;
        head?: never;
        /**
         * Change one material row
         * @description Scope: `materials:write`.
         *
         *     Digest: that of `{materialsTableId}`.
         */
        patch: operations["patchMaterialsTableByMaterialsTableIdByRowId"];
        trace?: never;
    };
    "/api/rest/v1.0/materialsTable/{materialsTableId}/{rowId}/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register row as new material
         * @description Scope: `materials:write`.
         *
         *     Digest: that of `{materialsTableId}`.
         */
        post: operations["postMaterialsTableByMaterialsTableIdByRowIdRegister"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materialsTable/{materialsTableId}/_column": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Column definitions of materials table
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsTableByMaterialsTableIdColumn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Hide or show material columns
         * @description Scope: `materials:write`.
         *
         *     Digest: that of `{materialsTableId}`.
         */
        patch: operations["patchMaterialsTableByMaterialsTableIdColumn"];
        trace?: never;
    };
    "/api/rest/v1.0/materials/{libraryName}/bulkUpdate/example": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sample archive for updates
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsByLibraryNameBulkUpdateExample"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/{libraryName}/bulkUpdate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin update from zip archive
         * @description Scope: `materials:write`.
         */
        post: operations["postMaterialsByLibraryNameBulkUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/bulkUpdate/jobs/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of a bulk update
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsBulkUpdateJobsByJobId"];
        put?: never;
        post?: never;
        /**
         * Discard update report
         * @description Scope: `materials:delete`.
         */
        delete: operations["deleteMaterialsBulkUpdateJobsByJobId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/materials/bulkUpdate/jobs/{jobId}/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download records that failed updating
         * @description Scope: `materials:read`.
         */
        get: operations["getMaterialsBulkUpdateJobsByJobIdFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/monomers/libraries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List active monomer libraries
         * @description Scope: `monomers:read`.
         */
        get: operations["getMonomersLibraries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/monomers/libraries/{libraryEid}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download library as JSON
         * @description Scope: `monomers:read`.
         */
        get: operations["getMonomersLibrariesByLibraryEidExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/monomers/libraries/{libraryEid}/bulkImport": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin monomer import, 50 MB file
         * @description Scope: `monomers:write`.
         */
        post: operations["postMonomersLibrariesByLibraryEidBulkImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/monomers/libraries/{libraryEid}/bulkImport/example": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sample archive for monomer import
         * @description Scope: `monomers:read`.
         */
        get: operations["getMonomersLibrariesByLibraryEidBulkImportExample"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/monomers/libraries/{libraryEid}/bulkImport/jobs/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of a monomer import
         * @description Scope: `monomers:read`.
         */
        get: operations["getMonomersLibrariesByLibraryEidBulkImportJobsByJobId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/monomers/libraries/{libraryEid}/bulkImport/jobs/{jobId}/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download monomers that failed
         * @description Scope: `monomers:read`.
         */
        get: operations["getMonomersLibrariesByLibraryEidBulkImportJobsByJobIdFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/monomers/{monomerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one monomer
         * @description Scope: `monomers:read`.
         */
        get: operations["getMonomersByMonomerId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/monomers/{monomerId}/deprecate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retire a monomer
         * @description Scope: `monomers:write`.
         *
         *     Digest: that of `{monomerId}`.
         */
        post: operations["postMonomersByMonomerIdDeprecate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/monomers/{monomerId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put retired monomer back
         * @description Scope: `monomers:write`.
         *
         *     Digest: that of `{monomerId}`.
         */
        post: operations["postMonomersByMonomerIdRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Pull notifications, outstanding by default
         * @description Scope: `tenant-notifications:read`.
         *
         *     Kept 180 days.
         */
        get: operations["getNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/notifications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one notification
         * @description Scope: `tenant-notifications:read`.
         */
        get: operations["getNotificationsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set read, dismissed, flagged marks
         * @description Scope: `tenant-notifications:write`.
         */
        patch: operations["patchNotificationsById"];
        trace?: never;
    };
    "/api/rest/v1.0/paraexp/{eid}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin deleting all subexperiments
         * @description Scope: `parallel-experiments:delete`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postParaexpByEidReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/paraexp/{eid}/reset/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of the reset
         * @description Scope: `parallel-experiments:read`.
         */
        get: operations["getParaexpByEidResetByJobId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/enumerator/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read reaction enumerator
         * @description Scope: `parallel-experiments:read`.
         */
        get: operations["getEnumeratorByEid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/enumerator/{eid}/addCompound": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload compounds into a group
         * @description Scope: `parallel-experiments:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postEnumeratorByEidAddCompound"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/enumerator/{eid}/refreshGroups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rebuild groups from chosen reaction
         * @description Scope: `parallel-experiments:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postEnumeratorByEidRefreshGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/enumerator/{eid}/enumerate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin generating subexperiments
         * @description Scope: `parallel-experiments:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postEnumeratorByEidEnumerate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/enumerator/{eid}/enumerate/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of the enumeration
         * @description Scope: `parallel-experiments:read`.
         */
        get: operations["getEnumeratorByEidEnumerateByJobId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/extenumerator/{eid}/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload file to external enumerator
         * @description Scope: `parallel-experiments:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postExtenumeratorByEidUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/extenumerator/mapping/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Blank mapping to fill in
         * @description Scope: `parallel-experiments:read`.
         */
        get: operations["getExtenumeratorMappingTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/extenumerator/{eid}/mapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set file-to-field mapping
         * @description Scope: `parallel-experiments:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchExtenumeratorByEidMapping"];
        trace?: never;
    };
    "/api/rest/v1.0/extenumerator/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read external enumerator
         * @description Scope: `parallel-experiments:read`.
         */
        get: operations["getExtenumeratorByEid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/extenumerator/{eid}/enumerate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin external subexperiment generation
         * @description Scope: `parallel-experiments:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postExtenumeratorByEidEnumerate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/extenumerator/{eid}/enumerate/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of external generation
         * @description Scope: `parallel-experiments:read`.
         */
        get: operations["getExtenumeratorByEidEnumerateByJobId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/subexpSummary/{subexpSummaryId}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rows of subexperiment summary
         * @description Scope: `parallel-experiments:read`.
         */
        get: operations["getSubexpSummaryBySubexpSummaryIdRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/subexpSummary/{subexpSummaryId}/bulkUpdate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Begin edit of summary rows
         * @description Scope: `parallel-experiments:write`.
         *
         *     Digest: that of `{subexpSummaryId}`.
         */
        patch: operations["patchSubexpSummaryBySubexpSummaryIdBulkUpdate"];
        trace?: never;
    };
    "/api/rest/v1.0/subexpSummary/{subexpSummaryId}/bulkUpdate/{bulkUpdateId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of the summary edit
         * @description Scope: `parallel-experiments:read`.
         */
        get: operations["getSubexpSummaryBySubexpSummaryIdBulkUpdateByBulkUpdateId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/subexpSummary/{subexpSummaryId}/samples/bulkCreate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin creating product samples
         * @description Scope: `parallel-experiments:write`.
         *
         *     Digest: that of `{subexpSummaryId}`.
         */
        post: operations["postSubexpSummaryBySubexpSummaryIdSamplesBulkCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/subexpSummary/{subexpSummaryId}/samples/bulkCreate/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of sample creation
         * @description Scope: `parallel-experiments:read`.
         */
        get: operations["getSubexpSummaryBySubexpSummaryIdSamplesBulkCreateByJobId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/subexpLayout/{layoutId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read plate layout of subexperiments
         * @description Scope: `parallel-experiments:read`.
         */
        get: operations["getSubexpLayoutByLayoutId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Place or remove subexperiments
         * @description Scope: `parallel-experiments:write`.
         *
         *     Digest: that of `{layoutId}`.
         */
        patch: operations["patchSubexpLayoutByLayoutId"];
        trace?: never;
    };
    "/api/rest/v1.0/subexpLayout/{layoutId}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Begin refilling layout by pattern
         * @description Scope: `parallel-experiments:write`.
         *
         *     Digest: that of `{layoutId}`.
         */
        patch: operations["patchSubexpLayoutByLayoutIdReset"];
        trace?: never;
    };
    "/api/rest/v1.0/subexpLayout/{layoutId}/reset/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of the layout refill
         * @description Scope: `parallel-experiments:read`.
         */
        get: operations["getSubexpLayoutByLayoutIdResetByJobId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/plates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create plate set; parent's digest
         * @description Scope: `plates:write`.
         *
         *     Digest: that of the parent that the new entity goes into.
         */
        post: operations["postPlates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/plates/{plateContainerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read plate container
         * @description Scope: `plates:read`.
         */
        get: operations["getPlatesByPlateContainerId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/plates/{plateContainerId}/plates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List plates of the container
         * @description Scope: `plates:read`.
         */
        get: operations["getPlatesByPlateContainerIdPlates"];
        put?: never;
        /**
         * Add one empty plate
         * @description Scope: `plates:write`.
         *
         *     Digest: that of `{plateContainerId}`.
         */
        post: operations["postPlatesByPlateContainerIdPlates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/plates/{plateContainerId}/plates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read wells of one plate
         * @description Scope: `plates:read`.
         */
        get: operations["getPlatesByPlateContainerIdPlatesById"];
        /**
         * Overwrite wells of one plate
         * @description Scope: `plates:write`.
         *
         *     Digest: that of `{plateContainerId}`.
         */
        put: operations["putPlatesByPlateContainerIdPlatesById"];
        post?: never;
        /**
         * Remove one plate
         * @description Scope: `plates:delete`.
         *
         *     Digest: that of `{plateContainerId}`.
         */
        delete: operations["deletePlatesByPlateContainerIdPlatesById"];
        options?: never;
        head?: never;
        /**
         * Fill wells, one layer per call
         * @description Scope: `plates:write`.
         *
         *     Digest: that of `{plateContainerId}`.
         */
        patch: operations["patchPlatesByPlateContainerIdPlatesById"];
        trace?: never;
    };
    "/api/rest/v1.0/plates/{plateContainerId}/settings/annotationLayers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List annotation layers
         * @description Scope: `plates:read`.
         */
        get: operations["getPlatesByPlateContainerIdSettingsAnnotationLayers"];
        put?: never;
        /**
         * Add custom annotation layer
         * @description Scope: `plates:write`.
         *
         *     Digest: that of `{plateContainerId}`.
         */
        post: operations["postPlatesByPlateContainerIdSettingsAnnotationLayers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/plates/{plateContainerId}/settings/annotationLayers/{annotationLayerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one annotation layer
         * @description Scope: `plates:read`.
         */
        get: operations["getPlatesByPlateContainerIdSettingsAnnotationLayersByAnnotationLayerId"];
        put?: never;
        post?: never;
        /**
         * Remove custom annotation layer
         * @description Scope: `plates:delete`.
         *
         *     Digest: that of `{plateContainerId}`.
         */
        delete: operations["deletePlatesByPlateContainerIdSettingsAnnotationLayersByAnnotationLayerId"];
        options?: never;
        head?: never;
        /**
         * Rename custom annotation layer
         * @description Scope: `plates:write`.
         *
         *     Digest: that of `{plateContainerId}`.
         */
        patch: operations["patchPlatesByPlateContainerIdSettingsAnnotationLayersByAnnotationLayerId"];
        trace?: never;
    };
    "/api/rest/v1.0/plates/{plateContainerId}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Flat summary of all wells
         * @description Scope: `plates:read`.
         */
        get: operations["getPlatesByPlateContainerIdSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/scim/v2/ServiceProviderConfig": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * SCIM features of this server
         * @description Scope: `scim:read`.
         */
        get: operations["getScimV2ServiceProviderConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/scim/v2/ResourceTypes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List SCIM resource types
         * @description Scope: `scim:read`.
         */
        get: operations["getScimV2ResourceTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/scim/v2/ResourceTypes/{resourceTypeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one SCIM resource type
         * @description Scope: `scim:read`.
         */
        get: operations["getScimV2ResourceTypesByResourceTypeId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/scim/v2/Schemas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List SCIM schemas
         * @description Scope: `scim:read`.
         */
        get: operations["getScimV2Schemas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/scim/v2/Schemas/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one SCIM schema
         * @description Scope: `scim:read`.
         */
        get: operations["getScimV2SchemasById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/scim/v2/Users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find users by SCIM filter
         * @description Scope: `scim:read`.
         */
        get: operations["getScimV2Users"];
        put?: never;
        /**
         * Create or revive SCIM user
         * @description Scope: `scim:write`.
         */
        post: operations["postScimV2Users"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/scim/v2/Users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read SCIM user
         * @description Scope: `scim:read`.
         */
        get: operations["getScimV2UsersById"];
        /**
         * Overwrite SCIM user
         * @description Scope: `scim:write`.
         */
        put: operations["putScimV2UsersById"];
        post?: never;
        /**
         * Mark SCIM user deleted
         * @description Scope: `scim:delete`.
         */
        delete: operations["deleteScimV2UsersById"];
        options?: never;
        head?: never;
        /**
         * Apply SCIM operations to user
         * @description Scope: `scim:write`.
         */
        patch: operations["patchScimV2UsersById"];
        trace?: never;
    };
    "/api/rest/v1.0/scim/v2/Groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find groups by SCIM filter
         * @description Scope: `scim:read`.
         */
        get: operations["getScimV2Groups"];
        put?: never;
        /**
         * Create SCIM group
         * @description Scope: `scim:write`.
         */
        post: operations["postScimV2Groups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/scim/v2/Groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read SCIM group or role
         * @description Scope: `scim:read`.
         */
        get: operations["getScimV2GroupsById"];
        /**
         * Overwrite SCIM group
         * @description Scope: `scim:write`.
         */
        put: operations["putScimV2GroupsById"];
        post?: never;
        /**
         * Remove SCIM group
         * @description Scope: `scim:delete`.
         */
        delete: operations["deleteScimV2GroupsById"];
        options?: never;
        head?: never;
        /**
         * Apply SCIM operations to group
         * @description Scope: `scim:write`.
         */
        patch: operations["patchScimV2GroupsById"];
        trace?: never;
    };
    "/api/rest/v1.0/scim/v2/Bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Several SCIM operations at once
         * @description Scope: `scim:delete`.
         */
        post: operations["postScimV2Bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/stoichiometry/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All grids of a reaction
         * @description Scope: `stoichiometry:read`.
         */
        get: operations["getStoichiometryByEid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/stoichiometry/{eid}/{rowid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one grid row
         * @description Scope: `stoichiometry:read`.
         */
        get: operations["getStoichiometryByEidByRowid"];
        put?: never;
        post?: never;
        /**
         * Remove custom grid row
         * @description Scope: `stoichiometry:delete`.
         *
         *     Digest: that of `{eid}`.
         */
        delete: operations["deleteStoichiometryByEidByRowid"];
        options?: never;
        head?: never;
        /**
         * Change values of grid row
         * @description Scope: `stoichiometry:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchStoichiometryByEidByRowid"];
        trace?: never;
    };
    "/api/rest/v1.0/stoichiometry/{eid}/{rowid}/structure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Structure of a grid row
         * @description Scope: `stoichiometry:read`.
         */
        get: operations["getStoichiometryByEidByRowidStructure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Headers of row structure
         * @description Scope: `stoichiometry:read`.
         */
        head: operations["headStoichiometryByEidByRowidStructure"];
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/stoichiometry/{eid}/reactants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reactant rows of reaction
         * @description Scope: `stoichiometry:read`.
         */
        get: operations["getStoichiometryByEidReactants"];
        put?: never;
        /**
         * Add reactant without drawing it
         * @description Scope: `stoichiometry:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postStoichiometryByEidReactants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/stoichiometry/{eid}/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Product rows of reaction
         * @description Scope: `stoichiometry:read`.
         */
        get: operations["getStoichiometryByEidProducts"];
        put?: never;
        /**
         * Add product without drawing it
         * @description Scope: `stoichiometry:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postStoichiometryByEidProducts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/stoichiometry/{eid}/solvents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Solvent rows of reaction
         * @description Scope: `stoichiometry:read`.
         */
        get: operations["getStoichiometryByEidSolvents"];
        put?: never;
        /**
         * Add a solvent
         * @description Scope: `stoichiometry:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postStoichiometryByEidSolvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/stoichiometry/{eid}/conditions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List reaction conditions
         * @description Scope: `stoichiometry:read`.
         */
        get: operations["getStoichiometryByEidConditions"];
        put?: never;
        /**
         * Add a reaction condition
         * @description Scope: `stoichiometry:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postStoichiometryByEidConditions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/stoichiometry/{eid}/columns/{grid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Column definitions of one grid
         * @description Scope: `stoichiometry:read`.
         */
        get: operations["getStoichiometryByEidColumnsByGrid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Add or edit user text columns
         * @description Scope: `stoichiometry:write`.
         *
         *     Digest: that of `{eid}`.
         */
        patch: operations["patchStoichiometryByEidColumnsByGrid"];
        trace?: never;
    };
    "/api/rest/v1.0/chemicaldrawings/{eid}/reaction/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Structures at one reaction side
         * @description Scope: `stoichiometry:read`.
         */
        get: operations["getChemicaldrawingsByEidReactionByPosition"];
        put?: never;
        /**
         * Add structure to reaction side
         * @description Scope: `stoichiometry:write`.
         *
         *     Digest: that of `{eid}`.
         */
        post: operations["postChemicaldrawingsByEidReactionByPosition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/chemicaldrawings/{eid}/reaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download reaction as CDXML
         * @description Scope: `stoichiometry:read`.
         */
        get: operations["getChemicaldrawingsByEidReaction"];
        /**
         * Overwrite reaction from file
         * @description Scope: `stoichiometry:write`.
         *
         *     Digest: that of `{eid}`.
         */
        put: operations["putChemicaldrawingsByEidReaction"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/dataExchange/{dataExchangeEid}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List files of data exchange
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyDataExchangeByDataExchangeEidFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/dataExchange/{dataExchangeEid}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download data exchange report
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyDataExchangeByDataExchangeEidReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/dataExchange/{dataExchangeEid}/resultTable/{tableName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download one result table
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyDataExchangeByDataExchangeEidResultTableByTableName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/cros": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contract research organisations
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyCros"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/cros/{croId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one contract organisation
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyCrosByCroId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/cros/{croId}/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List departments of an organisation
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyCrosByCroIdDepartments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/departments/{departmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one department
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyDepartmentsByDepartmentId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/collaborations/{collaborationId}/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Departments assigned to collaboration
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyCollaborationsByCollaborationIdDepartments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/cros/{croId}/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read partner user
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyCrosByCroIdUsersByUserId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/cros/{croId}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users of partner organisation
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyCrosByCroIdUsers"];
        put?: never;
        /**
         * Create partner user
         * @description Scope: `synergy:write`.
         */
        post: operations["postSynergyCrosByCroIdUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/cros/{croId}/admins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List administrators of partner
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyCrosByCroIdAdmins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/departments/{departmentId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List department members
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyDepartmentsByDepartmentIdMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/departments/{departmentId}/managers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List department managers
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyDepartmentsByDepartmentIdManagers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/users/{userId}/cro": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Organisation a user belongs to
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyUsersByUserIdCro"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/workTypes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List kinds of work
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyWorkTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/collaborations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List collaborations with partners
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyCollaborations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/collaborations/{collaborationEid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one collaboration
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyCollaborationsByCollaborationEid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/workOrders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a work order
         * @description Scope: `synergy:write`.
         */
        post: operations["postSynergyWorkOrders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/workOrders/{workOrderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one work order
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyWorkOrdersByWorkOrderId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/workOrders/{workOrderId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Move work order to status
         * @description Scope: `synergy:write`.
         *
         *     Digest: that of `{workOrderId}`.
         */
        put: operations["putSynergyWorkOrdersByWorkOrderIdStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/designTables/{designTableId}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rows of a design table
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyDesignTablesByDesignTableIdRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Edit design table rows
         * @description Scope: `synergy:write`.
         *
         *     Digest: that of `{designTableId}`.
         */
        patch: operations["patchSynergyDesignTablesByDesignTableIdRows"];
        trace?: never;
    };
    "/api/rest/v1.0/synergy/designTables/{designTableId}/columnDefinition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Design table column definitions
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyDesignTablesByDesignTableIdColumnDefinition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/designs/{designId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one design
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyDesignsByDesignId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change one design
         * @description Scope: `synergy:write`.
         *
         *     Digest: that of `{designId}`.
         */
        patch: operations["patchSynergyDesignsByDesignId"];
        trace?: never;
    };
    "/api/rest/v1.0/synergy/designs/{designId}/drawing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Swap structure of a design
         * @description Scope: `synergy:write`.
         */
        put: operations["putSynergyDesignsByDesignIdDrawing"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/designTables/{designTableId}/design/bulkImport": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of design import
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyDesignTablesByDesignTableIdDesignBulkImport"];
        put?: never;
        /**
         * Begin import of designs
         * @description Scope: `synergy:write`.
         */
        post: operations["postSynergyDesignTablesByDesignTableIdDesignBulkImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/designTables/design/bulkImport/reportFile/{fileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download design import report
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyDesignTablesDesignBulkImportReportFileByFileId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/referenceTables/{referenceTableId}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rows of a reference table
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyReferenceTablesByReferenceTableIdRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Add or drop references
         * @description Scope: `synergy:write`.
         *
         *     Digest: that of `{referenceTableId}`.
         */
        patch: operations["patchSynergyReferenceTablesByReferenceTableIdRows"];
        trace?: never;
    };
    "/api/rest/v1.0/synergy/referenceTables/{referenceTableId}/columnDefinition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reference table column definitions
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyReferenceTablesByReferenceTableIdColumnDefinition"];
        /**
         * Set reference table columns
         * @description Scope: `synergy:write`.
         *
         *     Digest: that of `{referenceTableId}`.
         */
        put: operations["putSynergyReferenceTablesByReferenceTableIdColumnDefinition"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/config/referenceTable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * System settings for reference tables
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyConfigReferenceTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/cros/{croId}/bulkUpdateUsers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin change of many partners
         * @description Scope: `synergy:write`.
         */
        post: operations["postSynergyCrosByCroIdBulkUpdateUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/cros/{croId}/bulkUpdateUsersStatus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of partner user change
         * @description Scope: `synergy:read`.
         */
        get: operations["getSynergyCrosByCroIdBulkUpdateUsersStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/cros/{croId}/users/{userId}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable partner user
         * @description Scope: `synergy:write`.
         */
        post: operations["postSynergyCrosByCroIdUsersByUserIdDeactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/cros/{croId}/users/{userId}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enable partner user again
         * @description Scope: `synergy:write`.
         */
        post: operations["postSynergyCrosByCroIdUsersByUserIdReactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/synergy/synergyExperiment/{synergyExperimentId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Move synergy experiment to status
         * @description Scope: `synergy:write`.
         *
         *     Digest: that of `{synergyExperimentId}`.
         */
        put: operations["putSynergySynergyExperimentBySynergyExperimentIdStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Release number of the tenant
         * @description Scope: `system:read`.
         */
        get: operations["getVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/parserDefinitions/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read file parser definition
         * @description Scope: `system:read`.
         */
        get: operations["getParserDefinitionsByEid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/securityPolicy/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tenant security policy as text
         * @description Scope: `system:read`.
         */
        get: operations["getSecurityPolicyExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/auth/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke bearer tokens, all or one
         * @description Scope: `tenant-tokens:delete`.
         */
        delete: operations["deleteAuthTokens"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/bearerTokens/{domain}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke domain tokens (older spec)
         * @description Scope: `tenant-tokens:delete`.
         */
        delete: operations["deleteBearerTokensByDomain"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/bearerTokens/{domain}/user/{email}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke one user's tokens (older spec)
         * @description Scope: `tenant-tokens:delete`.
         */
        delete: operations["deleteBearerTokensByDomainUserByEmail"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/tasks/{taskId}/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read task fields
         * @description Scope: `tasks:read`.
         */
        get: operations["getTasksByTaskIdProperties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change task fields; container's digest
         * @description Scope: `tasks:write`.
         *
         *     Digest: that of the task container (`taskContainer`) of the task, not the task.
         */
        patch: operations["patchTasksByTaskIdProperties"];
        trace?: never;
    };
    "/api/rest/v1.0/tasks/{taskId}/properties/{propertyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one task field
         * @description Scope: `tasks:read`.
         */
        get: operations["getTasksByTaskIdPropertiesByPropertyId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change one field; container's digest
         * @description Scope: `tasks:write`.
         *
         *     Digest: that of the task container (`taskContainer`) of the task, not the task.
         */
        patch: operations["patchTasksByTaskIdPropertiesByPropertyId"];
        trace?: never;
    };
    "/api/rest/v1.0/tasks/todo/{todoListId}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tasks on a todo list
         * @description Scope: `tasks:read`.
         */
        get: operations["getTasksTodoByTodoListIdRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Assign, complete or reopen todo tasks
         * @description Scope: `tasks:write`.
         *
         *     Digest: that of `{todoListId}`.
         */
        patch: operations["patchTasksTodoByTodoListIdRows"];
        trace?: never;
    };
    "/api/rest/v1.0/tasks/todo/{todoListId}/_column": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Column definitions of todo list
         * @description Scope: `tasks:read`.
         */
        get: operations["getTasksTodoByTodoListIdColumn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Hide or show todo columns
         * @description Scope: `tasks:write`.
         *
         *     Digest: that of `{todoListId}`.
         */
        patch: operations["patchTasksTodoByTodoListIdColumn"];
        trace?: never;
    };
    "/api/rest/v1.0/tasks/tasksTable/{tasksTableId}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tasks of a tasks table
         * @description Scope: `tasks:read`.
         */
        get: operations["getTasksTasksTableByTasksTableIdRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Submit, cancel, assign, delete tasks
         * @description Scope: `tasks:write`.
         *
         *     Digest: that of `{tasksTableId}`.
         */
        patch: operations["patchTasksTasksTableByTasksTableIdRows"];
        trace?: never;
    };
    "/api/rest/v1.0/tasks/tasksTable/{tasksTableId}/_column": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Column definitions of tasks table
         * @description Scope: `tasks:read`.
         */
        get: operations["getTasksTasksTableByTasksTableIdColumn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Hide or show task columns
         * @description Scope: `tasks:write`.
         *
         *     Digest: that of `{tasksTableId}`.
         */
        patch: operations["patchTasksTasksTableByTasksTableIdColumn"];
        trace?: never;
    };
    "/api/rest/v1.0/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users, up to 1000 each
         * @description Scope: `users:read`.
         */
        get: operations["getUsers"];
        put?: never;
        /**
         * Create a user
         * @description Scope: `users:write`.
         */
        post: operations["postUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one user
         * @description Scope: `users:read`.
         *
         *     `/users/me` is 400: use `/profiles/me`.
         */
        get: operations["getUsersByUserId"];
        put?: never;
        post?: never;
        /**
         * Disable user, hand over resources
         * @description Scope: `users:delete`.
         */
        delete: operations["deleteUsersByUserId"];
        options?: never;
        head?: never;
        /**
         * Change profile, roles or licences
         * @description Scope: `users:write`.
         */
        patch: operations["patchUsersByUserId"];
        trace?: never;
    };
    "/api/rest/v1.0/users/{userId}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download user portrait
         * @description Scope: `users:read`.
         */
        get: operations["getUsersByUserIdPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/users/{userId}/systemGroups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * System groups of a user
         * @description Scope: `users:read`.
         */
        get: operations["getUsersByUserIdSystemGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/users/{userId}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Enable a disabled user
         * @description Scope: `users:write`.
         */
        patch: operations["patchUsersByUserIdReactivate"];
        trace?: never;
    };
    "/api/rest/v1.0/users/licenses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Licences available in tenant
         * @description Scope: `users:read`.
         */
        get: operations["getUsersLicenses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List user groups
         * @description Scope: `users:read`.
         */
        get: operations["getGroups"];
        put?: never;
        /**
         * Create a user group
         * @description Scope: `users:write`.
         */
        post: operations["postGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/groups/{groupId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one user group
         * @description Scope: `users:read`.
         */
        get: operations["getGroupsByGroupId"];
        put?: never;
        post?: never;
        /**
         * Remove a user group
         * @description Scope: `users:delete`.
         */
        delete: operations["deleteGroupsByGroupId"];
        options?: never;
        head?: never;
        /**
         * Rename or describe a group
         * @description Scope: `users:write`.
         *
         *     Digest: that of `{groupId}`.
         */
        patch: operations["patchGroupsByGroupId"];
        trace?: never;
    };
    "/api/rest/v1.0/groups/{groupId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members of a group
         * @description Scope: `users:read`.
         */
        get: operations["getGroupsByGroupIdMembers"];
        put?: never;
        /**
         * Add member to a group
         * @description Scope: `users:write`.
         *
         *     Digest: that of `{groupId}`.
         */
        post: operations["postGroupsByGroupIdMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/groups/{groupId}/members/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take member out of group
         * @description Scope: `users:delete`.
         */
        delete: operations["deleteGroupsByGroupIdMembersByUserId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/groups/{groupId}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List access grants on group
         * @description Scope: `users:read`.
         */
        get: operations["getGroupsByGroupIdShares"];
        put?: never;
        /**
         * Grant access to a group object
         * @description Scope: `users:write`.
         */
        post: operations["postGroupsByGroupIdShares"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/groups/{groupId}/shares/{sid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw a group access grant
         * @description Scope: `users:delete`.
         */
        delete: operations["deleteGroupsByGroupIdSharesBySid"];
        options?: never;
        head?: never;
        /**
         * Change a group access grant
         * @description Scope: `users:write`.
         */
        patch: operations["patchGroupsByGroupIdSharesBySid"];
        trace?: never;
    };
    "/api/rest/v1.0/groups/{groupId}/associations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List associations of a group
         * @description Scope: `users:read`.
         */
        get: operations["getGroupsByGroupIdAssociations"];
        put?: never;
        /**
         * Create a group association
         * @description Scope: `users:write`.
         */
        post: operations["postGroupsByGroupIdAssociations"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change group associations
         * @description Scope: `users:write`.
         */
        patch: operations["patchGroupsByGroupIdAssociations"];
        trace?: never;
    };
    "/api/rest/v1.0/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List assignable user roles
         * @description Scope: `users:read`.
         */
        get: operations["getRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/roles/{roleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one role
         * @description Scope: `users:read`.
         */
        get: operations["getRolesByRoleId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rest/v1.0/profiles/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Profile behind the current credential
         * @description Scope: `users:read`.
         */
        get: operations["getProfilesMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Name a native operation and get a URL for its body
         * @description Needs the scope of the operation that it names. The answer tells where to PUT exactly `sizeBytes` bytes (`links.upload`) and with which headers (`uploadHeaders`); no key goes there. The URL works for an hour, the upload is kept for 24.
         */
        post: operations["createUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{uploadId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State of an upload */
        get: operations["readUpload"];
        put?: never;
        post?: never;
        /** Forget an upload and its bytes */
        delete: operations["deleteUpload"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{uploadId}/forward": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the uploaded bytes to the native operation
         * @description Answers with the native answer itself: status, headers and body. Further query parameters replace those of the same name in the recorded path, so a stale digest needs no second upload: `?digest=<new digest>`.
         */
        post: operations["forwardUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/materials/{library}/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A page of the assets of a library
         * @description The tenant has no such list, so the facade searches, for which you need the scope `entities:read` too. A page without structures is one call. The tenant has no offset above 5,000: where `isTruncated` is true, ask for a shorter time.
         */
        get: operations["listAssets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/materials/{library}/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A page of the batches of a library
         * @description The tenant has no such list, so the facade searches, for which you need the scope `entities:read` too. A page without structures is one call. The tenant has no offset above 5,000: where `isTruncated` is true, ask for a shorter time.
         */
        get: operations["listBatches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/materials/{library}/assets/{asset}/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A page of the batches of an asset
         * @description Without times and `sort`, this is one call, structures included. With them the facade searches, for which you need the scope `entities:read` too; each structure is then a call.
         */
        get: operations["listAssetBatches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/materials/{library}/batches/{batch}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A batch, by its material id */
        get: operations["readBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inventory/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Containers or locations, by type or by the value of a field
         * @description One call, a search. You need the scope `entities:read` too. Values must be equal as a whole.
         */
        get: operations["findInventoryItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inventory/containers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a container
         * @description You need the scope `inventory:read` too: type and grid are read first, usually from the cache. What they forbid is refused before anything is created. A second creation with the same barcode, also one at the same time, gets 409 with the address of the item in `Location`. So repeat a creation whose outcome you do not know. The tenant makes its name.
         */
        post: operations["createInventoryContainer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inventory/locations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a location
         * @description You need the scope `inventory:read` too: type and grid are read first, usually from the cache. What they forbid is refused before anything is created. A second creation with the same barcode, also one at the same time, gets 409 with the address of the item in `Location`. So repeat a creation whose outcome you do not know.
         */
        post: operations["createInventoryLocation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inventory/well-position": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A position in a plate: label, row and column, index
         * @description Without a call to the tenant. Labels go from A1 to AV48, the largest plate that the tenant makes.
         */
        get: operations["readWellPosition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{eid}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A page of the rows of a table
         * @description Tables are admin-defined tables (`grid`), materials tables, tables of samples, hierarchical tables and variations tables. You need the scope of the native operations too: `adt`, `materials`, `entities` or `hierarchical-tables`. The tenant gives a table as a whole, and the cache keeps it: a page is one call, or none.
         */
        get: operations["listTableRows"];
        put?: never;
        /**
         * Add rows to a table
         * @description Tables are admin-defined tables (`grid`), materials tables, tables of samples, hierarchical tables and variations tables. You need the scope of the native operations too: `adt`, `materials`, `entities` or `hierarchical-tables`. All faults of all rows are reported at once, before anything is written. Name the version in `If-Match`, or write on the latest one with `onConflict=retry`: then cells that another one has changed meanwhile and that you name are overwritten, and nothing else is.
         */
        post: operations["addTableRows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{eid}/rows/{rowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a row of a table
         * @description With a reason, or in a table of samples, the deletion is a change of the table. Otherwise you need the scope `delete` of the native operation. Name the version in `If-Match`, or write on the latest one with `onConflict=retry`: then cells that another one has changed meanwhile and that you name are overwritten, and nothing else is.
         */
        delete: operations["deleteTableRow"];
        options?: never;
        head?: never;
        /**
         * Change cells of a row
         * @description Cells that are not named stay. Name the version in `If-Match`, or write on the latest one with `onConflict=retry`: then cells that another one has changed meanwhile and that you name are overwritten, and nothing else is.
         */
        patch: operations["changeTableRow"];
        trace?: never;
    };
    "/v1/entities/{eid}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The files of an entity
         * @description All of them, in one document: the children that a file can become. A call for each hundred children.
         */
        get: operations["listAttachments"];
        put?: never;
        /**
         * Add a file to an entity
         * @description The body is the bytes, up to 4 MiB, and `Content-Type` their media type; larger files go by `/v1/uploads`. The version is the one of the entity. With `onConflict=retry` nothing is overwritten.
         */
        post: operations["addAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{eid}/attachments/{attachmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The bytes of a file
         * @description The answer of the native download, which streams.
         */
        get: operations["readAttachment"];
        /**
         * Replace the bytes of a file
         * @description The version is the one of the file. With `onConflict=retry`, bytes that another one has stored meanwhile are overwritten.
         */
        put: operations["replaceAttachment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{eid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change properties of an entity, such as an experiment
         * @description Properties that are not named stay. Name the version in `If-Match`, or write on the latest one with `onConflict=retry`: then properties that another one has changed meanwhile and that you name are overwritten, and nothing else is.
         */
        patch: operations["changeEntity"];
        trace?: never;
    };
    "/v1/entities/{eid}/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change properties, in the form of the tenant
         * @description The native `PATCH /entities/{eid}/properties` by another method, with the same body and parameters (`digest` or `force`, or If-Match).
         */
        put: operations["replaceProperties"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of the templates */
        get: operations["listTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{eid}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fields of a template */
        get: operations["listTemplateFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scim/{proxy}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users, groups, and what SCIM the tenant speaks
         * @description Such as `/v1/scim/Users?filter=userName eq "a@example.com"`, `/v1/scim/Groups`, `/v1/scim/ServiceProviderConfig`, `/v1/scim/Schemas`. The same document as natively below `/scim/v2`, with its scope and through the cache.
         */
        get: operations["readScim"];
        /** Overwrite a user or a group */
        put: operations["replaceScim"];
        /**
         * Create a user or a group
         * @description `/v1/scim/Users` and `/v1/scim/Groups`; `/v1/scim/Bulk` for several operations at once.
         */
        post: operations["createScim"];
        /** Delete a user or a group */
        delete: operations["deleteScim"];
        options?: never;
        head?: never;
        /** Change a user or a group */
        patch: operations["changeScim"];
        trace?: never;
    };
    "/v1/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Drifted samples, the longest known drift first
         * @description From the records of the facade, without a call to the tenant: samples that were marked through the facade, and those whose registration was read through it. `checkedAt` says of when each state is. Only for callers that may act as the service account, whose rights the records have.
         */
        get: operations["listSampleRegistrations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/samples/{sampleId}/registration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the outside system has the sample as it is now
         * @description One call to the tenant, never from the cache.
         */
        get: operations["readSampleRegistration"];
        put?: never;
        /**
         * Mark a sample as registered
         * @description Send the digest that you have registered in `If-Match`. If the sample has another one, the answer is 412 and it is not in sync. You need the scope `entities:read` too. Four calls to the tenant; two if it is marked already. The same request may be repeated. What a mark says replaces what the last one said.
         */
        post: operations["markSampleRegistered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cache": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of the cache by class, and how the change sweep fares */
        get: operations["readCache"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cache/purges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Empty the cache for an entity, a group or all
         * @description Every instance sees it with its next request. A soft purge keeps copies for when the tenant fails. A purge of a group or of all needs the scope `cache-admin:write`, which `*` does not cover, and there are few a minute of them, by all consumers together: more get 429.
         */
        post: operations["purgeCache"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quota": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The budget: limit, used, free, and your part of it by priority
         * @description With the scope `quota-admin:read`, which `*` does not cover, `consumers` lists those of all consumers.
         */
        get: operations["readQuota"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quota/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your bookings that are not over
         * @description With the scope `quota-admin:read`, which `*` does not cover, those of all consumers.
         */
        get: operations["listBookings"];
        put?: never;
        /**
         * Reserve calls in a period
         * @description A booking holds a steady rate for the consumer that makes it; what it does not use is lent. A consumer has ten at most, of 31 days at most, which together hold a tenth of the limit at any instant, unless the stage says otherwise. When there is no room, the error names the next period that has.
         */
        post: operations["createBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quota/bookings/{bookingId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Give a booking back
         * @description Yours; with the scope `quota-admin:write`, which `*` does not cover, that of any consumer.
         */
        delete: operations["cancelBooking"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the facade takes you for, and what you may do */
        get: operations["readMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consumers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Consumers in the order of their ids */
        get: operations["listConsumers"];
        put?: never;
        /**
         * Register a consumer
         * @description It has no key yet. Nobody gives scopes that they do not hold themselves.
         */
        post: operations["createConsumer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consumers/{consumerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One consumer */
        get: operations["readConsumer"];
        put?: never;
        post?: never;
        /** Remove a consumer and its keys */
        delete: operations["deleteConsumer"];
        options?: never;
        head?: never;
        /**
         * Change scopes, state, quota or other attributes
         * @description What is left out stays; null takes the default again. Every instance acts by it after 30 seconds at the latest.
         */
        patch: operations["changeConsumer"];
        trace?: never;
    };
    "/v1/consumers/{consumerId}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys of a consumer, without their secrets */
        get: operations["listConsumerKeys"];
        put?: never;
        /**
         * Make a key
         * @description The answer shows the key, and nothing will again. A consumer has two working keys at most: make the second, move the application over, revoke the first.
         */
        post: operations["createConsumerKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consumers/{consumerId}/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a key
         * @description No instance takes it any longer than 30 seconds after this.
         */
        delete: operations["revokeConsumerKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys of the pool, with state, owner, last use and cooldown */
        get: operations["listCredentials"];
        put?: never;
        /**
         * Add a key
         * @description The newest active key of an owner is the one that is used, by every instance within 5 minutes. One that the tenant refuses is put aside, and the next is used within the same request. Before it is stored, one call asks the tenant whose key it is; when the tenant cannot be asked, `accountId` stays away.
         */
        post: operations["addCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credentials/{credentialId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a key that is retiring or disabled */
        delete: operations["removeCredential"];
        options?: never;
        head?: never;
        /**
         * Retire, disable or enable a key, or rank its owner
         * @description Every instance follows within 5 minutes, or within an hour while the table cannot be read.
         */
        patch: operations["changeCredential"];
        trace?: never;
    };
    "/v1/me/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State of the token that a person has linked, and when it would die unused */
        get: operations["readMyToken"];
        put?: never;
        post?: never;
        /**
         * Forget the token of a person
         * @description Record and secret are removed at once; an instance that has just used it goes on for 30 seconds at most. The tenant is not told: an administrator revokes there.
         */
        delete: operations["revokeMyToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/token/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A page where the person links a token, or renews it
         * @description The URL is good once, for 10 minutes. Send the person there in a browser; a new token of the same person replaces the old.
         */
        post: operations["createTokenLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tokens that people have linked to you, with countdown
         * @description A page may hold fewer tokens than asked for, or none, and still have a `links.next`.
         */
        get: operations["listMyTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All linked tokens, with countdown */
        get: operations["listTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/{tokenId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Forget any token, also one that no consumer can reach
         * @description The id is that of GET /v1/tokens; a renewed token has another. Otherwise as `revokeMyToken`.
         */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page that says for whom a token will be used */
        get: operations["showTokenLink"];
        put?: never;
        /** What that page's button does */
        post: operations["startTokenLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the login leads back to */
        get: operations["showTokenCallback"];
        put?: never;
        /** What that page's script sends */
        post: operations["finishTokenLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/callback.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That page's script */
        get: operations["readTokenScript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/page.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Those pages' styles */
        get: operations["readTokenStyles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/actions/signing-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page that lets signing go on or stops it */
        get: operations["showSigningCheck"];
        put?: never;
        /** The same for an entity in the body, or several */
        post: operations["postSigningCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{requestId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who asked, what the cache and the quota said, what was sent upstream
         * @description For the consumer that made the request, and for those with the scope `requests:read` by that name (a wildcard does not count). Kept for 24 hours is what went upstream or was refused; an answer out of the cache is explained by its own `Cache-Status`.
         */
        get: operations["readRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Requests of the last 24 hours, newest first
         * @description Your own; with the scope `requests:read`, which `*` does not cover, those of all consumers. `standsFor` says how many requests an entry stands for: a refused crowd is stored in part, and answers without a call upstream are summed by minute (type `hits`, only in lists without a filter for status, code or operation). The sum of `standsFor` over a consumer, minute and limit is the number of requests, without those of the last seconds of an instance that ended. A request appears a moment after its answer has ended, at the time at which it began. A page may hold fewer entries than asked for, or none, and still have a `links.next`.
         */
        get: operations["listRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What consumers used, by key and by hour or day
         * @description Your own; with the scope `requests:read`, which `*` does not cover, that of all consumers. Sorted by consumer, then newest first. Sums of the last seconds may be missing, and for good when an idle instance ends. A page may hold fewer entries than asked for and still have a `links.next`.
         */
        get: operations["readUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether what the facade leans on works
         * @description The answer is 200 whatever the state. `upstream` says what calls saw in the last 50 s, or in the last two minutes if they were few. An instance repeats its answer for 5 s. `/health` needs no key and says only that the facade answers.
         */
        get: operations["readDeepHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Writes and admin acts, newest first
         * @description A page may hold fewer entries than asked for, or none, and still have a `links.next`: read on until there is none. Entries of the last seconds may be missing where a consumer or an entity is named.
         */
        get: operations["readAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your exports
         * @description The newest first. They are listed for 90 days.
         */
        get: operations["listExports"];
        put?: never;
        /**
         * Have a file made of an entity or a library
         * @description Needs a scope to read the entity or the library, too. Exports of the same version of the same entity with the same options share the work; each has an id of its own. The export is made with the rights of the service account. `export.completed` and `export.failed` go to your subscriptions.
         */
        post: operations["createExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{exportId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How an export stands */
        get: operations["readExport"];
        put?: never;
        post?: never;
        /**
         * Cancel an export
         * @description The work goes on when another consumer waits for the same file. An export that has ended stays as it is.
         */
        delete: operations["cancelExport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{exportId}/retries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try an export again that failed or was cancelled
         * @description Makes a new export of the same version with the same options. Needs a scope to read the entity, too.
         */
        post: operations["retryExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{exportId}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The file of an export
         * @description Streamed, or one range of it. The content of the kinds `bulk`, `materials` and `extract` is a manifest, in JSON: `file` gives the files that it lists. With `Prefer: redirect` the answer is a redirect (303) to a URL in S3, which needs no key and is valid for five minutes. So is that for a file of more than 200 MB; a longer range is answered with its first 200 MB.
         */
        get: operations["readExportContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * PDFs of closed experiments
         * @description The newest first, or in the order of their ids with `filter[after]`. A call that acts as a person gets only entries of experiments that this person can read in the tenant now. A page may hold fewer entries than asked for, or none, and still have a `links.next`.
         */
        get: operations["listArchive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/archive/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the daily verification of the archive has found
         * @description A round begins once a day. It checks all signed heads, the whole catalogue and a listing of the whole bucket, and reads a part of the PDFs. A fault is open until a later round no longer finds it.
         */
        get: operations["readArchiveVerification"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/archive/{archiveId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One entry of the archive
         * @description A call that acts as a person gets only entries of experiments that this person can read in the tenant now.
         */
        get: operations["readArchiveEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/archive/{archiveId}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The PDF of an entry
         * @description Streamed, or one range of it. With `Prefer: redirect` the answer is a redirect (303) to a URL in S3, which needs no key and is valid for five minutes. So is that for a PDF of more than 200 MB; a longer range is answered with its first 200 MB. A call that acts as a person gets only entries of experiments that this person can read in the tenant now.
         */
        get: operations["readArchiveContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/archive/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Legal holds, those that were released included
         * @description In the order of the ids of experiments. A page has the holds of up to 100 experiments.
         */
        get: operations["listHolds"];
        put?: never;
        /**
         * Hold the archived versions of an experiment
         * @description S3 then refuses to delete the PDFs and manifests of all its archived versions, also when their lock has ended, until the last hold of the experiment is released. Versions that are archived later are held, too. `isApplied` is true when S3 has the hold, within about five minutes.
         */
        post: operations["placeHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/archive/holds/{holdId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One legal hold */
        get: operations["readHold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/archive/holds/{holdId}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a legal hold
         * @description The record stays. The objects of the experiment stay held while it has another hold, and locked until their locks end.
         */
        post: operations["releaseHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/archive/backfills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Backfills, the newest first
         * @description The last 100.
         */
        get: operations["listBackfills"];
        put?: never;
        /**
         * Archive all closed experiments that the archive lacks
         * @description They are found by search. It begins within five minutes, works as background, and skips versions that the archive has. One backfill is open at a time.
         */
        post: operations["createBackfill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/archive/backfills/{backfillId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a backfill stands */
        get: operations["readBackfill"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Pause a backfill, go on with it, or end it
         * @description The page of 50 experiments that is at work goes on to its end.
         */
        patch: operations["changeBackfill"];
        trace?: never;
    };
    "/v1/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your subscriptions
         * @description With the scope `notifications-admin:read`, which `*` does not cover, those of all consumers.
         */
        get: operations["listSubscriptions"];
        put?: never;
        /**
         * Have notifications sent to a queue
         * @description The facade makes an SQS queue for you, or sends to one of yours. A queue of yours is `pending` until you return the code that the facade has sent to it: see `/v1/subscriptions/{subscriptionId}/confirmation`. The body of each message is one CloudEvent; /asyncapi.json describes it.
         */
        post: operations["createSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscriptionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One subscription
         * @description With the scope `notifications-admin`, which `*` does not cover, that of any consumer.
         */
        get: operations["readSubscription"];
        put?: never;
        post?: never;
        /**
         * End a subscription
         * @description The queues that the facade made for it go at once, with the messages in them. With the scope `notifications-admin`, which `*` does not cover, that of any consumer.
         */
        delete: operations["deleteSubscription"];
        options?: never;
        head?: never;
        /**
         * Pause a subscription, let it go on, or give it another filter
         * @description What comes during a pause is sent when the subscription goes on, marked as `replay`. With the scope `notifications-admin`, which `*` does not cover, that of any consumer.
         */
        patch: operations["changeSubscription"];
        trace?: never;
    };
    "/v1/subscriptions/{subscriptionId}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Return the code that was sent to your queue
         * @description A code is good for an hour and for five tries. Without a code the facade sends another one: ten at most, 30 s apart. Whoever returns it is known to read the queue.
         */
        post: operations["confirmSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/filter-tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a filter on the last events, or on one that you give
         * @description A filter is an event pattern in the syntax of EventBridge, over the CloudEvent as it is sent: `{"type":["com.revvity.signals.close"]}`. Each fault of a filter is named with a pointer to it.
         */
        post: operations["testFilter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/pulls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have what no push has brought pulled now
         * @description The answer does not wait for the pull, which begins within seconds as a rule. One runs at a time: asked for while another one runs, it is left to that one, or to the next scheduled one, which comes within five minutes. `*` does not cover the scope.
         */
        post: operations["pullNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Notifications by time, type and entity, the newest first
         * @description A page may hold fewer notifications than asked for, or none, and still have a `links.next`: read on until there is none. Those of the last second may be missing.
         */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{notificationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One notification with its native document */
        get: operations["readNotification"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{notificationId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * To which of your subscriptions a notification was sent, and with what outcome
         * @description With the scope `notifications-admin:read`, which `*` does not cover, those of all consumers. Replays and redrives are logged with the subscription.
         */
        get: operations["listNotificationDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscriptionId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent to a subscription, and with what outcome
         * @description The newest notifications first. A page may hold fewer deliveries than asked for, or none, and still have a `links.next`: read on until there is none.
         */
        get: operations["listSubscriptionDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscriptionId}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a subscription fares: what waits, what failed, how many dead letters there are */
        get: operations["readSubscriptionHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscriptionId}/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Replays and redrives of a subscription */
        get: operations["listReplays"];
        put?: never;
        /**
         * Send the notifications of a time again
         * @description Those that match the filter as it is now, marked `"delivery":"replay"`, beside the live ones. A dry run counts only. Five replays and five dry runs of a consumer run at a time, unless the stage says otherwise.
         */
        post: operations["createReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscriptionId}/replays/{replayId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a replay or redrive goes on */
        get: operations["readReplay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscriptionId}/redrives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the dead letters of a subscription again
         * @description Those that the facade could not deliver, and those that your own consumer received too often, which SQS has moved to the same queue. They are sent out of the ledger, marked `"delivery":"redrive"`. A dry run counts those only that the facade could not deliver.
         */
        post: operations["createRedrive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event to your own subscriptions
         * @description It is marked `"delivery":"test"`, is in no ledger, and triggers nothing else. Your filters apply.
         */
        post: operations["createTestEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hooks/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * For the tenant: a push notification
         * @description The tenant sends one notification, of any media type, with the header that an operator has set. 204 once it is kept: input that is no notification too, for inspection. At most 1 MiB: larger ones are pulled. Any other answer leaves it undismissed in the tenant.
         */
        post: operations["takePush"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/lists/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * For the tenant: an external list
         * @description At most 20,000 items. The header is the one that an administrator has set for the list. The answer is the same for a wrong header and an unknown name.
         */
        get: operations["readList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources/{name}/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * For the tenant: a record of a data source
         * @description The header is the one that an administrator has set for the source.
         */
        get: operations["readSourceRecord"];
        /**
         * For the tenant: update a record
         * @description The body has the key too. It is sent once and never repeated. After 504 `RECORD_UNCERTAIN`, read the record before you write it again.
         */
        put: operations["updateSourceRecordByKey"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * For the tenant: update the record whose key is in the body
         * @description The answer is the record as the system of record has it. It is sent once and never repeated. After 504 `RECORD_UNCERTAIN`, read the record before you write it again.
         */
        put: operations["updateSourceRecord"];
        /**
         * For the tenant: create a record in the system of record
         * @description The answer is the record as the system of record has it. It is sent once and never repeated. After 504 `RECORD_UNCERTAIN`, read the record before you write it again.
         */
        post: operations["createSourceRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All lists that the tenant may read */
        get: operations["listLists"];
        put?: never;
        /**
         * Make a list
         * @description The tenant reads it at `/lists/{name}` with the header and the secret. No answer shows the secret. At most 200 lists.
         */
        post: operations["createList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists/{listName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One list */
        get: operations["readListDefinition"];
        put?: never;
        post?: never;
        /** Remove a list and its items */
        delete: operations["removeList"];
        options?: never;
        head?: never;
        /**
         * Change a list, or its secret
         * @description What is left out stays. Two secrets are valid at a time: a third ends the first.
         */
        patch: operations["changeList"];
        trace?: never;
    };
    "/v1/lists/{listName}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace the items of a list with the origin `table`
         * @description At most 20,000 items, and about 4.5 MB. All faults are reported, and then nothing is replaced.
         */
        put: operations["replaceListItems"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists/{listName}/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The items of a list with the origin `table`, as a CSV file
         * @description What a spreadsheet would run as a formula gets a leading `'`.
         */
        get: operations["readListCsv"];
        /**
         * Replace the items of a list with the origin `table` by those of a CSV file
         * @description UTF-8, with a header that has the names of the fields. At most 20,000 items, and about 4.5 MB.
         */
        put: operations["replaceListCsv"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lists/{listName}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the items from their origin now
         * @description Nothing is kept. The answer is 200 also if it fails, and says why.
         */
        post: operations["testList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All data sources that the tenant may call */
        get: operations["listSources"];
        put?: never;
        /**
         * Make a data source
         * @description The tenant calls it below `/sources/{name}` with the header and the secret. No answer shows the secret.
         */
        post: operations["createSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sources/{sourceName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One data source */
        get: operations["readSource"];
        put?: never;
        post?: never;
        /** Remove a data source */
        delete: operations["removeSource"];
        options?: never;
        head?: never;
        /**
         * Change a data source, or its secret
         * @description What is left out stays. Two secrets are valid at a time: a third ends the first.
         */
        patch: operations["changeSource"];
        trace?: never;
    };
    "/v1/sources/{sourceName}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read one record now
         * @description Nothing is kept. The answer is 200 also if it fails, and says why.
         */
        post: operations["testSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the facade answers */
        get: operations["readHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["readOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The events that the facade sends to queues */
        get: operations["readAsyncApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document as a page to try calls on */
        get: operations["readDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{proxy}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of the page */
        get: operations["readDocsFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page of operators: what /v1/health, /v1/quota, /v1/usage and /v1/requests answer, live */
        get: operations["readOps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page of an application: its scopes, limits, usage, subscriptions and tokens, and calls to try */
        get: operations["readMePage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Absolute URLs; those of the upstream point to this facade. */
        Links: {
            self: string;
        } & {
            [key: string]: unknown;
        };
        Resource: {
            /** @description Kind of resource. Notebook objects are all `entity`; their own type is in `attributes.type`. */
            type: string;
            id: string;
            links?: components["schemas"]["Links"];
            attributes?: {
                /** @description Version stamp. Writes carry it as the query parameter `digest`. */
                digest?: string;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        /**
         * @description A JSON:API document. Some operations answer with one resource, some with a list.
         * @example {
         *       "data": {
         *         "type": "entity",
         *         "id": "experiment:<uuid>",
         *         "attributes": {
         *           "type": "experiment",
         *           "name": "Run 7",
         *           "digest": "41200317"
         *         }
         *       }
         *     }
         */
        Document: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data?: components["schemas"]["Resource"] | components["schemas"]["Resource"][] | null;
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /**
         * @description One page of a list. Follow `links.next` until it is absent; there is no `last` and often no total.
         * @example {
         *       "links": {
         *         "next": "<URL of the next page>"
         *       },
         *       "data": [
         *         {
         *           "type": "entity",
         *           "id": "experiment:<uuid>",
         *           "attributes": {
         *             "type": "experiment",
         *             "name": "Run 7",
         *             "digest": "41200317"
         *           }
         *         }
         *       ]
         *     }
         */
        ListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["Resource"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeDocumentLinks: {
            self: string;
            first?: string;
            prev?: string;
            next?: string;
        } & {
            [key: string]: unknown;
        };
        NativeIdentifier: {
            type: string;
            id: string;
        } & {
            [key: string]: unknown;
        };
        NativeRelationship: {
            links?: components["schemas"]["Links"];
            data?: components["schemas"]["NativeIdentifier"] | components["schemas"]["NativeIdentifier"][];
        } & {
            [key: string]: unknown;
        };
        NativeColumn: {
            key: string;
            title: string;
            /** @description Known values: `number`, `integer`, `datetime`, `text`, `list`, `multiSelect`, `attributeList`, `autotextList`, `boolean`, `unit`, `link`, `externalLink`, `user`, `ontologyList`, `formula`, `html`, `structure`. */
            type: string;
            measure?: string;
            defaultUnit?: string;
            readOnly?: boolean;
            multiSelect?: boolean;
            options?: unknown[];
        } & {
            [key: string]: unknown;
        };
        NativeEntity: {
            /** @constant */
            type: "entity";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id?: string;
                eid: string;
                type: string;
                name: string;
                description: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                editedAt: string;
                /** @description Version stamp. Writes carry it as the query parameter `digest`. */
                digest: string;
                fields: {
                    [key: string]: {
                        value?: unknown;
                        values?: unknown[];
                    } & {
                        [key: string]: unknown;
                    };
                };
                state?: string;
                flags?: {
                    isTrashed?: boolean;
                } & {
                    [key: string]: unknown;
                };
                ado?: {
                    id: string;
                    baseType: string;
                    adoName: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeEntityHit: {
            /** @constant */
            type: "entity";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                eid?: string;
                type?: string;
                name?: string;
                /** Format: date-time */
                createdAt?: string;
                /** Format: date-time */
                modifiedAt?: string;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeListedAttribute: {
            /** @constant */
            type: "entity";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                eid: string;
                name: string;
                /** @constant */
                type: "attribute";
                digest: string;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeEntityProperty: {
            /** @constant */
            type: "property";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                name: string;
                value: unknown;
                values: unknown[];
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeContentProperty: {
            /** @constant */
            type: "property";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                name?: string;
                content?: {
                    value?: unknown;
                    values?: unknown[];
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeAttribute: {
            /** @constant */
            type: "attribute";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                name: string;
                type: string;
                options: string[];
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeOption: {
            /** @constant */
            type: "option";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                key: string;
                value: string;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeAdtRow: {
            /** @constant */
            type: "adtRow";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                cells: ({
                    key: string;
                    type: string;
                    name: string;
                    content: {
                        value: unknown;
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeColumnDefinitions: {
            /** @constant */
            type: "columnDefinitions";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                columns: components["schemas"]["NativeColumn"][];
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeGridColumns: {
            /** @constant */
            type: "columnDefinitions";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                reactants?: components["schemas"]["NativeColumn"][];
                products?: components["schemas"]["NativeColumn"][];
                solvents?: components["schemas"]["NativeColumn"][];
                conditions?: components["schemas"]["NativeColumn"][];
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeStoichiometry: {
            /** @constant */
            type: "stoichiometry";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                reactants: ({
                    row_id: string;
                    smiles?: string;
                    inchi?: string;
                    hash?: string;
                } & {
                    [key: string]: unknown;
                })[];
                products: ({
                    row_id: string;
                    smiles?: string;
                    inchi?: string;
                    hash?: string;
                } & {
                    [key: string]: unknown;
                })[];
                solvents: ({
                    row_id: string;
                    smiles?: string;
                    inchi?: string;
                    hash?: string;
                } & {
                    [key: string]: unknown;
                })[];
                conditions: ({
                    row_id: string;
                    smiles?: string;
                    inchi?: string;
                    hash?: string;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeReactant: {
            /** @constant */
            type: "reactant";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                /** @description Known values: `reactants`, `products`, `solvents`, `conditions`. */
                grid: string;
                values: {
                    row_id: string;
                    smiles?: string;
                    inchi?: string;
                    hash?: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeProduct: {
            /** @constant */
            type: "product";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                /** @description Known values: `reactants`, `products`, `solvents`, `conditions`. */
                grid: string;
                values: {
                    row_id: string;
                    smiles?: string;
                    inchi?: string;
                    hash?: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeSolvent: {
            /** @constant */
            type: "solvent";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                /** @description Known values: `reactants`, `products`, `solvents`, `conditions`. */
                grid: string;
                values: {
                    row_id: string;
                    smiles?: string;
                    inchi?: string;
                    hash?: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeCondition: {
            /** @constant */
            type: "condition";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                /** @description Known values: `reactants`, `products`, `solvents`, `conditions`. */
                grid: string;
                values: {
                    row_id: string;
                    smiles?: string;
                    inchi?: string;
                    hash?: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeReactionReactant: {
            /** @constant */
            type: "reactionReactant";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                /** @description Known values: `reactant`, `reagent`, `product`. */
                type: string;
                id: string;
                inchi?: string;
                cdxml?: string;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeReactionReagent: {
            /** @constant */
            type: "reactionReagent";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                /** @description Known values: `reactant`, `reagent`, `product`. */
                type: string;
                id: string;
                inchi?: string;
                cdxml?: string;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeReactionProduct: {
            /** @constant */
            type: "reactionProduct";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                /** @description Known values: `reactant`, `reagent`, `product`. */
                type: string;
                id: string;
                inchi?: string;
                cdxml?: string;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativePlateRow: {
            /** @constant */
            type: "plateRow";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                /** @constant */
                type: "plateRow";
                cells: ({
                    key: string;
                    type: string;
                    name: string;
                    content: {
                        value?: unknown;
                        values?: unknown[];
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativePlate: {
            /** @constant */
            type: "plate";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                eid: string;
                name: string;
                numberOfRows: number;
                numberOfColumns: number;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeSubexpSummaryRow: {
            /** @constant */
            type: "subexpSummaryRow";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                columns: ({
                    key: string;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeSubexpSummaryBulkUpdateReport: {
            /** @constant */
            type: "subexpSummaryBulkUpdateReport";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                bulkUpdateId: number;
                subexpSummaryId: string;
                jobType: string;
                /** @description Known values: `IN_PROGRESS`, `SCHEDULED`. */
                state: string;
                /** @description Known values: `READY`, `SUCCESS`, `FAILED`. */
                jobStatus: string;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeMaterial: {
            /** @constant */
            type: "material";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                library?: string;
                assetTypeId?: string;
                assetId?: string;
                eid?: string;
                name?: string;
                description?: string;
                /** @description Known values: `asset`, `batch`, `assetType`. */
                type?: string;
                /** Format: date-time */
                createdAt?: string;
                /** Format: date-time */
                editedAt?: string;
                digest?: string;
                fields?: {
                    [key: string]: {
                        value: unknown;
                    } & {
                        [key: string]: unknown;
                    };
                };
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeMaterialProperty: {
            /** @constant */
            type: "property";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                name: string;
                value: unknown;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeAssetType: {
            /** @constant */
            type: "assetType";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                name: string;
                digest: string;
                created: {
                    by: {
                        links: components["schemas"]["Links"];
                        data: components["schemas"]["NativeIdentifier"];
                    } & {
                        [key: string]: unknown;
                    };
                    /** Format: date-time */
                    at: string;
                } & {
                    [key: string]: unknown;
                };
                edited: {
                    by: {
                        links: components["schemas"]["Links"];
                        data: components["schemas"]["NativeIdentifier"];
                    } & {
                        [key: string]: unknown;
                    };
                    /** Format: date-time */
                    at: string;
                } & {
                    [key: string]: unknown;
                };
                assets: {
                    displayName: string;
                    numbering: {
                        format: string;
                    } & {
                        [key: string]: unknown;
                    };
                    fields: ({
                        id: string;
                        name: string;
                        dataType: string;
                        mandatory: boolean;
                        hidden: boolean;
                        options?: string[];
                        /** @description Known values: `LIST`, `MULTI_SELECT`. */
                        collection?: string;
                    } & {
                        [key: string]: unknown;
                    })[];
                    assetNameFieldId: string;
                } & {
                    [key: string]: unknown;
                };
                batches: {
                    displayName: string;
                    numbering: {
                        format: string;
                    } & {
                        [key: string]: unknown;
                    };
                    fields: ({
                        id: string;
                        name: string;
                        dataType: string;
                        mandatory: boolean;
                        hidden: boolean;
                        options?: string[];
                        /** @description Known values: `LIST`, `MULTI_SELECT`. */
                        collection?: string;
                    } & {
                        [key: string]: unknown;
                    })[];
                } & {
                    [key: string]: unknown;
                };
                displayTable: {
                    content: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeBulkExportReport: {
            /** @constant */
            type: "bulkExportReport";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                fileId: string;
                reportId: string;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeMaterialBulkExportReport: {
            /** @constant */
            type: "materialBulkExportReport";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                libraryName: string;
                /** Format: date-time */
                createdAt: string;
                status: string;
                fileId: string;
                total: number;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeAssetBulkImportReport: {
            /** @constant */
            type: "assetBulkImportReport";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                assetType: {
                    id: string;
                    name: string;
                    type: string;
                } & {
                    [key: string]: unknown;
                };
                /** Format: date-time */
                createdAt: string;
                status: string;
                report?: {
                    filename: string;
                    succeeded: number;
                    duplicated: number;
                    failed: number;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeInventoryType: {
            /** @constant */
            type: "inventoryType";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                name: string;
                /** @description Known values: `container`, `location`. */
                entityType: string;
                isMovable: boolean;
                inUse: boolean;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                updatedAt: string;
                digest: string;
                fields: ({
                    id: string;
                    definition: {
                        key: string;
                        title: string;
                        type: string;
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeInventoryContainer: {
            /** @constant */
            type: "inventoryContainer";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                name: string;
                typeId: string;
                typeName?: string;
                status: string;
                state: string;
                location?: ({
                    id: string;
                } & {
                    [key: string]: unknown;
                }) | null;
                barcode?: string;
                digest?: string;
                amount?: number;
                unit?: string;
                displayAmount?: string;
                contents: ({
                    entityId: string;
                    entityType: string;
                    status: string;
                    /** Format: date-time */
                    createdAt: string;
                } & {
                    [key: string]: unknown;
                })[];
                ancestors: ({
                    id: string;
                    name: string;
                } & {
                    [key: string]: unknown;
                })[];
                fields: ({
                    id: string;
                    definition: {
                        key: string;
                        title: string;
                        type: string;
                    } & {
                        [key: string]: unknown;
                    };
                    content: {
                        user?: string | number | boolean;
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeInventoryLocation: {
            /** @constant */
            type: "inventoryLocation";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                name: string;
                typeId: string;
                barcode?: string;
                digest?: string;
                ancestors?: ({
                    id: string;
                    name?: string;
                } & {
                    [key: string]: unknown;
                })[];
                isGrid?: boolean;
                rows?: number;
                columns?: number;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeUser: {
            /** @constant */
            type: "user";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                userId: string;
                userName: string;
                email: string;
                firstName: string;
                lastName: string;
                alias?: string;
                country?: string;
                organization?: string;
                isEnabled: boolean;
                /** Format: date-time */
                createdAt?: string;
                lastLoginAt?: string | null;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeProfile: {
            /** @constant */
            type: "profile";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                userId: string;
                firstName: string;
                lastName: string;
                email: string;
                /** Format: date-time */
                createdAt: string;
                tenant: string;
                roles: ({
                    id: string;
                    name: string;
                } & {
                    [key: string]: unknown;
                })[];
                licenses: ({
                    id: string;
                    name: string;
                    /** Format: date-time */
                    expiresAt: string;
                    valid: boolean;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeGroup: {
            /** @constant */
            type: "group";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                eid: string;
                /** @constant */
                type: "group";
                isSystem: boolean;
                name: string;
                description?: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                editedAt: string;
                digest: string;
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeRole: {
            /** @constant */
            type: "role";
            id: string;
            links?: components["schemas"]["Links"];
            attributes: {
                id: string;
                name: string;
                description: string;
                privileges: {
                    [key: string]: boolean;
                };
                counts: {
                    groups: number;
                    users: number;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            relationships?: {
                [key: string]: components["schemas"]["NativeRelationship"];
            };
        } & {
            [key: string]: unknown;
        };
        NativeEntityListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeEntity"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeEntityDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeEntity"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeEntityPropertyListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeEntityProperty"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeContentPropertyListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeContentProperty"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeContentPropertyDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeContentProperty"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeColumnDefinitionsDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeColumnDefinitions"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeEntityHitListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeEntityHit"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeAdtRowListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeAdtRow"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeAdtRowDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeAdtRow"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeListedAttributeListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeListedAttribute"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeAttributeDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeAttribute"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeOptionListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeOption"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeStoichiometryDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeStoichiometry"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeStoichiometryListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeStoichiometry"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeReactantDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeReactant"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeProductDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeProduct"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeSolventDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeSolvent"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeConditionDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeCondition"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeReactantListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeReactant"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeProductListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeProduct"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeSolventListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeSolvent"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeReactionReactantListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeReactionReactant"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeReactionReagentListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeReactionReagent"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeReactionProductListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeReactionProduct"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeReactionReactantDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeReactionReactant"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeReactionReagentDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeReactionReagent"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeReactionProductDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeReactionProduct"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeColumnDefinitionsListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeColumnDefinitions"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeInventoryLocationDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeInventoryLocation"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeInventoryLocationListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeInventoryLocation"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeInventoryTypeListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeInventoryType"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeInventoryContainerListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeInventoryContainer"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeInventoryContainerDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeInventoryContainer"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeAssetTypeListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeAssetType"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeMaterialDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeMaterial"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeMaterialPropertyListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeMaterialProperty"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeAssetBulkImportReportDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeAssetBulkImportReport"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeMaterialListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeMaterial"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeBulkExportReportDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeBulkExportReport"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeMaterialBulkExportReportDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeMaterialBulkExportReport"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeSubexpSummaryRowListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeSubexpSummaryRow"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeSubexpSummaryBulkUpdateReportDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeSubexpSummaryBulkUpdateReport"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativePlateListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativePlate"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativePlateDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativePlate"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativePlateRowListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativePlateRow"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeConditionListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeCondition"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeGridColumnsDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeGridColumns"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeUserListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeUser"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeUserDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeUser"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeGroupListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeGroup"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeGroupDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeGroup"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeRoleListDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeRole"][];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeRoleDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeRole"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NativeProfileDocument: {
            links?: components["schemas"]["NativeDocumentLinks"];
            data: components["schemas"]["NativeProfile"];
            /** @description Related resources, shortened. */
            included?: components["schemas"]["Resource"][];
            meta?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /**
         * @description A JSON:API document. The vendor documents the attributes of each operation.
         * @example {
         *       "data": {
         *         "attributes": {}
         *       }
         *     }
         */
        NativeRequestDocument: {
            data: {
                [key: string]: unknown;
            } | {
                [key: string]: unknown;
            }[];
        };
        /** @description JSON of any shape. */
        AnyJson: unknown;
        /** @description An upstream's error. Every member may be missing. */
        NativeError: {
            status?: string;
            code?: string;
            title?: string;
            detail?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description Errors of the upstream. Authentication failures may come without the wrapper. */
        NativeErrorDocument: {
            errors: components["schemas"]["NativeError"][];
        } | components["schemas"]["NativeError"];
        /** @description An error that the facade made. */
        ErrorDocument: {
            errors: {
                /** @description Id of the request; also in the header X-Request-Id. */
                id: string;
                /** @description The HTTP status, as text. */
                status: string;
                /**
                 * @description What went wrong. A code never changes its meaning.
                 * @enum {string}
                 */
                code: "REQUEST_INVALID" | "REQUEST_TOO_DEEP" | "CONSUMER_UNKNOWN" | "HOOK_REFUSED" | "LIST_REFUSED" | "ACCESS_REFUSED" | "SCOPE_MISSING" | "USER_TOKEN_NEEDED" | "SUBJECT_REFUSED" | "REGISTRATIONS_HIDDEN" | "GRANT_REFUSED" | "CONFIRMATION_REFUSED" | "LINK_REFUSED" | "ROUTE_UNKNOWN" | "CONSUMER_ABSENT" | "KEY_ABSENT" | "BOOKING_UNKNOWN" | "REQUEST_UNKNOWN" | "CREDENTIAL_UNKNOWN" | "TOKEN_UNKNOWN" | "SUBSCRIPTION_UNKNOWN" | "NOTIFICATION_UNKNOWN" | "REPLAY_UNKNOWN" | "ARCHIVE_UNKNOWN" | "BACKFILL_UNKNOWN" | "HOLD_UNKNOWN" | "EXPORT_UNKNOWN" | "MATERIAL_UNKNOWN" | "LIST_UNKNOWN" | "RECORD_UNKNOWN" | "ENTITY_UNKNOWN" | "SAMPLE_UNKNOWN" | "UPLOAD_UNKNOWN" | "CONSUMER_EXISTS" | "KEYS_FULL" | "LAST_ADMIN" | "BOOKING_REFUSED" | "CREDENTIAL_IN_USE" | "CREDENTIAL_KNOWN" | "CREDENTIAL_MISMATCH" | "CREDENTIAL_POOL_FULL" | "SUBSCRIPTIONS_FULL" | "SUBSCRIPTION_PENDING" | "SUBSCRIPTION_CHANGED" | "REPLAYS_FULL" | "EXPORT_NOT_READY" | "FILE_TOO_LARGE" | "BACKFILL_OPEN" | "BACKFILL_OVER" | "HOLD_RELEASED" | "EXPORT_NOT_FAILED" | "INVENTORY_EXISTS" | "LIST_EXISTS" | "LISTS_FULL" | "ENTITY_CONTENDED" | "UPLOAD_BUSY" | "UPLOAD_EMPTY" | "UPLOAD_DONE" | "UPLOAD_UNCERTAIN" | "SAMPLE_BUSY" | "SAMPLE_CHANGED" | "CONSUMER_CHANGED" | "LIST_CHANGED" | "ENTITY_CHANGED" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_UNREPLAYABLE" | "METHOD_NOT_ALLOWED" | "BODY_TOO_LARGE" | "REQUEST_TOO_LARGE" | "MEDIA_TYPE_UNKNOWN" | "HOLD_REFUSED" | "EXPORT_REFUSED" | "RECORD_REFUSED" | "TABLE_REFUSED" | "TENANT_REFUSED" | "CREDENTIAL_REFUSED" | "IDEMPOTENCY_KEY_REUSED" | "RANGE_UNSATISFIABLE" | "VERSION_MISSING" | "TOO_MANY_REQUESTS" | "TOO_MANY_LARGE_ANSWERS" | "EXPORT_LIMIT" | "UPLOAD_LIMIT" | "INTERNAL" | "GATEWAY_FAILED" | "ANSWER_WITHHELD" | "ADDRESS_REFUSED" | "RECORDS_UNREADABLE" | "SOURCE_FAILED" | "TENANT_FAILED" | "UPSTREAM_UNREADABLE" | "AUDIT_UNAVAILABLE" | "CACHE_UNAVAILABLE" | "CONSUMERS_UNAVAILABLE" | "CREDENTIAL_STORE_UNAVAILABLE" | "EXPORTS_UNAVAILABLE" | "ARCHIVE_UNAVAILABLE" | "IDEMPOTENCY_UNAVAILABLE" | "LISTS_UNAVAILABLE" | "LARGE_ANSWERS_UNAVAILABLE" | "KEY_SERVICE_UNAVAILABLE" | "QUOTA_UNAVAILABLE" | "REGISTRATIONS_UNAVAILABLE" | "REQUESTS_UNAVAILABLE" | "TOKENS_UNAVAILABLE" | "UPLOADS_UNAVAILABLE" | "NOTIFICATIONS_UNAVAILABLE" | "SUBSCRIPTIONS_UNAVAILABLE" | "QUEUES_UNAVAILABLE" | "CREDENTIAL_UNAVAILABLE" | "ISSUER_UNREACHABLE" | "LINKING_OFF" | "UPSTREAM_UNREACHABLE" | "GATEWAY_LATE" | "SOURCE_LATE" | "RECORD_UNCERTAIN" | "UPSTREAM_LATE";
                /** @description The code in words. */
                title: string;
                /** @description What is wrong here and what to do. */
                detail: string;
                source?: {
                    /** @description JSON pointer into the body. */
                    pointer?: string;
                    parameter?: string;
                    header?: string;
                };
                links: {
                    /** @description The page that explains the code. */
                    type: string;
                    /** @description Where you can correct it. */
                    about?: string;
                };
            }[];
        };
        NewUpload: {
            data: {
                /** @constant */
                type: "upload";
                attributes: {
                    /** @enum {string} */
                    method: "POST" | "PUT" | "PATCH";
                    path: string;
                    mediaType: string;
                    sizeBytes: number;
                };
            };
        };
        NewContainer: {
            data: {
                /** @constant */
                type: "inventory-container";
                attributes: {
                    /** @description Id of the type: `GET /api/rest/v1.0/inventory/types?entityType=container` lists them. */
                    typeId: string;
                    /** @description No other item may have it, which makes the creation safe to repeat. */
                    barcode: string;
                    description?: string;
                    /** @description What is in it: a batch, a sample, or an asset without batches. */
                    content?: string;
                    /** @description With `unit`. */
                    amount?: number;
                    /**
                     * @description With `amount`. `mug` and `mul` are micrograms and microlitres.
                     * @enum {string}
                     */
                    unit?: "g" | "ml" | "kg" | "mg" | "l" | "mug" | "ng" | "mul" | "nl" | "kl" | "item";
                    /** @description Where it is. */
                    locationId?: string;
                    /** @description In a grid, such as B3; in place of `row` and `column`. */
                    position?: string;
                    /** @description In a grid, from zero. */
                    row?: number;
                    /** @description In a grid, from zero. */
                    column?: number;
                    /** @description Values by the titles or the ids of the fields of the type. Those that the type requires must be there. */
                    fields?: {
                        [key: string]: string | number | boolean | string[];
                    };
                };
            };
        };
        NewLocation: {
            data: {
                /** @constant */
                type: "inventory-location";
                attributes: {
                    /** @description Id of the type: `GET /api/rest/v1.0/inventory/types?entityType=container` lists them. */
                    typeId: string;
                    /** @description No other location may have it. */
                    name: string;
                    /** @description No other item may have it, which makes the creation safe to repeat. */
                    barcode: string;
                    description?: string;
                    /** @description The location that it is in. */
                    parentId?: string;
                    /** @description Makes it a grid, with `columns`. */
                    rows?: number;
                    /** @description Makes it a grid, with `rows`. */
                    columns?: number;
                    /** @description In a grid, such as B3; in place of `row` and `column`. */
                    position?: string;
                    /** @description In a grid, from zero. */
                    row?: number;
                    /** @description In a grid, from zero. */
                    column?: number;
                    /** @description Values by the titles or the ids of the fields of the type. Those that the type requires must be there. */
                    fields?: {
                        [key: string]: string | number | boolean | string[];
                    };
                };
            };
        };
        NewTableRows: {
            data: {
                /** @constant */
                type: "table-rows";
                attributes: {
                    /** @description Added in this order, all or none. */
                    rows: {
                        /** @description Values by the names or the keys of the columns. Numbers, texts, true or false, lists of texts; quantities such as "2.5 g"; links as ids; null empties a cell. */
                        cells: {
                            [key: string]: string | number | boolean | null | string[] | {
                                value: string;
                                display?: string;
                            };
                        };
                        /** @description In a hierarchical table: the row of the layer above. */
                        parentRowId?: string;
                    }[];
                    /** @description Where the tenant asks for a reason for changes: its id. */
                    reasonId?: string;
                    /** @description With `reasonId`: more about the reason. */
                    comment?: string;
                };
            };
        };
        TableRowChange: {
            data: {
                /** @constant */
                type: "table-row";
                attributes: {
                    /** @description Values by the names or the keys of the columns. Numbers, texts, true or false, lists of texts; quantities such as "2.5 g"; links as ids; null empties a cell. */
                    cells: {
                        [key: string]: string | number | boolean | null | string[] | {
                            value: string;
                            display?: string;
                        };
                    };
                    /** @description Where the tenant asks for a reason for changes: its id. */
                    reasonId?: string;
                    /** @description With `reasonId`: more about the reason. */
                    comment?: string;
                };
            };
        };
        EntityChange: {
            data: {
                /** @constant */
                type: "entity";
                attributes: {
                    /** @description New values by the names of the properties, such as Name and Description. Null and an empty list clear. */
                    properties: {
                        [key: string]: string | number | boolean | null | string[];
                    };
                };
            };
        };
        NewSampleRegistration: {
            data: {
                /** @constant */
                type: "sample-registration";
                attributes: {
                    /** @description Id of the sample in the outside system. */
                    externalId?: string;
                    /** @description At most 500 characters. Who reads the registration sees it. */
                    note?: string;
                };
            };
        };
        CachePurge: {
            data: {
                /** @constant */
                type: "cache-purge";
                attributes: {
                    entity?: string;
                    group?: string;
                    /** @constant */
                    all?: true;
                    /**
                     * @description soft: copies are kept for when the tenant fails; hard: they are not.
                     * @default hard
                     * @enum {string}
                     */
                    kind?: "soft" | "hard";
                };
            };
        };
        Booking: {
            data: {
                /** @constant */
                type: "booking";
                attributes: {
                    /** @description Calls. */
                    units: number;
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    until: string;
                };
            };
        };
        NewConsumer: {
            data: {
                /** @constant */
                type: "consumer";
                id: string;
                attributes: {
                    scopes: string[];
                    /**
                     * @default active
                     * @enum {string}
                     */
                    state?: "active" | "suspended";
                    contact?: string;
                    quota?: {
                        /**
                         * @default interactive
                         * @enum {string}
                         */
                        priority?: "interactive" | "background";
                        /** @default 1 */
                        weight?: number;
                        /** @default [] */
                        caps?: {
                            units: number;
                            windowSeconds: number;
                        }[];
                    };
                    actsAs?: ("service" | "user" | "bearer")[];
                    /** @enum {string} */
                    withoutLink?: "refuse" | "service";
                    userAttributed?: string[];
                    oidc?: {
                        issuer: string;
                        clientId: string;
                    };
                };
            };
        };
        ConsumerChange: {
            data: {
                /** @constant */
                type: "consumer";
                id?: string;
                attributes: {
                    scopes?: string[];
                    /** @enum {string} */
                    state?: "active" | "suspended";
                    contact?: string | null;
                    quota?: {
                        /**
                         * @default interactive
                         * @enum {string}
                         */
                        priority?: "interactive" | "background";
                        /** @default 1 */
                        weight?: number;
                        /** @default [] */
                        caps?: {
                            units: number;
                            windowSeconds: number;
                        }[];
                    } | null;
                    actsAs?: ("service" | "user" | "bearer")[] | null;
                    withoutLink?: ("refuse" | "service") | null;
                    userAttributed?: string[] | null;
                    oidc?: {
                        issuer: string;
                        clientId: string;
                    } | null;
                };
            };
        };
        NewConsumerKey: {
            data: {
                /** @constant */
                type: "consumer-key";
                attributes?: {
                    /** Format: date-time */
                    expiresAt?: string;
                };
            };
        };
        NewCredential: {
            data: {
                /** @constant */
                type: "credential";
                attributes: {
                    /**
                     * @default signals
                     * @constant
                     */
                    upstream?: "signals";
                    /** @description The account of the tenant that the key belongs to: the facade has its rights. */
                    owner: string;
                    /** @description The API key. It is stored encrypted and never shown again. */
                    secret: string;
                    /** @description The usable owner of the lowest rank is used. All keys of an owner have one rank. */
                    rank?: number;
                    /**
                     * Format: date-time
                     * @description Not used from then on.
                     */
                    expiresAt?: string;
                };
            };
        };
        CredentialChange: {
            data: {
                /** @constant */
                type: "credential";
                attributes: {
                    /** @enum {string} */
                    state?: "active" | "retiring" | "disabled";
                    /** @description The usable owner of the lowest rank is used. All keys of an owner have one rank. */
                    rank?: number;
                    expiresAt?: string | null;
                };
            };
        };
        /** @description An entity as the tenant gives it to an external action. */
        ActionEntity: {
            data: {
                id: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NewExport: {
            data: {
                /** @constant */
                type: "export";
                attributes: {
                    /**
                     * @description The PDF of an experiment, request, sample or task.
                     * @constant
                     */
                    kind: "pdf";
                    /** @description Id of the entity. */
                    entity: string;
                    /**
                     * @description Parameters of the tenant for this kind.
                     * @default {}
                     */
                    options?: {
                        header?: string;
                        footer?: string;
                        attachments?: boolean;
                        links?: boolean;
                        comments?: boolean;
                        history?: boolean;
                        paper?: string;
                        orientation?: string;
                        locale?: string;
                        timeZone?: string;
                        dateTimeFormat?: string;
                        skipPageBreaks?: boolean;
                    };
                } | {
                    /**
                     * @description The contents of an entity, and of what is below it.
                     * @constant
                     */
                    kind: "bulk";
                    /** @description Id of the entity. */
                    entity: string;
                    /**
                     * @description Parameters of the tenant for this kind.
                     * @default {}
                     */
                    options?: {
                        /**
                         * @description 0 = the entity, 1 = its children too, -1 = all below it.
                         * @default 0
                         */
                        depth?: 0 | 1 | -1;
                        /** @description Types of the entities below it. */
                        types?: string[];
                        structureFormat?: string;
                        stoichiometry?: boolean;
                        stoichiometryStructureFormat?: string;
                        aromaticRepresentation?: string;
                    };
                } | {
                    /**
                     * @description All assets of a library.
                     * @constant
                     */
                    kind: "materials";
                    /** @description Name of the library. */
                    library: string;
                    /**
                     * @description Parameters of the tenant for this kind.
                     * @default {}
                     */
                    options?: {
                        /**
                         * @description SDF is for chemical libraries, ZIP for others.
                         * @enum {string}
                         */
                        fileType?: "SDF" | "CSV" | "ZIP";
                        /** @enum {string} */
                        chemFormat?: "SMILES" | "InChI" | "HELM";
                        /** @description Most assets in one file. */
                        limit?: number;
                    };
                } | {
                    /**
                     * @description The rows of a library, as NDJSON and CSV.
                     * @constant
                     */
                    kind: "extract";
                    /** @description Name of the library. */
                    library: string;
                    options: {
                        /**
                         * @description What the rows are.
                         * @enum {string}
                         */
                        of: "assets" | "batches";
                        /**
                         * @description The structure of each row. Libraries without structures give null.
                         * @constant
                         */
                        structure?: "smiles";
                        /** @description `cursor` of an earlier extract: only what was changed since. Absent = all rows. */
                        since?: string;
                    };
                };
            };
        };
        NewHold: {
            data: {
                /** @constant */
                type: "hold";
                attributes: {
                    /** @description Id of an experiment. */
                    entity: string;
                    /** @description Why its records must be kept. It is stored, and shown to whoever may read holds. */
                    reason: string;
                };
            };
        };
        HoldRelease: {
            data: {
                /** @constant */
                type: "hold-release";
                attributes: {
                    reason: string;
                };
            };
        };
        ArchiveBackfillChange: {
            data: {
                /** @constant */
                type: "archive-backfill";
                id: string;
                attributes: {
                    /** @enum {string} */
                    state: "running" | "paused" | "cancelled";
                };
            };
        };
        NewSubscription: {
            data: {
                /** @constant */
                type: "subscription";
                attributes: {
                    /** @description `kind`: the facade makes a queue. `arn`: yours, which you confirm. */
                    queue: {
                        /** @enum {string} */
                        kind: "standard" | "fifo";
                        /** @description Who may read the queues that the facade makes: an account id, or the ARN of a role. Without it the account of the facade. */
                        reader?: string;
                    } | {
                        /** @description A queue of yours, in any account and region. */
                        arn: string;
                        /** @description Who may read the queues that the facade makes: an account id, or the ARN of a role. Without it the account of the facade. */
                        reader?: string;
                    };
                    filter?: components["schemas"]["Filter"];
                    /**
                     * @description Notifications from this instant on, at most 180 days back.
                     * @default now
                     */
                    startAt?: "now" | string;
                    /** @description One event per entity and interval: the latest one. */
                    latestOnlySeconds?: number;
                    /**
                     * @description Each event has the entity's document in `data.included`, where the consumer may read it. Such events come some seconds later.
                     * @default false
                     */
                    enriched?: boolean;
                };
            };
        };
        /** @description Event pattern in the syntax of EventBridge, over the event as it is sent. */
        Filter: {
            [key: string]: unknown;
        };
        ChangedSubscription: {
            data: {
                /** @constant */
                type: "subscription";
                id?: string;
                attributes: {
                    /** @enum {string} */
                    state?: "active" | "paused";
                    /** @description Null: every event. */
                    filter?: components["schemas"]["Filter"] | null;
                };
            };
        };
        SubscriptionConfirmation: {
            data: {
                /** @constant */
                type: "confirmation";
                attributes: {
                    /** @description From the message in your queue. Without it another code is sent. */
                    code?: string;
                };
            };
        };
        FilterTest: {
            data: {
                /** @constant */
                type: "filter-test";
                attributes: {
                    filter: components["schemas"]["Filter"];
                    /** @description An event as it is sent. Without it the last 100 events are tried. */
                    event?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        NewReplay: {
            data: {
                /** @constant */
                type: "replay";
                attributes: {
                    /**
                     * Format: date-time
                     * @description Notifications received at this instant or later; at most 180 days back.
                     */
                    from: string;
                    /**
                     * Format: date-time
                     * @description Received before this instant. Without it: until now.
                     */
                    until?: string;
                    /**
                     * @description Counts only.
                     * @default false
                     */
                    dryRun?: boolean;
                };
            };
        };
        NewRedrive: {
            data: {
                /** @constant */
                type: "redrive";
                /**
                 * @default {
                 *       "dryRun": false
                 *     }
                 */
                attributes?: {
                    /**
                     * @description Counts only.
                     * @default false
                     */
                    dryRun?: boolean;
                };
            };
        };
        TestEvent: {
            data: {
                /** @constant */
                type: "event";
                attributes: {
                    /** @description Native type, such as `close`. */
                    type: string;
                    /** @description Id of the entity, known or not. */
                    entity: string;
                    /**
                     * @description In place of the native document.
                     * @default {}
                     */
                    data?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        /** @description A record, flat or nested, with the fields of the source. */
        DataSourceRecord: {
            [key: string]: unknown;
        };
        NewExternalList: {
            data: {
                /** @constant */
                type: "list";
                /** @description A part of the address that the tenant calls. */
                id: string;
                attributes: {
                    /** @description The header that the tenant sends. */
                    header: string;
                    /** @description The field that tells items or records apart: a text, number or integer. */
                    key: string;
                    fields: components["schemas"]["ExternalField"][];
                    /** @description A header that the facade sends to the system of record. */
                    upstreamHeader?: {
                        name: string;
                        /** @description Kept encrypted, and sent to this origin only. */
                        value: string;
                    };
                    /**
                     * @description How long a copy is served before the facade asks again.
                     * @default 300
                     */
                    freshSeconds?: number;
                    /**
                     * @description How old a copy may be that is served while the system of record is slow or fails.
                     * @default 604800
                     */
                    staleSeconds?: number;
                    /** @description What the tenant sends in the header: 24 characters or more. */
                    secret: string;
                    origin: components["schemas"]["ExternalListOriginTable"] | components["schemas"]["ExternalListOriginCsv"] | components["schemas"]["ExternalListOriginUrl"];
                };
            };
        };
        ExternalField: {
            /** @description Name of the field. In a source, the path of a nested value: `a.b[0].c`, or `["x.y"]` for a name with a dot. */
            name: string;
            /**
             * @description As in Signals; `hyperlink` is External Hyperlink, `datetime` is Date/Time.
             * @enum {string}
             */
            type: "text" | "number" | "integer" | "checkbox" | "datetime" | "hyperlink";
            /** @description A record without a value is refused. */
            isRequired?: boolean;
        };
        ExternalListOriginTable: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "table";
        };
        ExternalListOriginCsv: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "csv";
            /** @description Key of an object below `csv/` in the bucket of lists. */
            object: string;
        };
        ExternalListOriginUrl: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "url";
            url: string;
        };
        ExternalListChange: {
            data: {
                /** @constant */
                type: "list";
                attributes: {
                    /** @description The header that the tenant sends. */
                    header?: string;
                    /** @description The field that tells items or records apart: a text, number or integer. */
                    key?: string;
                    fields?: components["schemas"]["ExternalField"][];
                    upstreamHeader?: {
                        name: string;
                        /** @description Kept encrypted, and sent to this origin only. */
                        value: string;
                    } | null;
                    /** @description How long a copy is served before the facade asks again. */
                    freshSeconds?: number;
                    /** @description How old a copy may be that is served while the system of record is slow or fails. */
                    staleSeconds?: number;
                    /** @description A new value. The one before it stays valid. */
                    secret?: string;
                    /**
                     * @description All other values stop working at once.
                     * @constant
                     */
                    endsOtherSecrets?: true;
                    origin?: components["schemas"]["ExternalListOriginTable"] | components["schemas"]["ExternalListOriginCsv"] | components["schemas"]["ExternalListOriginUrl"];
                };
            };
        };
        NewExternalListItems: {
            data: {
                [key: string]: unknown;
            }[];
        };
        NewDataSource: {
            data: {
                /** @constant */
                type: "source";
                /** @description A part of the address that the tenant calls. */
                id: string;
                attributes: {
                    /** @description The header that the tenant sends. */
                    header: string;
                    /** @description The field that tells items or records apart: a text, number or integer. */
                    key: string;
                    fields: components["schemas"]["ExternalField"][];
                    /** @description A header that the facade sends to the system of record. */
                    upstreamHeader?: {
                        name: string;
                        /** @description Kept encrypted, and sent to this origin only. */
                        value: string;
                    };
                    /**
                     * @description How long a copy is served before the facade asks again.
                     * @default 0
                     */
                    freshSeconds?: number;
                    /**
                     * @description How old a copy may be that is served while the system of record is slow or fails.
                     * @default 86400
                     */
                    staleSeconds?: number;
                    /** @description What the tenant sends in the header: 24 characters or more. */
                    secret: string;
                    /** @description Addresses of the system of record, all of one origin. Without the latter two, such writes are refused. */
                    urls: {
                        read: string;
                        create?: string;
                        update?: string;
                    };
                };
            };
        };
        DataSourceChange: {
            data: {
                /** @constant */
                type: "source";
                attributes: {
                    /** @description The header that the tenant sends. */
                    header?: string;
                    /** @description The field that tells items or records apart: a text, number or integer. */
                    key?: string;
                    fields?: components["schemas"]["ExternalField"][];
                    upstreamHeader?: {
                        name: string;
                        /** @description Kept encrypted, and sent to this origin only. */
                        value: string;
                    } | null;
                    /** @description How long a copy is served before the facade asks again. */
                    freshSeconds?: number;
                    /** @description How old a copy may be that is served while the system of record is slow or fails. */
                    staleSeconds?: number;
                    /** @description A new value. The one before it stays valid. */
                    secret?: string;
                    /**
                     * @description All other values stop working at once.
                     * @constant
                     */
                    endsOtherSecrets?: true;
                    /** @description Addresses of the system of record, all of one origin. Without the latter two, such writes are refused. */
                    urls?: {
                        read: string;
                        create?: string;
                        update?: string;
                    };
                };
            };
        };
        DataSourceTest: {
            data: {
                /** @constant */
                type: "source-test";
                attributes: {
                    key: string;
                    username?: string;
                    userAlias?: string;
                };
            };
        };
        /** @description The upload. */
        UploadDocument: {
            links: {
                /** Format: uri */
                self: string;
            };
            data: {
                /** @constant */
                type: "upload";
                id: string;
                links: {
                    /** Format: uri */
                    self: string;
                    /**
                     * Format: uri
                     * @description POST here to send the bytes to the native operation.
                     */
                    forward: string;
                    /**
                     * Format: uri
                     * @description PUT the bytes here. Only in the answer to the creation; works for an hour.
                     */
                    upload?: string;
                };
                attributes: {
                    /**
                     * @description waiting: bytes may be put and forwarded; forwarding: on its way; forwarded: done, the bytes are gone; uncertain: no answer came, or a 5xx: look in the tenant, then forward with again=true.
                     * @enum {string}
                     */
                    state: "waiting" | "forwarding" | "forwarded" | "uncertain";
                    method: string;
                    path: string;
                    mediaType: string;
                    sizeBytes: number;
                    /** Format: date-time */
                    createdAt: string;
                    /**
                     * Format: date-time
                     * @description When the upload and its bytes are forgotten.
                     */
                    expiresAt: string;
                    /** @description Status of the last native answer. */
                    answerStatus?: number;
                    /** @constant */
                    uploadMethod?: "PUT";
                    /** @description Headers that the PUT must carry. */
                    uploadHeaders?: {
                        [key: string]: string;
                    };
                };
            };
        };
        MaterialsDocument: {
            data: components["schemas"]["Material"][];
            meta: {
                /** @description Of all pages. The tenant does not count the batches of an asset. */
                total?: number;
                /** @description True = the pages do not hold everything, because no offset is above 5,000. Narrow the times. */
                isTruncated: boolean;
                /** @description Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted. */
                upstreamCalls: number;
            };
            links: {
                next?: string;
            };
        };
        Material: {
            /** @enum {string} */
            type: "asset" | "batch";
            /** @description Such as batch:5f1e1000000000000000001a. */
            id: string;
            attributes: {
                /** @description The material id, such as 0001-0001. */
                name: string;
                description?: string;
                /** @description As the tenant writes it. */
                createdAt: string;
                /** @description As the tenant writes it. */
                modifiedAt: string;
                /** @description The version. A write of the tenant takes it. */
                digest?: string;
                /** @description Values by the names of the fields. */
                fields: {
                    [key: string]: unknown;
                };
                /** @description SMILES, where they were asked for; null without `structureError` = there is none. */
                structure?: string | null;
                /** @description Why a structure could not be read. */
                structureError?: string;
            };
            links: {
                /** @description The material in the native API. */
                self: string;
            };
        };
        MaterialDocument: {
            data: components["schemas"]["Material"];
            meta: {
                /** @description Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted. */
                upstreamCalls: number;
            };
        };
        InventoryItemsDocument: {
            data: components["schemas"]["InventoryItem"][];
            meta: {
                /** @description Of all pages. */
                total: number;
                /** @description True = the pages do not hold everything: no offset is above 5,000, or the search ended early. */
                isTruncated: boolean;
                /** @description Calls that were sent to the tenant for this answer. */
                upstreamCalls: number;
            };
            links: {
                next?: string;
            };
        };
        InventoryItem: {
            /** @enum {string} */
            type: "inventory-container" | "inventory-location";
            id: string;
            attributes: {
                name: string;
                description?: string;
                /** @description As the tenant writes it. */
                createdAt: string;
                /** @description As the tenant writes it. */
                modifiedAt: string;
                digest?: string;
                typeName?: string;
                /** @description Values by the names of the fields, such as Barcode. */
                fields: {
                    [key: string]: unknown;
                };
            };
            links: {
                /** @description The item in the native API. */
                self: string;
            };
        };
        InventoryContainerDocument: {
            data: {
                /** @constant */
                type: "inventory-container";
                id: string;
                attributes: {
                    /** @description That of a container is made by the tenant. */
                    name: string;
                    barcode?: string;
                    typeId?: string;
                    typeName?: string;
                    description?: string;
                    /** @description The version. A write of the tenant takes it. */
                    digest?: string;
                    locationId?: string;
                    /** @description In a grid, from zero. */
                    row?: number;
                    /** @description In a grid, from zero. */
                    column?: number;
                    /** @description The same, such as B3. */
                    position?: string;
                    amount?: number;
                    unit?: string;
                    /** @description The amount as the tenant shows it. */
                    displayAmount?: string;
                    status?: string;
                    /** @description Of a grid. */
                    rows?: number;
                    /** @description Of a grid. */
                    columns?: number;
                };
                links: {
                    /** @description The item in the native API. */
                    self: string;
                };
            };
        };
        InventoryLocationDocument: {
            data: {
                /** @constant */
                type: "inventory-location";
                id: string;
                attributes: {
                    /** @description That of a container is made by the tenant. */
                    name: string;
                    barcode?: string;
                    typeId?: string;
                    typeName?: string;
                    description?: string;
                    /** @description The version. A write of the tenant takes it. */
                    digest?: string;
                    locationId?: string;
                    /** @description In a grid, from zero. */
                    row?: number;
                    /** @description In a grid, from zero. */
                    column?: number;
                    /** @description The same, such as B3. */
                    position?: string;
                    amount?: number;
                    unit?: string;
                    /** @description The amount as the tenant shows it. */
                    displayAmount?: string;
                    status?: string;
                    /** @description Of a grid. */
                    rows?: number;
                    /** @description Of a grid. */
                    columns?: number;
                };
                links: {
                    /** @description The item in the native API. */
                    self: string;
                };
            };
        };
        WellDocument: {
            data: {
                /** @constant */
                type: "well-position";
                /** @description The label. */
                id: string;
                attributes: {
                    /** @description From zero. The tenant calls it Y. */
                    row: number;
                    /** @description From zero. The tenant calls it X. */
                    column: number;
                    /** @description From zero, row by row; where `columns` was given. */
                    index?: number;
                };
            };
        };
        TableRowsDocument: {
            data: components["schemas"]["TableRow"][];
            meta: {
                /** @description Version of the table, which is also the ETag. */
                digest?: string;
                columns: {
                    key: string;
                    title: string;
                    /** @description The name of its cells in a row: the title, or the key where another column has the title. */
                    name: string;
                    /** @description Such as text, number, unit or multiSelect. */
                    type: string;
                    isReadOnly: boolean;
                    options?: string[];
                    defaultUnit?: string;
                }[];
                /** @description Rows of all pages. */
                total: number;
                /** @description Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted. */
                upstreamCalls: number;
            };
            links: {
                next?: string;
            };
        };
        TableRow: {
            /** @constant */
            type: "table-row";
            /** @description Id of the row; in a table of samples, the one of the sample. */
            id: string;
            attributes: {
                /** @description Values by the names of the columns. Empty cells are left out. Numbers are numbers, quantities text. */
                cells: {
                    [key: string]: unknown;
                };
                /** @description In a hierarchical table. */
                parentRowId?: string | null;
                /** @description Of the sample. */
                name?: string;
                /** @description Of the sample. */
                state?: string;
            };
        };
        AddedTableRowsDocument: {
            data: components["schemas"]["TableRow"][];
            meta: {
                /** @description Version of the table, which is also the ETag. */
                digest?: string;
                /** @description Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted. */
                upstreamCalls: number;
            };
        };
        TableRowDocument: {
            data: components["schemas"]["TableRow"];
            meta: {
                /** @description Version of the table, which is also the ETag. */
                digest?: string;
                /** @description Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted. */
                upstreamCalls: number;
            };
        };
        AttachmentsDocument: {
            data: components["schemas"]["Attachment"][];
            meta: {
                /** @description True = the entity has more children than the tenant lists. */
                isTruncated: boolean;
                /** @description Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted. */
                upstreamCalls: number;
            };
        };
        Attachment: {
            /** @constant */
            type: "attachment";
            /** @description Such as pdf:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10. */
            id: string;
            attributes: {
                /** @description The name of the file, as it was given. */
                name: string;
                /** @description What the tenant takes it for: imageResource, pdf, excel, viewonly, text, uploadedResource, ... */
                kind: string;
                description?: string;
                /** @description As the tenant writes it. */
                createdAt?: string;
                /** @description As the tenant writes it. */
                editedAt?: string;
                /** @description Version of the file. Its replacement takes it in If-Match. */
                digest?: string;
            };
            links: {
                /** @description The bytes. */
                self: string;
            };
        };
        AttachmentDocument: {
            data: components["schemas"]["Attachment"];
            meta: {
                /** @description Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted. */
                upstreamCalls: number;
            };
        };
        EntityDocument: {
            data: {
                /** @constant */
                type: "entity";
                id: string;
                attributes: {
                    /** @description The type, such as experiment. */
                    kind: string;
                    /** @description The new version, which is also the ETag. */
                    digest?: string;
                    /** @description Values by names, after the change. */
                    properties: {
                        [key: string]: unknown;
                    };
                };
            };
            meta: {
                /** @description Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted. */
                upstreamCalls: number;
            };
        };
        TemplatesDocument: {
            data: components["schemas"]["Template"][];
            meta: {
                /** @description Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted. */
                upstreamCalls: number;
            };
            links: {
                next?: string;
            };
        };
        Template: {
            /** @constant */
            type: "template";
            /** @description A new entity names it in `relationships.template`. */
            id: string;
            attributes: {
                name: string;
                /** @description The type of what it makes, such as experiment. */
                kind: string;
                digest?: string;
                description?: string;
                createdAt?: string;
                editedAt?: string;
            };
            links: {
                fields: string;
                /** @description The template in the native API. */
                self: string;
            };
        };
        TemplateFieldsDocument: {
            data: components["schemas"]["TemplateField"][];
            meta: {
                /** @description Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted. */
                upstreamCalls: number;
            };
        };
        TemplateField: {
            /** @constant */
            type: "template-field";
            id: string;
            /** @description As the tenant gives them: name, type, options and others. */
            attributes: {
                name: string;
            } & {
                [key: string]: unknown;
            };
        };
        SampleRegistrationsDocument: {
            data: components["schemas"]["SampleRegistration"][];
            links: {
                next?: string;
            };
        };
        SampleRegistration: {
            /** @constant */
            type: "sample-registration";
            /** @description Id of the sample. */
            id: string;
            attributes: {
                /** @enum {string} */
                state: "unregistered" | "in-sync" | "drifted";
                /** @description `digests.self`: of the content of the sample. */
                digest: string;
                /** @description `digests.external`: of the content that is registered; null = nothing is. A text of more than 200 characters is cut and ends with `…`. */
                registeredDigest: string | null;
                /**
                 * Format: date-time
                 * @description When the tenant showed these digests.
                 */
                checkedAt: string;
                /**
                 * Format: date-time
                 * @description When the facade first saw this drift. The sample changed then or before.
                 */
                driftedSince?: string;
                /**
                 * Format: date-time
                 * @description Only in the list: since when the tenant does not show the sample to the service account.
                 */
                absentSince?: string;
                /**
                 * Format: date-time
                 * @description When the facade marked the registered digest.
                 */
                registeredAt?: string;
                /** @description The consumer that marked it. */
                registeredBy?: string;
                externalId?: string;
                note?: string;
            };
            links: {
                self: string;
                /** @description The sample in the native API. */
                sample: string;
            };
        };
        SampleRegistrationDocument: {
            data: components["schemas"]["SampleRegistration"];
            meta: {
                /** @description Calls that were sent to the tenant. */
                upstreamCalls: number;
            };
        };
        /** @description Figures of the last 24 hours. */
        CacheDocument: {
            data: {
                /** @constant */
                type: "cache";
                /** @description The upstream whose answers it holds. */
                id: string;
                attributes: {
                    /** @description No answer is older than this behind an edit in the tenant. */
                    boundSeconds: number;
                    sweep: {
                        /**
                         * @description How the sweep fares that finds what changed in the tenant.
                         * @enum {string}
                         */
                        state: "never" | "healthy" | "lagging";
                        /** @description Missing until the first sweep. */
                        lagSeconds?: number;
                        /** @description Types of entities that it sees. */
                        types: string[];
                    };
                    /** @description So many hours, this one included, are counted in `classes`. */
                    figuresHours: number;
                    /** @description By cache class: how many answers had which verdict. */
                    classes: {
                        [key: string]: {
                            [key: string]: number;
                        };
                    };
                };
            };
        };
        /** @description What was purged. */
        CachePurgeDocument: {
            data: {
                /** @constant */
                type: "cache-purge";
                id: string;
                attributes: {
                    entity?: string;
                    group?: string;
                    /** @constant */
                    all?: true;
                    /** @enum {string} */
                    kind: "soft" | "hard";
                    /** Format: date-time */
                    purgedAt: string;
                };
            };
        };
        /** @description The budget as it stands. */
        QuotaDocument: {
            data: {
                /** @constant */
                type: "quota";
                /** @description The upstream whose budget it is. */
                id: string;
                attributes: {
                    /** @description Calls in any window. */
                    limit: number;
                    windowSeconds: number;
                    used: number;
                    free: number;
                    /** @description Until more is free than now; the window when all is free. */
                    moreInSeconds: number;
                    nearLimit: boolean;
                    /** @description The limit before what the upstream has taught by 429. */
                    configuredLimit: number;
                    /** @description For so long the upstream has asked for silence. */
                    pausedSeconds: number;
                    consumers: {
                        consumerId: string;
                        /** @enum {string} */
                        priority: "interactive" | "background";
                        /** @description Calls in the last 60 s, estimated. */
                        unitsLastMinute: number;
                        isWaiting: boolean;
                    }[];
                };
            };
        };
        /** @description The bookings. */
        BookingsDocument: {
            data: {
                /** @constant */
                type: "booking";
                id: string;
                attributes: {
                    consumerId: string;
                    /** @description Calls. */
                    units: number;
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    until: string;
                };
            }[];
        };
        /** @description The booking. */
        BookingDocument: {
            data: {
                /** @constant */
                type: "booking";
                id: string;
                attributes: {
                    consumerId: string;
                    /** @description Calls. */
                    units: number;
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    until: string;
                };
            };
        };
        /** @description Your own record. */
        CallerDocument: {
            links: {
                /** Format: uri */
                self: string;
            };
            data: {
                /** @constant */
                type: "consumer";
                id: string;
                attributes: {
                    scopes: string[];
                    /** @enum {string} */
                    state: "active" | "suspended";
                    contact?: string;
                    quota: {
                        /** @enum {string} */
                        priority: "interactive" | "background";
                        weight: number;
                        caps: {
                            units: number;
                            windowSeconds: number;
                        }[];
                    };
                    actsAs: ("service" | "user" | "bearer")[];
                    /** @enum {string} */
                    withoutLink: "refuse" | "service";
                    userAttributed: string[];
                    oidc?: {
                        issuer: string;
                        clientId: string;
                    };
                    /** @description The key of this request. Missing where a token of an issuer was sent. */
                    key?: {
                        id: string;
                        /** Format: date-time */
                        expiresAt?: string;
                    };
                    /** @description The person for whom this request was made. */
                    onBehalfOf?: string;
                };
                meta?: {
                    /** @description Scopes of the record that stand for nothing and grant nothing. */
                    unknownScopes?: string[];
                    /** @description Marks of the record that stand for nothing and protect nothing. */
                    unknownUserAttributed?: string[];
                };
            };
        };
        /** @description One page of consumers. */
        ConsumersDocument: {
            links: {
                /** Format: uri */
                next?: string;
            };
            data: {
                /** @constant */
                type: "consumer";
                id: string;
                links: {
                    /** Format: uri */
                    self: string;
                };
                attributes: {
                    scopes: string[];
                    /** @enum {string} */
                    state: "active" | "suspended";
                    contact?: string;
                    quota: {
                        /** @enum {string} */
                        priority: "interactive" | "background";
                        weight: number;
                        caps: {
                            units: number;
                            windowSeconds: number;
                        }[];
                    };
                    actsAs: ("service" | "user" | "bearer")[];
                    /** @enum {string} */
                    withoutLink: "refuse" | "service";
                    userAttributed: string[];
                    oidc?: {
                        issuer: string;
                        clientId: string;
                    };
                };
                relationships: {
                    keys: {
                        links: {
                            /** Format: uri */
                            related: string;
                        };
                    };
                };
                meta: {
                    /** @description Also the ETag, for If-Match. */
                    version: number;
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: date-time */
                    changedAt: string;
                    /** @description Scopes of the record that stand for nothing and grant nothing. */
                    unknownScopes?: string[];
                    /** @description Marks of the record that stand for nothing and protect nothing. */
                    unknownUserAttributed?: string[];
                };
            }[];
        };
        /** @description The consumer. */
        ConsumerDocument: {
            links: {
                /** Format: uri */
                self: string;
            };
            data: {
                /** @constant */
                type: "consumer";
                id: string;
                links: {
                    /** Format: uri */
                    self: string;
                };
                attributes: {
                    scopes: string[];
                    /** @enum {string} */
                    state: "active" | "suspended";
                    contact?: string;
                    quota: {
                        /** @enum {string} */
                        priority: "interactive" | "background";
                        weight: number;
                        caps: {
                            units: number;
                            windowSeconds: number;
                        }[];
                    };
                    actsAs: ("service" | "user" | "bearer")[];
                    /** @enum {string} */
                    withoutLink: "refuse" | "service";
                    userAttributed: string[];
                    oidc?: {
                        issuer: string;
                        clientId: string;
                    };
                };
                relationships: {
                    keys: {
                        links: {
                            /** Format: uri */
                            related: string;
                        };
                    };
                };
                meta: {
                    /** @description Also the ETag, for If-Match. */
                    version: number;
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: date-time */
                    changedAt: string;
                    /** @description Scopes of the record that stand for nothing and grant nothing. */
                    unknownScopes?: string[];
                    /** @description Marks of the record that stand for nothing and protect nothing. */
                    unknownUserAttributed?: string[];
                };
            };
        };
        /** @description At most two working keys. */
        ConsumerKeysDocument: {
            data: {
                /** @constant */
                type: "consumer-key";
                id: string;
                attributes: {
                    /** Format: date-time */
                    createdAt: string;
                    /**
                     * Format: date
                     * @description The last day, in UTC, on which it was used.
                     */
                    lastUsedOn?: string;
                    /** Format: date-time */
                    expiresAt?: string;
                };
            }[];
        };
        /** @description The key, in `data.attributes.key`. */
        NewConsumerKeyDocument: {
            data: {
                /** @constant */
                type: "consumer-key";
                id: string;
                attributes: {
                    /** Format: date-time */
                    createdAt: string;
                    /**
                     * Format: date
                     * @description The last day, in UTC, on which it was used.
                     */
                    lastUsedOn?: string;
                    /** Format: date-time */
                    expiresAt?: string;
                    /** @description The key itself. Nothing shows it again. */
                    key: string;
                };
            };
        };
        /** @description The pool. */
        CredentialsDocument: {
            data: {
                /** @constant */
                type: "credential";
                id: string;
                attributes: {
                    upstream: string;
                    owner: string;
                    /** @description The tenant's id of the account, when it could be asked. */
                    accountId?: string;
                    /**
                     * @description active: in use; retiring: used only while no active key of its owner is usable; disabled: never used.
                     * @enum {string}
                     */
                    state: "active" | "retiring" | "disabled";
                    rank: number;
                    /** @description Neither disabled, nor expired, nor put aside after a 401. */
                    usable: boolean;
                    /** @description The one that calls use now. */
                    preferred: boolean;
                    /** Format: date-time */
                    addedAt: string;
                    /**
                     * Format: date-time
                     * @description Right to the hour.
                     */
                    lastUsedAt?: string;
                    /** Format: date-time */
                    expiresAt?: string;
                    /** @description Times in a row that a 401 has put it aside; the third disables it. */
                    strikes: number;
                    /**
                     * Format: date-time
                     * @description When the first of these refusals came.
                     */
                    refusedSince?: string;
                    /** @description 401: refused, not used until then. 429: a note only, for the limit is that of the tenant. */
                    cooldown?: {
                        /** Format: date-time */
                        until: string;
                        /** @enum {string} */
                        reason: "401" | "429";
                    };
                };
            }[];
        };
        /** @description The key, without its secret. */
        CredentialDocument: {
            data: {
                /** @constant */
                type: "credential";
                id: string;
                attributes: {
                    upstream: string;
                    owner: string;
                    /** @description The tenant's id of the account, when it could be asked. */
                    accountId?: string;
                    /**
                     * @description active: in use; retiring: used only while no active key of its owner is usable; disabled: never used.
                     * @enum {string}
                     */
                    state: "active" | "retiring" | "disabled";
                    rank: number;
                    /** @description Neither disabled, nor expired, nor put aside after a 401. */
                    usable: boolean;
                    /** @description The one that calls use now. */
                    preferred: boolean;
                    /** Format: date-time */
                    addedAt: string;
                    /**
                     * Format: date-time
                     * @description Right to the hour.
                     */
                    lastUsedAt?: string;
                    /** Format: date-time */
                    expiresAt?: string;
                    /** @description Times in a row that a 401 has put it aside; the third disables it. */
                    strikes: number;
                    /**
                     * Format: date-time
                     * @description When the first of these refusals came.
                     */
                    refusedSince?: string;
                    /** @description 401: refused, not used until then. 429: a note only, for the limit is that of the tenant. */
                    cooldown?: {
                        /** Format: date-time */
                        until: string;
                        /** @enum {string} */
                        reason: "401" | "429";
                    };
                };
            };
        };
        /** @description The token, without its value. */
        TokenDocument: {
            data: {
                /** @constant */
                type: "user-token";
                /** @description A renewed token has another. */
                id: string;
                attributes: {
                    upstream: string;
                    consumerId: string;
                    /** @description The consumer's own name for the person. */
                    subject: string;
                    /**
                     * @description living: in use; doubted: refused once, and asked about again; dead: it has to be renewed.
                     * @enum {string}
                     */
                    state: "living" | "doubted" | "dead";
                    /** @description The account in the tenant. */
                    personId: string;
                    personEmail: string;
                    /** Format: date-time */
                    linkedAt: string;
                    /**
                     * Format: date-time
                     * @description Never more than half a day behind.
                     */
                    lastUsedAt: string;
                    /**
                     * Format: date-time
                     * @description Missing for a dead one.
                     */
                    diesUnusedAt?: string;
                    /** @description Missing for a dead one. */
                    daysLeft?: number;
                    /** Format: date-time */
                    warnedAt?: string;
                    /** Format: date-time */
                    doubtedAt?: string;
                    /** Format: date-time */
                    diedAt?: string;
                };
            };
            links: {
                /** Format: uri */
                self: string;
                renew: {
                    /** Format: uri */
                    href: string;
                    meta: {
                        /** @constant */
                        method: "POST";
                    };
                };
            };
        };
        /** @description The link. */
        TokenLinkDocument: {
            data: {
                /** @constant */
                type: "token-link";
                id: string;
                attributes: {
                    /**
                     * Format: uri
                     * @description For a browser; good once.
                     */
                    url: string;
                    /** Format: date-time */
                    expiresAt: string;
                };
            };
        };
        /** @description Tokens, without their values. */
        TokensDocument: {
            data: {
                /** @constant */
                type: "user-token";
                /** @description A renewed token has another. */
                id: string;
                attributes: {
                    upstream: string;
                    consumerId: string;
                    /** @description The consumer's own name for the person. */
                    subject: string;
                    /**
                     * @description living: in use; doubted: refused once, and asked about again; dead: it has to be renewed.
                     * @enum {string}
                     */
                    state: "living" | "doubted" | "dead";
                    /** @description The account in the tenant. */
                    personId: string;
                    personEmail: string;
                    /** Format: date-time */
                    linkedAt: string;
                    /**
                     * Format: date-time
                     * @description Never more than half a day behind.
                     */
                    lastUsedAt: string;
                    /**
                     * Format: date-time
                     * @description Missing for a dead one.
                     */
                    diesUnusedAt?: string;
                    /** @description Missing for a dead one. */
                    daysLeft?: number;
                    /** Format: date-time */
                    warnedAt?: string;
                    /** Format: date-time */
                    doubtedAt?: string;
                    /** Format: date-time */
                    diedAt?: string;
                };
            }[];
            links: {
                /** Format: uri */
                next?: string;
            };
            meta: {
                /** @description Records of this page that could not be understood, and are left out. */
                unreadable: number;
            };
        };
        TokenLinkOutcome: {
            title: string;
            text: string;
        };
        /** @description What was decided about the request. */
        RequestDocument: {
            links: {
                /** Format: uri */
                self: string;
            };
            data: components["schemas"]["RequestResource"];
        };
        RequestResource: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "request";
            id: string;
            links: {
                /** Format: uri */
                self: string;
                /**
                 * Format: uri
                 * @description What its error code means.
                 */
                error?: string;
                /**
                 * Format: uri
                 * @description What Cache-Status means.
                 */
                cacheStatus?: string;
                /** Format: uri */
                quota?: string;
            };
            attributes: {
                consumerId: string;
                method: string;
                /** @description The catalogue's row. */
                operation?: string;
                scope?: string;
                /** @description As whom it went upstream. */
                credentialKind?: string;
                cacheStatus?: string;
                quota?: {
                    outcome?: string;
                    shadow?: boolean;
                    priority?: string;
                    /** @description How often the quota was asked: once for each send. */
                    asked?: number;
                    units?: number;
                    waitedMillis?: number;
                    /** @description The limit that was used up, as the RateLimit header names it. */
                    refusedBy?: string;
                    /** Format: date-time */
                    retryAt?: string;
                };
                /** @description What was sent upstream, in order. */
                sends: {
                    answered: boolean;
                    status?: number;
                }[];
                status: number;
                errorCode?: string;
                /** @description Why it was refused or failed, in a sentence. */
                reason?: string;
                /** @description Section of docs/runbook.md that helps the operators. */
                runbook?: string;
                /** @description Requests of the same consumer, minute, status, code and limit that the record stands for, itself included. */
                standsFor: number;
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                answeredAt: string;
                /** Format: date-time */
                endedAt: string;
                durationMillis: number;
                /** Format: date-time */
                keptUntil: string;
            };
        };
        /** @description One page. */
        RequestListDocument: {
            links: {
                /** Format: uri */
                next?: string;
            };
            data: (components["schemas"]["RequestResource"] | components["schemas"]["RequestHits"])[];
        };
        RequestHits: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hits";
            id: string;
            attributes: {
                consumerId: string;
                /**
                 * Format: date-time
                 * @description Begin of the minute.
                 */
                startedAt: string;
                /** @description Requests of that minute that were answered without a call upstream. */
                standsFor: number;
            };
        };
        /** @description One page. */
        UsageDocument: {
            links: {
                /** Format: uri */
                next?: string;
            };
            data: components["schemas"]["UsageResource"][];
        };
        UsageResource: {
            /** @constant */
            type: "usage";
            id: string;
            attributes: {
                consumerId: string;
                /** @description Id of the facade key, or `token` for tokens of an issuer. */
                keyId: string;
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                until: string;
                calls: number;
                /** @description Answered with a copy of the cache, fresh or stale. */
                hits: number;
                /** @description Sent to the tenant, retries included. */
                upstreamCalls: number;
                /** @description Answered without a call: hits, shared flights and repeated answers. */
                upstreamCallsSaved: number;
                quotaUnits: number;
                /** @description Answered 429 by the facade. */
                refusals: number;
                /** @description By the limit, as `refusedBy` of a record names it. */
                refusalsByLimit: {
                    [key: string]: number;
                };
                /** @description Answered with one of the facade's own errors, refusals included. */
                errors: number;
                /** @description Of the bodies that were sent to the caller. */
                bytes: number;
                durationMillis: number;
                /** @description By list prices; see docs/usage.md. */
                estimatedCostUsd: number;
            };
        };
        /** @description What the facade leans on. */
        HealthDocument: {
            data: {
                /** @constant */
                type: "health";
                id: string;
                attributes: {
                    /**
                     * @description The worst of the checks.
                     * @enum {string}
                     */
                    state: "ok" | "degraded" | "failed";
                    checks: {
                        /** @enum {string} */
                        name: "store" | "queues" | "upstream" | "sweep" | "hook" | "credentials" | "archive";
                        /** @enum {string} */
                        state: "ok" | "degraded" | "failed";
                        reason: string;
                        /**
                         * Format: date-time
                         * @description When a check first found this state.
                         */
                        since: string;
                    }[];
                };
            };
        };
        /** @description One page. */
        AuditDocument: {
            links: {
                /** Format: uri */
                next?: string;
            };
            data: {
                /** @constant */
                type: "audit-entry";
                id: string;
                attributes: {
                    /** Format: date-time */
                    startedAt: string;
                    /** Format: date-time */
                    endedAt?: string;
                    durationMillis?: number;
                    /** @enum {string} */
                    kind: "native" | "admin" | "operator";
                    requestId: string;
                    /** @description Who called; `operator` for a command of an operator. */
                    consumer: string;
                    /** @description Who ran a command of an operator. */
                    actor?: string;
                    subject?: string;
                    operation: string;
                    target: string;
                    /** @enum {string} */
                    outcome: "done" | "refused" | "failed" | "unknown" | "pending";
                    status?: number;
                    /** @description What an act asked for. */
                    asked?: {
                        [key: string]: unknown;
                    };
                    /** @description What an act changed. */
                    changes?: {
                        /** @description The record, where it is not the target of the act. */
                        of?: string;
                        field: string;
                        /** @description Missing where there was no value. */
                        old?: unknown;
                        /** @description Missing where there is no value any longer. */
                        new?: unknown;
                    }[];
                    /** Format: date-time */
                    keptUntil: string;
                } & {
                    [key: string]: unknown;
                };
            }[];
        };
        ExportDocument: {
            data: components["schemas"]["Export"];
        };
        Export: {
            /** @constant */
            type: "export";
            id: string;
            attributes: {
                /** @enum {string} */
                kind: "pdf" | "bulk" | "materials" | "extract";
                entity?: string;
                library?: string;
                /** @description Version of the entity that is exported; empty where there is none. */
                digest: string;
                options: {
                    [key: string]: unknown;
                };
                /** @enum {string} */
                state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
                /** @description Where the work is. */
                progress?: {
                    step: string;
                    /** @description What happens in the step. */
                    about?: string;
                    /**
                     * Format: date-time
                     * @description When the step began, tries that failed included.
                     */
                    since?: string;
                    /** @description Stored so far. */
                    bytes?: number;
                    /** @description Of an extract: found so far. */
                    rows?: number;
                };
                /** @description Most tries that a step has taken. */
                attempts: number;
                /** @description Calls to the tenant that the run has sent. Equal exports share a run. */
                upstreamCalls: number;
                failure?: {
                    /** @enum {string} */
                    code: "ENTITY_GONE" | "ENTITY_CHANGED" | "NOT_EXPORTABLE" | "FILE_EXPIRED" | "FILE_EMPTY" | "FILE_NOT_A_PDF" | "FILE_INCOMPLETE" | "FILE_UNREADABLE" | "FILE_LOST" | "CHAIN_BROKEN" | "WALK_TOO_LONG" | "TENANT_FAILED" | "NEVER_READY" | "WAITED_TOO_LONG" | "TRIES_USED_UP" | "ENGINE_ENDED" | "FACADE_FAILED";
                    detail: string;
                };
                fileName?: string;
                mediaType?: string;
                sizeBytes?: number;
                /** @description Of the whole file, in hex. */
                sha256?: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                startedAt?: string;
                /** Format: date-time */
                endedAt?: string;
                /**
                 * Format: date-time
                 * @description The file is deleted soon after.
                 */
                availableUntil?: string;
            };
            links: {
                self: string;
                content?: string;
            };
        };
        ExportsDocument: {
            data: components["schemas"]["Export"][];
            links: {
                next?: string;
            };
        };
        ArchiveDocument: {
            data: components["schemas"]["ArchiveEntry"][];
            links: {
                next?: string;
            };
        };
        ArchiveEntry: {
            /** @constant */
            type: "archive-entry";
            /** @description Number in the chain of the archive. */
            id: string;
            attributes: {
                entity: string;
                /** @description Version of the experiment that the PDF shows. */
                digest: string;
                /** @description Notebook of the experiment when it was archived. */
                notebook?: string;
                /** @description Id of the person who closed the experiment. */
                closedBy?: string;
                /** @description Of the whole PDF, in hex. */
                sha256: string;
                sizeBytes: number;
                /** @description Version of the object in S3. */
                versionId: string;
                requestedBy: string;
                /** Format: date-time */
                requestedAt: string;
                /** Format: date-time */
                archivedAt: string;
                /** @description Until then nobody can delete the PDF; null in a stage without locks. */
                retainUntil: string | null;
                /** @description Whether a legal hold lies on the experiment. */
                legalHold: boolean;
                /** @description Of the manifest beside the PDF, in hex. */
                manifestSha256: string;
                /** @description Of the manifest before it in the chain, in hex. */
                previousManifestSha256: string | null;
            };
            links: {
                self: string;
                content: string;
            };
        };
        ArchiveVerificationDocument: {
            data: {
                /** @constant */
                type: "archive-verification";
                /** @description Name of the stage. */
                id: string;
                attributes: {
                    /** @description When the last round ended; null = none has. */
                    verifiedAt: string | null;
                    /** @description PDFs that the last round has read whole. */
                    documents: number;
                    /** @description Every PDF was read whole since then; null = not all were read yet. */
                    allReadSince: string | null;
                    /** @description The round that is under way. */
                    running: {
                        /** Format: date-time */
                        startedAt: string;
                        /** @enum {string} */
                        pass: "heads" | "catalogue" | "inventory" | "objects";
                        documents: number;
                    } | null;
                    /** @description Faults that are open, the oldest first, 1000 at most. */
                    faults: {
                        /** @description Such as `document-changed`. The document `docs/archive-format.md` lists all. */
                        code: string;
                        /** @description A key of the archive, or a number of the chain. */
                        subject: string;
                        /** @description Id of the experiment, where the fault belongs to one. */
                        entity?: string;
                        detail: string;
                        /** Format: date-time */
                        firstFoundAt: string;
                        /** Format: date-time */
                        lastFoundAt: string;
                    }[];
                };
            };
        };
        ArchiveEntryDocument: {
            data: components["schemas"]["ArchiveEntry"];
        };
        HoldsDocument: {
            data: components["schemas"]["Hold"][];
            links: {
                next?: string;
            };
        };
        Hold: {
            /** @constant */
            type: "hold";
            id: string;
            attributes: {
                /** @description Id of the experiment. */
                entity: string;
                /** @enum {string} */
                state: "held" | "released";
                reason: string;
                /** @description Id of a consumer, or `operator`. */
                placedBy: string;
                /** Format: date-time */
                placedAt: string;
                releasedBy?: string;
                /** Format: date-time */
                releasedAt?: string;
                releaseReason?: string;
                /** @description Whether every archived object of the experiment is as its holds ask for; false for some minutes at most. */
                isApplied: boolean;
            };
            links: {
                self: string;
            };
        };
        HoldDocument: {
            data: components["schemas"]["Hold"];
        };
        ArchiveBackfillDocument: {
            data: components["schemas"]["ArchiveBackfill"];
        };
        ArchiveBackfill: {
            /** @constant */
            type: "archive-backfill";
            id: string;
            attributes: {
                /** @enum {string} */
                state: "running" | "paused" | "done" | "failed" | "cancelled";
                requestedBy: string;
                /** Format: date-time */
                requestedAt: string;
                /** Format: date-time */
                endedAt?: string;
                /** @description Why it has failed. */
                failure?: string;
                /** @description Pages of the search that are over. */
                pages: number;
                /** @description Closed experiments that the tenant has counted when it began. */
                total?: number;
                /** @description Experiments: `found` by the search so far; of these `present` in the archive before, `archived` now, `notClosed` any more, `failed`, and `retrying`, whose orders go on after their page. */
                progress: {
                    found: number;
                    present: number;
                    archived: number;
                    notClosed: number;
                    failed: number;
                    retrying: number;
                };
            };
            links: {
                self: string;
            };
        };
        ArchiveBackfillsDocument: {
            data: components["schemas"]["ArchiveBackfill"][];
        };
        /** @description The subscriptions, the oldest first. */
        SubscriptionsDocument: {
            data: {
                /** @constant */
                type: "subscription";
                id: string;
                attributes: {
                    consumerId: string;
                    /**
                     * @description `pending`: the code that was sent to your queue is not returned yet.
                     * @enum {string}
                     */
                    state: "pending" | "active" | "paused";
                    queueUrl: string;
                    queueArn: string;
                    deadLetterQueueUrl: string;
                    deadLetterQueueArn: string;
                    reader?: string;
                    filter?: {
                        [key: string]: unknown;
                    };
                    /** Format: date-time */
                    startAt: string;
                    latestOnlySeconds?: number;
                    enriched: boolean;
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: date-time */
                    pausedAt?: string;
                };
            }[];
        };
        /** @description The subscription. */
        SubscriptionDocument: {
            data: {
                /** @constant */
                type: "subscription";
                id: string;
                attributes: {
                    consumerId: string;
                    /**
                     * @description `pending`: the code that was sent to your queue is not returned yet.
                     * @enum {string}
                     */
                    state: "pending" | "active" | "paused";
                    queueUrl: string;
                    queueArn: string;
                    deadLetterQueueUrl: string;
                    deadLetterQueueArn: string;
                    reader?: string;
                    filter?: {
                        [key: string]: unknown;
                    };
                    /** Format: date-time */
                    startAt: string;
                    latestOnlySeconds?: number;
                    enriched: boolean;
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: date-time */
                    pausedAt?: string;
                };
            };
            meta?: {
                /** @description Why no code could be sent to your queue. */
                codeRefusal?: string;
            };
        };
        /** @description What the filter matches. */
        FilterTestDocument: {
            data: {
                /** @constant */
                type: "filter-test";
                id: string;
                attributes: {
                    /** @description Events that the filter was tried on. */
                    tested: number;
                    matching: number;
                    /** @description The first 10 that match, or where none does the first that do not, without their `data`. */
                    examples: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description A page of notifications, the newest first. */
        NotificationsDocument: {
            links: {
                /** Format: uri */
                next?: string;
            };
            data: {
                /** @constant */
                type: "notification";
                id: string;
                attributes: {
                    /** @description Native type, such as `close`. */
                    type: string;
                    entity: string;
                    /**
                     * Format: date-time
                     * @description By the tenant's clock.
                     */
                    createdAt: string;
                    /**
                     * Format: date-time
                     * @description When the facade stored it.
                     */
                    receivedAt: string;
                    /**
                     * @description `mirror`: another facade has forwarded its push. `reconstructed`: the tenant has no notification of a change that the facade has seen.
                     * @enum {string}
                     */
                    origin: "push" | "mirror" | "pull" | "reconstructed" | "facade";
                    /**
                     * @description `waiting`: not every subscription that matches has been served.
                     * @enum {string}
                     */
                    state: "waiting" | "dispatched";
                    /** @description Place in the order of the entity. */
                    sequence?: number;
                    /** @description It came after a later one of its entity. */
                    late?: boolean;
                    /** @description The native document; on the notification alone, not in lists. */
                    document?: unknown;
                };
            }[];
        };
        /** @description The notification. */
        NotificationDocument: {
            data: {
                /** @constant */
                type: "notification";
                id: string;
                attributes: {
                    /** @description Native type, such as `close`. */
                    type: string;
                    entity: string;
                    /**
                     * Format: date-time
                     * @description By the tenant's clock.
                     */
                    createdAt: string;
                    /**
                     * Format: date-time
                     * @description When the facade stored it.
                     */
                    receivedAt: string;
                    /**
                     * @description `mirror`: another facade has forwarded its push. `reconstructed`: the tenant has no notification of a change that the facade has seen.
                     * @enum {string}
                     */
                    origin: "push" | "mirror" | "pull" | "reconstructed" | "facade";
                    /**
                     * @description `waiting`: not every subscription that matches has been served.
                     * @enum {string}
                     */
                    state: "waiting" | "dispatched";
                    /** @description Place in the order of the entity. */
                    sequence?: number;
                    /** @description It came after a later one of its entity. */
                    late?: boolean;
                    /** @description The native document; on the notification alone, not in lists. */
                    document?: unknown;
                };
            };
        };
        /** @description What was sent, or is still to be sent. */
        DeliveriesDocument: {
            links: {
                /** Format: uri */
                next?: string;
            };
            data: {
                /** @constant */
                type: "delivery";
                id: string;
                attributes: {
                    notificationId: string;
                    subscriptionId: string;
                    /**
                     * @description `pending`: it is tried again. `unknown`: no answer came, so it may be in the queue.
                     * @enum {string}
                     */
                    outcome: "attempting" | "sent" | "pending" | "unknown" | "dead-letter" | "coalesced";
                    /** Format: date-time */
                    at: string;
                    /** @description SQS's id of the message. */
                    messageId?: string;
                    /** @description Why it was not sent. */
                    reason?: string;
                };
            }[];
        };
        /** @description How the subscription fares. */
        SubscriptionHealthDocument: {
            data: {
                /** @constant */
                type: "subscription-health";
                id: string;
                attributes: {
                    /**
                     * @description `degraded`: deliveries wait, or there are dead letters. `failing`: none of the last deliveries was sent.
                     * @enum {string}
                     */
                    state: "ok" | "degraded" | "failing";
                    /** @description Deliveries that wait for another attempt; 1,000 = or more. */
                    pending: number;
                    /**
                     * Format: date-time
                     * @description Since when the oldest of them waits.
                     */
                    oldestUndeliveredAt?: string;
                    /** @description Why the oldest of them was not sent. */
                    reason?: string;
                    /** @description Of the last 14 days, not redriven yet; 1,000 = or more. */
                    deadLetters: number;
                    /** @description Deliveries among the last 200 notifications. */
                    recentDeliveries: number;
                    /** @description Part of those that is not sent: 0 to 1. */
                    failureRate: number;
                    /** Format: date-time */
                    lastSentAt?: string;
                };
            };
        };
        /** @description The replay or redrive. */
        ReplayDocument: {
            data: {
                /** @enum {string} */
                type: "replay" | "redrive";
                id: string;
                attributes: {
                    subscriptionId: string;
                    /**
                     * @description `catch-up`: what a subscription is owed because it began in the past or was paused.
                     * @enum {string}
                     */
                    kind: "replay" | "redrive" | "catch-up";
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    until: string;
                    dryRun: boolean;
                    /** @enum {string} */
                    state: "counting" | "sending" | "done" | "failed";
                    /** @description How many match; final once the state is no longer `counting`. */
                    matching: number;
                    sent: number;
                    /** @description Refused by the queue, and so among the dead letters. */
                    refused: number;
                    /** @description Why it failed, waits, or had nothing to do. */
                    reason?: string;
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: date-time */
                    updatedAt: string;
                };
            };
        };
        /** @description Replays and redrives of the last 30 days, the newest first. */
        ReplaysDocument: {
            data: {
                /** @enum {string} */
                type: "replay" | "redrive";
                id: string;
                attributes: {
                    subscriptionId: string;
                    /**
                     * @description `catch-up`: what a subscription is owed because it began in the past or was paused.
                     * @enum {string}
                     */
                    kind: "replay" | "redrive" | "catch-up";
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    until: string;
                    dryRun: boolean;
                    /** @enum {string} */
                    state: "counting" | "sending" | "done" | "failed";
                    /** @description How many match; final once the state is no longer `counting`. */
                    matching: number;
                    sent: number;
                    /** @description Refused by the queue, and so among the dead letters. */
                    refused: number;
                    /** @description Why it failed, waits, or had nothing to do. */
                    reason?: string;
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: date-time */
                    updatedAt: string;
                };
            }[];
        };
        /** @description To which of your subscriptions the event was sent. */
        TestEventDocument: {
            data: {
                /** @constant */
                type: "event";
                id: string;
                attributes: {
                    /** @description As it was sent. */
                    event: {
                        [key: string]: unknown;
                    };
                    deliveries: {
                        subscriptionId: string;
                        /** @enum {string} */
                        outcome: "sent" | "not-sent" | "no-match" | "not-active";
                        messageId?: string;
                        reason?: string;
                    }[];
                };
            };
        };
        ExternalListItems: {
            data: components["schemas"]["ExternalListItem"][];
        };
        /** @description Values by the names of the fields. */
        ExternalListItem: {
            [key: string]: unknown;
        };
        /** @description All lists. */
        ExternalListsDocument: {
            data: {
                /** @constant */
                type: "list";
                id: string;
                attributes: {
                    /** @description The header that the tenant sends. */
                    header: string;
                    /** @description The field that tells items or records apart: a text, number or integer. */
                    key: string;
                    fields: components["schemas"]["ExternalField"][];
                    upstreamHeader?: {
                        name: string;
                        /** Format: date-time */
                        setAt: string;
                    };
                    /** @description How long a copy is served before the facade asks again. */
                    freshSeconds: number;
                    /** @description How old a copy may be that is served while the system of record is slow or fails. */
                    staleSeconds: number;
                    /** @description When each value that is valid was set, the newest first. */
                    secretsSetAt: string[];
                    /**
                     * Format: uri
                     * @description What to enter in Signals.
                     */
                    url: string;
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: date-time */
                    changedAt: string;
                    origin: components["schemas"]["ExternalListOriginTable"] | components["schemas"]["ExternalListOriginCsv"] | components["schemas"]["ExternalListOriginUrl"];
                };
            }[];
        };
        /** @description The list, without secrets. */
        ExternalListDocument: {
            data: {
                /** @constant */
                type: "list";
                id: string;
                attributes: {
                    /** @description The header that the tenant sends. */
                    header: string;
                    /** @description The field that tells items or records apart: a text, number or integer. */
                    key: string;
                    fields: components["schemas"]["ExternalField"][];
                    upstreamHeader?: {
                        name: string;
                        /** Format: date-time */
                        setAt: string;
                    };
                    /** @description How long a copy is served before the facade asks again. */
                    freshSeconds: number;
                    /** @description How old a copy may be that is served while the system of record is slow or fails. */
                    staleSeconds: number;
                    /** @description When each value that is valid was set, the newest first. */
                    secretsSetAt: string[];
                    /**
                     * Format: uri
                     * @description What to enter in Signals.
                     */
                    url: string;
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: date-time */
                    changedAt: string;
                    origin: components["schemas"]["ExternalListOriginTable"] | components["schemas"]["ExternalListOriginCsv"] | components["schemas"]["ExternalListOriginUrl"];
                };
            };
        };
        /** @description What the tenant would get now. */
        ExternalTestDocument: {
            data: {
                /** @enum {string} */
                type: "list-test" | "source-test";
                id: string;
                attributes: {
                    /** @enum {string} */
                    outcome: "ok" | "failed";
                    millis: number;
                    /** @description How many items the list has. */
                    items?: number;
                    /** @description The first three. */
                    sample?: {
                        [key: string]: unknown;
                    }[];
                    record?: {
                        [key: string]: unknown;
                    };
                    /** @description Why it failed: the code that the tenant would get (errors.md). */
                    code?: string;
                    detail?: string;
                };
            };
        };
        /** @description All sources. */
        DataSourcesDocument: {
            data: {
                /** @constant */
                type: "source";
                id: string;
                attributes: {
                    /** @description The header that the tenant sends. */
                    header: string;
                    /** @description The field that tells items or records apart: a text, number or integer. */
                    key: string;
                    fields: components["schemas"]["ExternalField"][];
                    upstreamHeader?: {
                        name: string;
                        /** Format: date-time */
                        setAt: string;
                    };
                    /** @description How long a copy is served before the facade asks again. */
                    freshSeconds: number;
                    /** @description How old a copy may be that is served while the system of record is slow or fails. */
                    staleSeconds: number;
                    /** @description When each value that is valid was set, the newest first. */
                    secretsSetAt: string[];
                    /**
                     * Format: uri
                     * @description What to enter in Signals.
                     */
                    url: string;
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: date-time */
                    changedAt: string;
                    /** @description Addresses of the system of record, all of one origin. Without the latter two, such writes are refused. */
                    urls: {
                        read: string;
                        create?: string;
                        update?: string;
                    };
                };
            }[];
        };
        /** @description The source, without secrets. */
        DataSourceDocument: {
            data: {
                /** @constant */
                type: "source";
                id: string;
                attributes: {
                    /** @description The header that the tenant sends. */
                    header: string;
                    /** @description The field that tells items or records apart: a text, number or integer. */
                    key: string;
                    fields: components["schemas"]["ExternalField"][];
                    upstreamHeader?: {
                        name: string;
                        /** Format: date-time */
                        setAt: string;
                    };
                    /** @description How long a copy is served before the facade asks again. */
                    freshSeconds: number;
                    /** @description How old a copy may be that is served while the system of record is slow or fails. */
                    staleSeconds: number;
                    /** @description When each value that is valid was set, the newest first. */
                    secretsSetAt: string[];
                    /**
                     * Format: uri
                     * @description What to enter in Signals.
                     */
                    url: string;
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: date-time */
                    changedAt: string;
                    /** @description Addresses of the system of record, all of one origin. Without the latter two, such writes are refused. */
                    urls: {
                        read: string;
                        create?: string;
                        update?: string;
                    };
                };
            };
        };
        Health: {
            /** @constant */
            status: "ok";
            stage: string;
            version: string;
        };
    };
    responses: never;
    parameters: {
        /** @description How many items to skip. An offset past the end gives an empty list. */
        "page.offset": number;
        /** @description How many items one page holds. */
        "page.limit": number;
        /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
        digest: string;
        /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
        force: boolean;
        /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
        value: "display" | "normalized";
        /** @description Pull the data of an external source by the key of the row. */
        syncData: boolean;
        /** @description Page of the layout that gets the element. */
        pageId: string;
        /** @description Place on the page; -1 = last. */
        pageOffset: number;
        /** @description SCIM attributes to answer with. */
        attributes: string[];
        /** @description SCIM attributes to leave out. */
        excludedAttributes: string[];
        /** @description SCIM filter, such as `userName eq "ada@example.com"`. */
        filter: string;
        /** @description First item of the page; counts from 1. */
        startIndex: number;
        /** @description How many items one page holds. */
        count: number;
        /** @description SCIM attribute to sort by. */
        sortBy: string;
        /** @description Direction of the order. */
        sortOrder: "ascending" | "descending";
        /** @description Sparse fields of materials. */
        "fields.material": string[];
        /** @description Sparse fields of the reaction grids. */
        "fields.stoichiometry": string[];
        /** @description Columns to answer with. */
        "fields.samplesTableColumn": string[];
        /** @description Only these samples. A change without it concerns every sample of the table. */
        sampleIds: string[];
        /** @description Adds the structure in this format as `attributes.structure`. */
        structureFormat: "smiles" | "inchi" | "mol" | "mol-v3000" | "cdxml" | "helm";
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getEntities: {
        parameters: {
            query?: {
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
                /** @description Entity types to list. `filter[type]` does not exist: it is ignored, and everything is listed. */
                includeTypes?: string[];
                /** @description Entity types to leave out. */
                excludeTypes?: string[];
                /** @description `untrashed` may not be mixed with the trashed ones. */
                includeOptions?: ("mine" | "other" | "shared" | "trashed" | "untrashed" | "trashedAncestor" | "starred" | "unstarred" | "template" | "nontemplate" | "systemTemplate" | "nonSystemTemplate")[];
                /** @description Changed from this instant on; a change of a child counts. */
                start?: string;
                /** @description Changed up to this instant. */
                end?: string;
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("createdBy" | "editedBy" | "owner")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityListDocument"];
                };
            };
        };
    };
    postEntities: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /**
                 * @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten.
                 * @example true
                 */
                force?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "experiment",
                 *         "attributes": {
                 *           "name": "Run 8"
                 *         },
                 *         "relationships": {
                 *           "ancestors": {
                 *             "data": [
                 *               {
                 *                 "type": "journal",
                 *                 "id": "journal:00000000-0000-4000-a000-000000000001"
                 *               }
                 *             ]
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    getEntitiesByEid: {
        parameters: {
            query?: {
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("createdBy" | "editedBy" | "children" | "owner" | "systemTemplate" | "template")[];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    deleteEntitiesByEid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getEntitiesWebdavInfo: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                url?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEntitiesByEidChildren: {
        parameters: {
            query?: {
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
                /** @description Order of the page layout; for experiments only. */
                order?: "layout";
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("createdBy" | "editedBy" | "ancestors" | "owner")[];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityListDocument"];
                };
            };
        };
    };
    getEntitiesByEidAncestors: {
        parameters: {
            query?: {
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("createdBy" | "editedBy" | "owner")[];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityListDocument"];
                };
            };
        };
    };
    getEntitiesByEidRelationships: {
        parameters: {
            query?: {
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("source" | "link")[];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    postEntitiesByEidRelationships: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEntitiesByEidProperties: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityPropertyListDocument"];
                };
            };
        };
    };
    patchEntitiesByEidProperties: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /**
                 * @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten.
                 * @example true
                 */
                force?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`.
                 * @example experiment:00000000-0000-4000-a000-000000000003
                 */
                eid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": [
                 *         {
                 *           "attributes": {
                 *             "name": "Description",
                 *             "value": "Second try"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityPropertyListDocument"];
                };
            };
        };
    };
    patchEntitiesByEidMove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`.
                 * @example experiment:00000000-0000-4000-a000-000000000009
                 */
                eid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "moveEntityRequest",
                 *         "attributes": {
                 *           "target": {
                 *             "eid": "journal:00000000-0000-4000-a000-000000000002"
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    getEntitiesByEidShares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    postEntitiesByEidShares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEntitiesByEidSharesByShareId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Id of the access grant, a decimal number. */
                shareId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    deleteEntitiesByEidSharesByShareId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Id of the access grant, a decimal number. */
                shareId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchEntitiesByEidSharesByShareId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Id of the access grant, a decimal number. */
                shareId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEntitiesByEidPdf: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                header?: string;
                /** @description Passed on to the upstream. */
                footer?: string;
                /** @description Passed on to the upstream. */
                attachments?: string;
                /** @description Passed on to the upstream. */
                links?: string;
                /** @description Passed on to the upstream. */
                comments?: string;
                /** @description Passed on to the upstream. */
                history?: string;
                /** @description Passed on to the upstream. */
                paper?: string;
                /** @description Passed on to the upstream. */
                orientation?: string;
                /** @description Passed on to the upstream. */
                locale?: string;
                /** @description Passed on to the upstream. */
                timeZone?: string;
                /** @description Passed on to the upstream. */
                dateTimeFormat?: string;
                /** @description Passed on to the upstream. */
                skipPageBreaks?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
        };
    };
    headEntitiesByEidPdf: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                header?: string;
                /** @description Passed on to the upstream. */
                footer?: string;
                /** @description Passed on to the upstream. */
                attachments?: string;
                /** @description Passed on to the upstream. */
                links?: string;
                /** @description Passed on to the upstream. */
                comments?: string;
                /** @description Passed on to the upstream. */
                history?: string;
                /** @description Passed on to the upstream. */
                paper?: string;
                /** @description Passed on to the upstream. */
                orientation?: string;
                /** @description Passed on to the upstream. */
                locale?: string;
                /** @description Passed on to the upstream. */
                timeZone?: string;
                /** @description Passed on to the upstream. */
                dateTimeFormat?: string;
                /** @description Passed on to the upstream. */
                skipPageBreaks?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    putEntitiesExportPdf: {
        parameters: {
            query: {
                /** @description Entity to print: an experiment, request, sample or task. */
                eid: string;
                /** @description Passed on to the upstream. */
                header?: string;
                /** @description Passed on to the upstream. */
                footer?: string;
                /** @description Passed on to the upstream. */
                attachments?: string;
                /** @description Passed on to the upstream. */
                links?: string;
                /** @description Passed on to the upstream. */
                comments?: string;
                /** @description Passed on to the upstream. */
                history?: string;
                /** @description Passed on to the upstream. */
                paper?: string;
                /** @description Passed on to the upstream. */
                orientation?: string;
                /** @description Passed on to the upstream. */
                locale?: string;
                /** @description Passed on to the upstream. */
                timeZone?: string;
                /** @description Passed on to the upstream. */
                dateTimeFormat?: string;
                /** @description Passed on to the upstream. */
                skipPageBreaks?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEntitiesExportPdfByFileId: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                filename?: string;
            };
            header?: never;
            path: {
                /** @description Id of the file that the start of the job answered with. */
                fileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
        };
    };
    headEntitiesExportPdfByFileId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the file that the start of the job answered with. */
                fileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postEntitiesExportBulk: {
        parameters: {
            query: {
                /** @description Entity to export. */
                eid: string;
                /** @description 0 = itself, 1 = its children, -1 = all below. Always send it: without it the tenant answers 400. */
                depth: 0 | 1 | -1;
                /** @description Only these entity types. */
                types?: string[];
                /** @description Format of structures. */
                structureFormat?: string;
                /** @description Add the stoichiometry of drawings. */
                stoichiometry?: boolean;
                /** @description Passed on to the upstream. */
                stoichiometryStructureFormat?: string;
                /** @description Passed on to the upstream. */
                aromaticRepresentation?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEntitiesExportBulkByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEntitiesExportBulkByJobIdContents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "multipart/mixed": unknown;
                };
            };
        };
    };
    getEntitiesByEidExport: {
        parameters: {
            query?: {
                /** @description Format of the content; left out: its own. Tables give JSON unless it is `csv`. */
                format?: "cdxml" | "svg" | "mol" | "mol-v3000" | "smiles" | "inchi" | "rxn" | "rxn-v3000" | "csv" | "sdf" | "gb" | "fa" | "html" | "txt";
                /** @description Passed on to the upstream. */
                aromaticRepresentation?: string;
                /** @description Passed on to the upstream. */
                labels?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    headEntitiesByEidExport: {
        parameters: {
            query?: {
                /** @description Format of the content; left out: its own. Tables give JSON unless it is `csv`. */
                format?: "cdxml" | "svg" | "mol" | "mol-v3000" | "smiles" | "inchi" | "rxn" | "rxn-v3000" | "csv" | "sdf" | "gb" | "fa" | "html" | "txt";
                /** @description Passed on to the upstream. */
                aromaticRepresentation?: string;
                /** @description Passed on to the upstream. */
                labels?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postEntitiesByEidChildrenByFilename: {
        parameters: {
            query?: {
                /** @description Page of the layout that gets the element. */
                pageId?: components["parameters"]["pageId"];
                /** @description Place on the page; -1 = last. */
                pageOffset?: components["parameters"]["pageOffset"];
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Name of the file with its extension; it becomes the name of the element. */
                filename: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with its media type: `text/html` makes a text, `chemical/x-cdxml` a drawing, `application/octet-stream` goes by the extension. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "text/html": unknown;
                "chemical/x-cdxml": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    putEntitiesByEidAttachment: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with the media type of the file. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    getEntitiesByEidReviews: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postEntitiesByEidReviewsClose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`.
                 * @example experiment:00000000-0000-4000-a000-000000000009
                 */
                eid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "attributes": {
                 *           "reason": "Work is complete"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description Done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postEntitiesByEidReviewsReopen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`.
                 * @example experiment:00000000-0000-4000-a000-000000000014
                 */
                eid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "attributes": {
                 *           "reason": "Work is complete"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description Done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postEntitiesByEidReviewsArchive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`.
                 * @example experiment:00000000-0000-4000-a000-000000000014
                 */
                eid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "attributes": {
                 *           "reason": "Work is complete"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description Done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postEntitiesByEidReviewsUnarchive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`.
                 * @example experiment:00000000-0000-4000-a000-000000000014
                 */
                eid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "attributes": {
                 *           "reason": "Work is complete"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description Done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getEntitiesByEidHistory: {
        parameters: {
            query?: {
                /** @description -1 = the entity and all below it, 0 = itself only. */
                depth?: number;
                /** @description Only these actions. */
                action?: string[];
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    getEntitiesByEidCompliance: {
        parameters: {
            query?: {
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: "entity"[];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchEntitiesByEidCompliance: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEntitiesByEidComments: {
        parameters: {
            query?: {
                /** @description How many levels below. */
                depth?: number;
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    getEntitiesByEidCommentsByCommentId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Comment id, a decimal number. */
                commentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    deleteEntitiesByEidCommentsByCommentId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Comment id, a decimal number. */
                commentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEntitiesByEidLayoutPages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    postEntitiesByEidLayoutPages: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEntitiesByEidLayoutPagesByPageId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The page id. */
                pageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    deleteEntitiesByEidLayoutPagesByPageId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The page id. */
                pageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchEntitiesByEidLayoutPagesByPageId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The page id. */
                pageId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEntitiesByEidLayoutLocation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    putEntitiesByEidLayoutLocation: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSamplesBySampleIdProperties: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                name?: string;
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Sample id, such as `sample:…`. */
                sampleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeContentPropertyListDocument"];
                };
            };
        };
    };
    patchSamplesBySampleIdProperties: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                name?: string;
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /**
                 * @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten.
                 * @example true
                 */
                force?: boolean;
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /**
                 * @description Sample id, such as `sample:…`.
                 * @example sample:00000000-0000-4000-a000-000000000007
                 */
                sampleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "attributes": {
                 *           "data": [
                 *             {
                 *               "id": "2",
                 *               "type": "property",
                 *               "attributes": {
                 *                 "content": {
                 *                   "value": "Pale crystals"
                 *                 }
                 *               }
                 *             }
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeContentPropertyListDocument"];
                };
            };
        };
    };
    getSamplesBySampleIdPropertiesByPropertyId: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Sample id, such as `sample:…`. */
                sampleId: string;
                /** @description The property id. */
                propertyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeContentPropertyDocument"];
                };
            };
        };
    };
    patchSamplesBySampleIdPropertiesByPropertyId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /**
                 * @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten.
                 * @example true
                 */
                force?: boolean;
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /**
                 * @description Sample id, such as `sample:…`.
                 * @example sample:00000000-0000-4000-a000-000000000007
                 */
                sampleId: string;
                /**
                 * @description The property id.
                 * @example 31
                 */
                propertyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "attributes": {
                 *           "content": {
                 *             "value": "3 g"
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeContentPropertyDocument"];
                };
            };
        };
    };
    putSamplesBySampleIdStatus: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /**
                 * @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten.
                 * @example true
                 */
                force?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description Sample id, such as `sample:…`.
                 * @example sample:00000000-0000-4000-a000-000000000007
                 */
                sampleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "attributes": {
                 *           "action": "close"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    getSampleSummaryBySampleSummaryIdSamples: {
        parameters: {
            query?: {
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: number;
                /** @description Passed on to the upstream. */
                include?: string;
            };
            header?: never;
            path: {
                /** @description The sample summary id. */
                sampleSummaryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityListDocument"];
                };
            };
        };
    };
    getSamplesTablesBySamplesTableIdRows: {
        parameters: {
            query?: {
                /** @description Only these samples. A change without it concerns every sample of the table. */
                sampleIds?: components["parameters"]["sampleIds"];
                /** @description Columns to answer with. */
                "fields[samplesTableColumn]"?: components["parameters"]["fields.samplesTableColumn"];
            };
            header?: never;
            path: {
                /** @description The samples table id. */
                samplesTableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    patchSamplesTablesBySamplesTableIdRows: {
        parameters: {
            query?: {
                /** @description Only these samples. A change without it concerns every sample of the table. */
                sampleIds?: components["parameters"]["sampleIds"];
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The samples table id. */
                samplesTableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postSamplesTablesBySamplesTableIdBulkUpdate: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The samples table id. */
                samplesTableId: string;
            };
            cookie?: never;
        };
        /** @description CSV. */
        requestBody: {
            content: {
                "text/csv": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSamplesTablesBySamplesTableIdBulkUpdateByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The samples table id. */
                samplesTableId: string;
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSamplesTablesBySamplesTableIdColumn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The samples table id. */
                samplesTableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    patchSamplesTablesBySamplesTableIdColumn: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The samples table id. */
                samplesTableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    postEntitiesSearch: {
        parameters: {
            query?: {
                /** @description At most 5000. Beyond it, sort by `createdAt` and feed the last value back through `$gt`. */
                "page[offset]"?: number;
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("createdBy" | "editedBy" | "owner")[];
                /** @description Fields, a minus for descending: `name,-modifiedAt`. */
                sort?: string[];
                /** @description Index: SN = notebook, IVT = inventory, CHEMICALS = drawings. A wrong one finds nothing, without an error. */
                source?: "SN" | "IVT" | "CHEMICALS" | "CONNECTED";
                /** @description Sparse fields of the hits. */
                "fields[entity]"?: string[];
                /** @description Rows that each shard examines at most. */
                stopAfterItems?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "query": {
                 *         "$and": [
                 *           {
                 *             "$match": {
                 *               "field": "type",
                 *               "value": "experiment",
                 *               "mode": "keyword"
                 *             }
                 *           },
                 *           {
                 *             "$match": {
                 *               "field": "isTemplate",
                 *               "value": false
                 *             }
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["AnyJson"];
                /**
                 * @example {
                 *       "query": {
                 *         "$and": [
                 *           {
                 *             "$match": {
                 *               "field": "type",
                 *               "value": "experiment",
                 *               "mode": "keyword"
                 *             }
                 *           },
                 *           {
                 *             "$match": {
                 *               "field": "isTemplate",
                 *               "value": false
                 *             }
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["AnyJson"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityHitListDocument"];
                };
            };
        };
    };
    postEntitiesSearchTags: {
        parameters: {
            query?: {
                /** @description Index: SN = notebook, IVT = inventory, CHEMICALS = drawings. A wrong one finds nothing, without an error. */
                source?: "SN" | "IVT" | "CHEMICALS";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "query": {
                 *         "$match": {
                 *           "field": "isTemplate",
                 *           "value": false
                 *         }
                 *       },
                 *       "options": {
                 *         "count": 20
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["AnyJson"];
                /**
                 * @example {
                 *       "query": {
                 *         "$match": {
                 *           "field": "isTemplate",
                 *           "value": false
                 *         }
                 *       },
                 *       "options": {
                 *         "count": 20
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["AnyJson"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    postEntitiesSearchTerms: {
        parameters: {
            query?: {
                /** @description Index: SN = notebook, IVT = inventory, CHEMICALS = drawings. A wrong one finds nothing, without an error. */
                source?: "SN" | "IVT" | "CHEMICALS";
                /** @description Passed on to the upstream. */
                include?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "query": {
                 *         "$match": {
                 *           "field": "isTemplate",
                 *           "value": false
                 *         }
                 *       },
                 *       "field": "type"
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["AnyJson"];
                /**
                 * @example {
                 *       "query": {
                 *         "$match": {
                 *           "field": "isTemplate",
                 *           "value": false
                 *         }
                 *       },
                 *       "field": "type"
                 *     }
                 */
                "application/json": components["schemas"]["AnyJson"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    getEntitiesTemplatesByEidFields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postEntitiesByEidSyncWithTemplate: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    getAdtByEid: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAdtRowListDocument"];
                };
            };
        };
    };
    postAdtByEid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /**
                 * @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten.
                 * @example true
                 */
                force?: boolean;
                /** @description Pull the data of an external source by the key of the row. */
                syncData?: components["parameters"]["syncData"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /**
                 * @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`.
                 * @example grid:00000000-0000-4000-a000-000000000005
                 */
                eid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "adtRow",
                 *         "attributes": {
                 *           "cells": [
                 *             {
                 *               "key": "c0000000-0000-4000-a000-000000000001",
                 *               "content": {
                 *                 "value": "red"
                 *               }
                 *             }
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAdtRowDocument"];
                };
            };
        };
    };
    patchAdtByEid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /**
                 * @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten.
                 * @example true
                 */
                force?: boolean;
                /** @description Pull the data of an external source by the key of the row. */
                syncData?: components["parameters"]["syncData"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /**
                 * @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`.
                 * @example grid:00000000-0000-4000-a000-000000000005
                 */
                eid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": [
                 *         {
                 *           "type": "adtRow",
                 *           "attributes": {
                 *             "action": "create",
                 *             "cells": [
                 *               {
                 *                 "key": "c0000000-0000-4000-a000-000000000001",
                 *                 "content": {
                 *                   "value": "red"
                 *                 }
                 *               }
                 *             ]
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAdtRowListDocument"];
                };
            };
        };
    };
    getAdtByEidColumn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    patchAdtByEidColumn: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    getAdtByEidByRowid: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAdtRowDocument"];
                };
            };
        };
    };
    deleteAdtByEidByRowid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchAdtByEidByRowid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /**
                 * @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten.
                 * @example true
                 */
                force?: boolean;
                /** @description Pull the data of an external source by the key of the row. */
                syncData?: components["parameters"]["syncData"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /**
                 * @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`.
                 * @example grid:00000000-0000-4000-a000-000000000005
                 */
                eid: string;
                /**
                 * @description Row id, a uuid.
                 * @example 531a1b0c-1ec3-4cbf-a42f-19fc1142fd9a
                 */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "adtRow",
                 *         "attributes": {
                 *           "cells": [
                 *             {
                 *               "key": "c0000000-0000-4000-a000-000000000001",
                 *               "content": {
                 *                 "value": "red"
                 *               }
                 *             }
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAdtRowDocument"];
                };
            };
        };
    };
    getWorksheetByEid: {
        parameters: {
            query?: {
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("entity" | "fieldsDefinition")[];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchWorksheetByEid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getWorksheetByEidFields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getWorksheetSettingsUnlockReasons: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getVariationsTablesByEid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    putVariationsTablesByEid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchVariationsTablesByEid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getVariationsTablesByEidColumn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    patchVariationsTablesByEidColumn: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    getVariationsTablesByEidComponents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchVariationsTablesByEidComponents: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Pull the data of an external source by the key of the row. */
                syncData?: components["parameters"]["syncData"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getVariationsTablesByEidComponentsByRowId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    deleteVariationsTablesByEidComponentsByRowId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchVariationsTablesByEidComponentsByRowId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Pull the data of an external source by the key of the row. */
                syncData?: components["parameters"]["syncData"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getVariationsTablesByEidVariantsByVariantId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The variant id. */
                variantId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    deleteVariationsTablesByEidVariantsByVariantId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The variant id. */
                variantId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchVariationsTablesByEidVariantsByVariantId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Pull the data of an external source by the key of the row. */
                syncData?: components["parameters"]["syncData"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The variant id. */
                variantId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getVariationsTablesByEidVariantsByVariantIdByRowId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The variant id. */
                variantId: string;
                /** @description Row id, a uuid. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchVariationsTablesByEidVariantsByVariantIdByRowId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The variant id. */
                variantId: string;
                /** @description Row id, a uuid. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getAttributes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeListedAttributeListDocument"];
                };
            };
        };
    };
    postAttributes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAttributeDocument"];
                };
            };
        };
    };
    getAttributesByEid: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                statistics?: string;
                /** @description Passed on to the upstream. */
                include?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAttributeDocument"];
                };
            };
        };
    };
    deleteAttributesByEid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchAttributesByEid: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                statistics?: string;
                /** @description Passed on to the upstream. */
                include?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAttributeDocument"];
                };
            };
        };
    };
    getAttributesByEidOptions: {
        parameters: {
            query?: {
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: number;
                /** @description Passed on to the upstream. */
                term?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeOptionListDocument"];
                };
            };
        };
    };
    patchAttributesByEidOptions: {
        parameters: {
            query?: {
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
                /** @description Passed on to the upstream. */
                term?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeOptionListDocument"];
                };
            };
        };
    };
    postAttributesByEidRefresh: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAttributeDocument"];
                };
            };
        };
    };
    getAttributesOntologyOptionsByOptionIdDetails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The option id. */
                optionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getAttributesByEidOntologyOptions: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                search?: string;
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: number;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getAutotextListsByAutotextListId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The autotext list id. */
                autotextListId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postChemistryPairedSequence: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                eid?: string;
                /** @description Page of the layout that gets the element. */
                pageId?: components["parameters"]["pageId"];
                /** @description Place on the page; -1 = last. */
                pageOffset?: components["parameters"]["pageOffset"];
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    putChemistryByEidPairedSequence: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                position?: string;
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    getCroEntitiesByEid: {
        parameters: {
            query?: {
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("createdBy" | "editedBy" | "children" | "owner" | "systemTemplate" | "template")[];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    getCroEntitiesByEidProperties: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityPropertyListDocument"];
                };
            };
        };
    };
    patchCroEntitiesByEidProperties: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityPropertyListDocument"];
                };
            };
        };
    };
    getCroEntitiesByEidChildren: {
        parameters: {
            query?: {
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
                /** @description Order of the page layout; for experiments only. */
                order?: "layout";
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("createdBy" | "editedBy" | "ancestors" | "owner")[];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityListDocument"];
                };
            };
        };
    };
    getCroEntitiesByEidAncestors: {
        parameters: {
            query?: {
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("createdBy" | "editedBy" | "owner")[];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityListDocument"];
                };
            };
        };
    };
    getCroEntitiesByEidRelationships: {
        parameters: {
            query?: {
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("source" | "link")[];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    getCroEntitiesByEidExport: {
        parameters: {
            query?: {
                /** @description Format of the content; left out: its own. Tables give JSON unless it is `csv`. */
                format?: "cdxml" | "svg" | "mol" | "mol-v3000" | "smiles" | "inchi" | "rxn" | "rxn-v3000" | "csv" | "sdf" | "gb" | "fa" | "html" | "txt";
                /** @description Passed on to the upstream. */
                aromaticRepresentation?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    getCroEntitiesByEidCompliance: {
        parameters: {
            query?: {
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: "entity"[];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchCroEntitiesByEidCompliance: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getCroSamplesBySampleIdProperties: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                name?: string;
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Sample id, such as `sample:…`. */
                sampleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeContentPropertyListDocument"];
                };
            };
        };
    };
    patchCroSamplesBySampleIdProperties: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                name?: string;
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Sample id, such as `sample:…`. */
                sampleId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeContentPropertyListDocument"];
                };
            };
        };
    };
    getCroSamplesBySampleIdPropertiesByPropertyId: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Sample id, such as `sample:…`. */
                sampleId: string;
                /** @description The property id. */
                propertyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeContentPropertyDocument"];
                };
            };
        };
    };
    patchCroSamplesBySampleIdPropertiesByPropertyId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Sample id, such as `sample:…`. */
                sampleId: string;
                /** @description The property id. */
                propertyId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeContentPropertyDocument"];
                };
            };
        };
    };
    putCroSamplesBySampleIdStatus: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Sample id, such as `sample:…`. */
                sampleId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    getCroSamplesTablesBySamplesTableIdRows: {
        parameters: {
            query?: {
                /** @description Only these samples. A change without it concerns every sample of the table. */
                sampleIds?: components["parameters"]["sampleIds"];
                /** @description Columns to answer with. */
                "fields[samplesTableColumn]"?: components["parameters"]["fields.samplesTableColumn"];
            };
            header?: never;
            path: {
                /** @description The samples table id. */
                samplesTableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    patchCroSamplesTablesBySamplesTableIdRows: {
        parameters: {
            query?: {
                /** @description Only these samples. A change without it concerns every sample of the table. */
                sampleIds?: components["parameters"]["sampleIds"];
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The samples table id. */
                samplesTableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getCroAdtByEid: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAdtRowListDocument"];
                };
            };
        };
    };
    postCroAdtByEid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Pull the data of an external source by the key of the row. */
                syncData?: components["parameters"]["syncData"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAdtRowDocument"];
                };
            };
        };
    };
    patchCroAdtByEid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Pull the data of an external source by the key of the row. */
                syncData?: components["parameters"]["syncData"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAdtRowListDocument"];
                };
            };
        };
    };
    getCroAdtByEidColumn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    getCroAdtByEidByRowid: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAdtRowDocument"];
                };
            };
        };
    };
    patchCroAdtByEidByRowid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Pull the data of an external source by the key of the row. */
                syncData?: components["parameters"]["syncData"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAdtRowDocument"];
                };
            };
        };
    };
    getCroWorksheetByEid: {
        parameters: {
            query?: {
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("entity" | "fieldsDefinition")[];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchCroWorksheetByEid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getCroWorksheetByEidFields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getCroWorksheetSettingsUnlockReasons: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getCroStoichiometryByEid: {
        parameters: {
            query?: {
                /** @description Sparse fields of the reaction grids. */
                "fields[stoichiometry]"?: components["parameters"]["fields.stoichiometry"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeStoichiometryDocument"] | components["schemas"]["NativeStoichiometryListDocument"];
                };
            };
        };
    };
    getCroStoichiometryByEidByRowid: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeReactantDocument"] | components["schemas"]["NativeProductDocument"] | components["schemas"]["NativeSolventDocument"] | components["schemas"]["NativeConditionDocument"];
                };
            };
        };
    };
    patchCroStoichiometryByEidByRowid: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                syncUpdateToSample?: string;
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeReactantDocument"] | components["schemas"]["NativeProductDocument"] | components["schemas"]["NativeSolventDocument"] | components["schemas"]["NativeConditionDocument"];
                };
            };
        };
    };
    getCroStoichiometryByEidByRowidStructure: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                format?: string;
                /** @description Passed on to the upstream. */
                aromaticRepresentation?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    getCroStoichiometryByEidReactants: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeReactantListDocument"];
                };
            };
        };
    };
    getCroStoichiometryByEidProducts: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeProductListDocument"];
                };
            };
        };
    };
    getCroStoichiometryByEidSolvents: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeSolventListDocument"];
                };
            };
        };
    };
    getCroChemicaldrawingsByEidReactionByPosition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Side of the reaction. */
                position: "reactants" | "reagents" | "products" | "grid";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeReactionReactantListDocument"] | components["schemas"]["NativeReactionReagentListDocument"] | components["schemas"]["NativeReactionProductListDocument"];
                };
            };
        };
    };
    postCroChemicaldrawingsByEidReactionByPosition: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Side of the reaction. */
                position: "reactants" | "reagents" | "products" | "grid";
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeReactionReactantDocument"] | components["schemas"]["NativeReactionReagentDocument"] | components["schemas"]["NativeReactionProductDocument"];
                };
            };
        };
    };
    postCroEntitiesByEidChildrenByFilename: {
        parameters: {
            query?: {
                /** @description Page of the layout that gets the element. */
                pageId?: components["parameters"]["pageId"];
                /** @description Place on the page; -1 = last. */
                pageOffset?: components["parameters"]["pageOffset"];
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Name of the file with its extension; it becomes the name of the element. */
                filename: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with the media type of the file. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    putCroEntitiesByEidAttachment: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with the media type of the file. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    getFragmentsSalts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    putFragmentsSalts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postFragmentsSalts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getFragmentsSolvates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    putFragmentsSolvates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postFragmentsSolvates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getFragmentsSaltsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    deleteFragmentsSaltsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchFragmentsSaltsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getFragmentsSolvatesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    deleteFragmentsSolvatesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchFragmentsSolvatesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getHierarchicalTablesByEid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getHierarchicalTablesByEidTablesByTableId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The table id. */
                tableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postHierarchicalTablesByEidTablesByTableId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Pull the data of an external source by the key of the row. */
                syncData?: components["parameters"]["syncData"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The table id. */
                tableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchHierarchicalTablesByEidTablesByTableId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Pull the data of an external source by the key of the row. */
                syncData?: components["parameters"]["syncData"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The table id. */
                tableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postHierarchicalTablesByEidTablesByTableIdRowsSearch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The table id. */
                tableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    getHierarchicalTablesByEidTablesByTableIdRowsByRowId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The table id. */
                tableId: string;
                /** @description Row id, a uuid. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    deleteHierarchicalTablesByEidTablesByTableIdRowsByRowId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The table id. */
                tableId: string;
                /** @description Row id, a uuid. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchHierarchicalTablesByEidTablesByTableIdRowsByRowId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Pull the data of an external source by the key of the row. */
                syncData?: components["parameters"]["syncData"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The table id. */
                tableId: string;
                /** @description Row id, a uuid. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getHierarchicalTablesByEidHeader: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchHierarchicalTablesByEidHeader: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getHierarchicalTablesByEidColumns: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsListDocument"];
                };
            };
        };
    };
    patchHierarchicalTablesByEidColumns: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsListDocument"];
                };
            };
        };
    };
    getHistoryProxyRest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rest of the path. It may hold slashes: send them as they are, not as `%2F`. */
                rest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    postHistorySearch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getHistoryRevisionsByRevisionIdEntitiesByEid: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                include?: string;
            };
            header?: never;
            path: {
                /** @description The revision id. */
                revisionId: string;
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postAuditSearch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postInventoryLocations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "inventoryLocation",
                 *         "attributes": {
                 *           "name": "Room 2026",
                 *           "typeId": "b0000000-0000-4000-b000-000000000001",
                 *           "ancestors": [
                 *             {
                 *               "id": "c0000000-0000-4000-b000-000000000001"
                 *             }
                 *           ],
                 *           "fields": []
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryLocationDocument"];
                };
            };
        };
    };
    getInventoryLocationsByLocationId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Bare uuid of the location, without `location:` and `:ivt`. */
                locationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryLocationDocument"];
                };
            };
        };
    };
    patchInventoryLocationsByLocationId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Bare uuid of the location, without `location:` and `:ivt`. */
                locationId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryLocationDocument"];
                };
            };
        };
    };
    getInventoryLocationsByLocationIdFieldsByFieldIdAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Bare uuid of the location, without `location:` and `:ivt`. */
                locationId: string;
                /** @description The field id. */
                fieldId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    putInventoryLocationsByLocationIdFieldsByFieldIdAttachment: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                filename?: string;
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Bare uuid of the location, without `location:` and `:ivt`. */
                locationId: string;
                /** @description The field id. */
                fieldId: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with the media type of the file. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryLocationDocument"];
                };
            };
        };
    };
    deleteInventoryLocationsByLocationIdFieldsByFieldIdAttachment: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Bare uuid of the location, without `location:` and `:ivt`. */
                locationId: string;
                /** @description The field id. */
                fieldId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryLocationsByLocationIdSublocations: {
        parameters: {
            query?: {
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
            };
            header?: never;
            path: {
                /** @description Bare uuid of the location, without `location:` and `:ivt`. */
                locationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryLocationListDocument"];
                };
            };
        };
    };
    getInventoryTypes: {
        parameters: {
            query: {
                /** @description Which types to list. */
                entityType: "location" | "container";
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryTypeListDocument"];
                };
            };
        };
    };
    postInventoryContainers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "inventoryContainer",
                 *         "attributes": {
                 *           "typeId": "a0000000-0000-4000-b000-000000000001",
                 *           "location": {
                 *             "id": "c0000000-0000-4000-b000-000000000002"
                 *           },
                 *           "amount": 5,
                 *           "unit": "g",
                 *           "fields": [
                 *             {
                 *               "id": "f1",
                 *               "content": {
                 *                 "value": "Red"
                 *               }
                 *             }
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryContainerListDocument"];
                };
            };
        };
    };
    postInventoryContainersBulk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryContainerListDocument"];
                };
            };
        };
    };
    getInventoryContainersByContainerId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Bare uuid of the container, without `container:` and `:ivt`. */
                containerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryContainerDocument"];
                };
            };
        };
    };
    patchInventoryContainersByContainerId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Bare uuid of the container, without `container:` and `:ivt`. */
                containerId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryContainerDocument"];
                };
            };
        };
    };
    postInventoryContainersByContainerIdStatusByAction: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Bare uuid of the container, without `container:` and `:ivt`. */
                containerId: string;
                /** @description What happens to the container. */
                action: "checkout" | "checkin" | "dispose" | "restore" | "finalDispose";
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryContainerDocument"];
                };
            };
        };
    };
    postInventoryContainersBulkUpdateStatusJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryContainersBulkUpdateStatusJobsByJobIdStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryContainersBulkUpdateStatusJobsByJobIdReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    postInventoryContainersBulkUpdateJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryContainersBulkUpdateJobsByJobIdStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryContainersBulkUpdateJobsByJobIdReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    postInventoryContainersBulkReturnHomeJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryContainersBulkReturnHomeJobsByJobIdStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryContainersBulkReturnHomeJobsByJobIdReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    postInventoryContainersStatusByActionBulk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The action. */
                action: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryContainerListDocument"];
                };
            };
        };
    };
    postInventoryContainersSearch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "containerSearch",
                 *         "attributes": {
                 *           "barcodes": [
                 *             "C00001"
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryContainerListDocument"];
                };
            };
        };
    };
    getInventoryContainersByContainerIdFieldsByFieldIdAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Bare uuid of the container, without `container:` and `:ivt`. */
                containerId: string;
                /** @description The field id. */
                fieldId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    putInventoryContainersByContainerIdFieldsByFieldIdAttachment: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                filename?: string;
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Bare uuid of the container, without `container:` and `:ivt`. */
                containerId: string;
                /** @description The field id. */
                fieldId: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with the media type of the file. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryContainerDocument"];
                };
            };
        };
    };
    deleteInventoryContainersByContainerIdFieldsByFieldIdAttachment: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Bare uuid of the container, without `container:` and `:ivt`. */
                containerId: string;
                /** @description The field id. */
                fieldId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchInventoryContainersByContainerIdAmount: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /**
                 * @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten.
                 * @example true
                 */
                force?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description Bare uuid of the container, without `container:` and `:ivt`.
                 * @example d0000000-0000-4000-b000-000000000001
                 */
                containerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "inventoryContainer",
                 *         "attributes": {
                 *           "amount": "4 g"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeInventoryContainerDocument"];
                };
            };
        };
    };
    postInventoryLocationsJobsMovement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryLocationsJobsMovementByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryLocationsJobsMovementByJobIdReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    postInventoryLocationsJobsMoveContents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryLocationsJobsMoveContentsByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryLocationsJobsMoveContentsByJobIdReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    getInventoryMaterialOrdersByOrderId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order id. */
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchInventoryMaterialOrdersByOrderId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The order id. */
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventorySuppliers: {
        parameters: {
            query?: {
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
                /** @description Passed on to the upstream. */
                sort?: string;
                /** @description Passed on to the upstream. */
                search?: string;
                /** @description Passed on to the upstream. */
                name?: string;
                /** @description Passed on to the upstream. */
                country?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postInventoryContainersBulkExport: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                fileType?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryContainersBulkExportJobsByJobIdStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryContainersBulkExportJobsByJobIdReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    postInventoryMaterialOrdersExports: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                fileType?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryMaterialOrdersExportsByJobIdStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getInventoryMaterialOrdersExportsByJobIdReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    getInventorySuppliersUploadExample: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    postInventorySuppliersUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description CSV. */
        requestBody: {
            content: {
                "text/csv": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getMaterialsLibraries: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAssetTypeListDocument"];
                };
            };
        };
    };
    getMaterialsByEid: {
        parameters: {
            query?: {
                /** @description Sparse fields of materials. */
                "fields[material]"?: components["parameters"]["fields.material"];
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("batches" | "owner")[];
                /** @description Adds the structure in this format as `attributes.structure`. */
                structureFormat?: components["parameters"]["structureFormat"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialDocument"];
                };
            };
        };
    };
    patchMaterialsByEid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialDocument"];
                };
            };
        };
    };
    getMaterialsByEidProperties: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                enrichSequence?: string;
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialPropertyListDocument"];
                };
            };
        };
    };
    patchMaterialsByEidProperties: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialPropertyListDocument"];
                };
            };
        };
    };
    getMaterialsByEidDrawing: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                format?: string;
                /** @description Passed on to the upstream. */
                aromaticRepresentation?: string;
                /** @description Passed on to the upstream. */
                labels?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    patchMaterialsByEidDrawing: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                chemicalName?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        /** @description The structure, with the media type of its format. */
        requestBody: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialDocument"];
                };
            };
        };
    };
    getMaterialsByEidImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    deleteMaterialsByEidImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchMaterialsByEidImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with the media type of the file. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialDocument"];
                };
            };
        };
    };
    getMaterialsByEidBioSequence: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                format?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    getMaterialsByEidAttachmentsByFieldId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The field id. */
                fieldId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    putMaterialsByEidAttachmentsByFieldId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The field id. */
                fieldId: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with the media type of the file. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialDocument"];
                };
            };
        };
    };
    deleteMaterialsByEidAttachmentsByFieldId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The field id. */
                fieldId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getMaterialsByEidReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    postMaterialsByEidTransfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialDocument"];
                };
            };
        };
    };
    postMaterialsByEidUpdateFromPubChem: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialDocument"];
                };
            };
        };
    };
    postMaterialsByLibraryNameAssets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Name of a material library, percent-encoded: `Reagents%20(SNB)`.
                 * @example Compounds
                 */
                libraryName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "asset",
                 *         "attributes": {
                 *           "fields": [
                 *             {
                 *               "id": "5f1e000000000000000000a1",
                 *               "value": "Ethanol"
                 *             }
                 *           ]
                 *         },
                 *         "relationships": {
                 *           "batch": {
                 *             "data": {
                 *               "type": "batch",
                 *               "attributes": {
                 *                 "fields": []
                 *               }
                 *             }
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialDocument"];
                };
            };
        };
    };
    getMaterialsByLibraryNameBulkImportExample: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                dataFileType?: string;
            };
            header?: never;
            path: {
                /** @description Name of a material library, percent-encoded: `Reagents%20(SNB)`. */
                libraryName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    postMaterialsByLibraryNameBulkImport: {
        parameters: {
            query?: {
                /** @description What to do with records that match existing ones. */
                rule?: "TREAT_AS_UNIQUE" | "USE_MATCHES" | "USE_ASSET_AND_BATCH_MATCHES" | "NO_DUPLICATED";
                /** @description Form of the body. */
                importType?: "json" | "zip";
                /** @description Records need no order. */
                processInAnyOrder?: boolean;
                /** @description What the report lists. */
                reportFormat?: "FAILURES_ONLY" | "DUPLICATES_AND_FAILURES" | "ALL_RESULTS";
            };
            header?: never;
            path: {
                /** @description Name of a material library, percent-encoded: `Reagents%20(SNB)`. */
                libraryName: string;
            };
            cookie?: never;
        };
        /** @description JSON records, or a zip archive. Above the size limit of the gateway, send it through `POST /v1/uploads`. */
        requestBody: {
            content: {
                "application/vnd.api+json": components["schemas"]["AnyJson"];
                "application/octet-stream": components["schemas"]["AnyJson"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAssetBulkImportReportDocument"];
                };
            };
        };
    };
    getMaterialsBulkImportJobsByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeAssetBulkImportReportDocument"];
                };
            };
        };
    };
    deleteMaterialsBulkImportJobsByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getMaterialsBulkImportJobsByJobIdFailures: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                filename?: string;
            };
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    getMaterialsBulkImportJobsByJobIdReport: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                filename?: string;
            };
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    postMaterialsByLibraryNameAssetsUniquenessCheck: {
        parameters: {
            query?: {
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
            };
            header?: never;
            path: {
                /** @description Name of a material library, percent-encoded: `Reagents%20(SNB)`. */
                libraryName: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialListDocument"];
                };
            };
        };
    };
    getMaterialsByLibraryNameAssetsByIdBatches: {
        parameters: {
            query?: {
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description Adds the structure in this format as `attributes.structure`. */
                structureFormat?: components["parameters"]["structureFormat"];
            };
            header?: never;
            path: {
                /** @description Name of a material library, percent-encoded: `Reagents%20(SNB)`. */
                libraryName: string;
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialListDocument"];
                };
            };
        };
    };
    postMaterialsByLibraryNameAssetsByIdBatches: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a material library, percent-encoded: `Reagents%20(SNB)`. */
                libraryName: string;
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialDocument"];
                };
            };
        };
    };
    getMaterialsByLibraryNameAssetsIdById: {
        parameters: {
            query?: {
                /** @description Sparse fields of materials. */
                "fields[material]"?: components["parameters"]["fields.material"];
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("batches" | "owner")[];
                /** @description Adds the structure in this format as `attributes.structure`. */
                structureFormat?: components["parameters"]["structureFormat"];
            };
            header?: never;
            path: {
                /** @description Name of a material library, percent-encoded: `Reagents%20(SNB)`. */
                libraryName: string;
                /** @description Material id of the asset: its name, such as `0001`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialDocument"];
                };
            };
        };
    };
    getMaterialsByLibraryNameBatchesIdById: {
        parameters: {
            query?: {
                /** @description Sparse fields of materials. */
                "fields[material]"?: components["parameters"]["fields.material"];
                /** @description Related resources to fill into `included`. Left out: all of them. Given: only those. */
                include?: ("batches" | "owner")[];
                /** @description Adds the structure in this format as `attributes.structure`. */
                structureFormat?: components["parameters"]["structureFormat"];
            };
            header?: never;
            path: {
                /** @description Name of a material library, percent-encoded: `Reagents%20(SNB)`. */
                libraryName: string;
                /** @description Material id of the batch: its name, such as `0001-0001`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialDocument"];
                };
            };
        };
    };
    postMaterialsByLibraryNameBulkExport: {
        parameters: {
            query?: {
                /** @description Chemical libraries: SDF by default, others CSV; ZIP for non-chemical ones. */
                fileType?: "SDF" | "CSV" | "ZIP";
                /** @description Format of structures. */
                chemFormat?: "SMILES" | "InChI" | "HELM";
                /** @description Most assets in the file. */
                limit?: number;
                /** @description Name of the last asset of the export before. */
                startAfter?: string;
            };
            header?: never;
            path: {
                /** @description Name of a material library, percent-encoded: `Reagents%20(SNB)`. */
                libraryName: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeBulkExportReportDocument"];
                };
            };
        };
    };
    getMaterialsBulkExportDownloadByFileId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the file that the start of the job answered with. */
                fileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    headMaterialsBulkExportDownloadByFileId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the file that the start of the job answered with. */
                fileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getMaterialsBulkExportReportsByReportId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report id. */
                reportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialBulkExportReportDocument"];
                };
            };
        };
    };
    getMaterialsTableByMaterialsTableId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The materials table id. */
                materialsTableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postMaterialsTableByMaterialsTableId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The materials table id. */
                materialsTableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchMaterialsTableByMaterialsTableId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The materials table id. */
                materialsTableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getMaterialsTableByMaterialsTableIdByRowId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The materials table id. */
                materialsTableId: string;
                /** @description Row id, a uuid. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    deleteMaterialsTableByMaterialsTableIdByRowId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The materials table id. */
                materialsTableId: string;
                /** @description Row id, a uuid. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchMaterialsTableByMaterialsTableIdByRowId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The materials table id. */
                materialsTableId: string;
                /** @description Row id, a uuid. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postMaterialsTableByMaterialsTableIdByRowIdRegister: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The materials table id. */
                materialsTableId: string;
                /** @description Row id, a uuid. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeMaterialDocument"];
                };
            };
        };
    };
    getMaterialsTableByMaterialsTableIdColumn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The materials table id. */
                materialsTableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    patchMaterialsTableByMaterialsTableIdColumn: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The materials table id. */
                materialsTableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    getMaterialsByLibraryNameBulkUpdateExample: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a material library, percent-encoded: `Reagents%20(SNB)`. */
                libraryName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    postMaterialsByLibraryNameBulkUpdate: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                applyNullValue?: string;
            };
            header?: never;
            path: {
                /** @description Name of a material library, percent-encoded: `Reagents%20(SNB)`. */
                libraryName: string;
            };
            cookie?: never;
        };
        /** @description A zip archive. */
        requestBody: {
            content: {
                "application/zip": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getMaterialsBulkUpdateJobsByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    deleteMaterialsBulkUpdateJobsByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getMaterialsBulkUpdateJobsByJobIdFailures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    getMonomersLibraries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getMonomersLibrariesByLibraryEidExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The library id. */
                libraryEid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    postMonomersLibrariesByLibraryEidBulkImport: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                treatAsNewVersion?: string;
                /** @description Passed on to the upstream. */
                treatAsNewMonomer?: string;
                /** @description Passed on to the upstream. */
                filename?: string;
            };
            header?: never;
            path: {
                /** @description The library id. */
                libraryEid: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with the media type of the file. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getMonomersLibrariesByLibraryEidBulkImportExample: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The library id. */
                libraryEid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    getMonomersLibrariesByLibraryEidBulkImportJobsByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The library id. */
                libraryEid: string;
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getMonomersLibrariesByLibraryEidBulkImportJobsByJobIdFailures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The library id. */
                libraryEid: string;
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    getMonomersByMonomerId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The monomer id. */
                monomerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postMonomersByMonomerIdDeprecate: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The monomer id. */
                monomerId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postMonomersByMonomerIdRestore: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The monomer id. */
                monomerId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getNotifications: {
        parameters: {
            query?: {
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description New ones may arrive already dismissed: a sweep asks for both. */
                status?: ("dismissed" | "notdismissed")[];
                /** @description Recorded from this instant on. */
                from?: string;
                /** @description Recorded up to this instant. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getNotificationsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchNotificationsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id.
                 * @example 24
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": [
                 *         {
                 *           "attributes": {
                 *             "name": "isDismissed",
                 *             "value": "true"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postParaexpByEidReset: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getParaexpByEidResetByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEnumeratorByEid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postEnumeratorByEidAddCompound: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                groupId?: string;
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with the media type of the file. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postEnumeratorByEidRefreshGroups: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postEnumeratorByEidEnumerate: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getEnumeratorByEidEnumerateByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postExtenumeratorByEidUpload: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with the media type of the file. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getExtenumeratorMappingTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchExtenumeratorByEidMapping: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getExtenumeratorByEid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postExtenumeratorByEidEnumerate: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getExtenumeratorByEidEnumerateByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSubexpSummaryBySubexpSummaryIdRows: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                include?: string;
            };
            header?: never;
            path: {
                /** @description The subexp summary id. */
                subexpSummaryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeSubexpSummaryRowListDocument"];
                };
            };
        };
    };
    patchSubexpSummaryBySubexpSummaryIdBulkUpdate: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The subexp summary id. */
                subexpSummaryId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSubexpSummaryBySubexpSummaryIdBulkUpdateByBulkUpdateId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The subexp summary id. */
                subexpSummaryId: string;
                /** @description The bulk update id. */
                bulkUpdateId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeSubexpSummaryBulkUpdateReportDocument"];
                };
            };
        };
    };
    postSubexpSummaryBySubexpSummaryIdSamplesBulkCreate: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Passed on to the upstream. */
                sampleCount?: string;
            };
            header?: never;
            path: {
                /** @description The subexp summary id. */
                subexpSummaryId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSubexpSummaryBySubexpSummaryIdSamplesBulkCreateByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The subexp summary id. */
                subexpSummaryId: string;
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSubexpLayoutByLayoutId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The layout id. */
                layoutId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchSubexpLayoutByLayoutId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The layout id. */
                layoutId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchSubexpLayoutByLayoutIdReset: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The layout id. */
                layoutId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSubexpLayoutByLayoutIdResetByJobId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The layout id. */
                layoutId: string;
                /** @description Id that the start of the job answered with. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postPlates: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    getPlatesByPlateContainerId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    getPlatesByPlateContainerIdPlates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativePlateListDocument"];
                };
            };
        };
    };
    postPlatesByPlateContainerIdPlates: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativePlateDocument"];
                };
            };
        };
    };
    getPlatesByPlateContainerIdPlatesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
                /** @description Name of the plate: `Plate-1`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativePlateDocument"];
                };
            };
        };
    };
    putPlatesByPlateContainerIdPlatesById: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativePlateDocument"];
                };
            };
        };
    };
    deletePlatesByPlateContainerIdPlatesById: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchPlatesByPlateContainerIdPlatesById: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativePlateDocument"];
                };
            };
        };
    };
    getPlatesByPlateContainerIdSettingsAnnotationLayers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postPlatesByPlateContainerIdSettingsAnnotationLayers: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getPlatesByPlateContainerIdSettingsAnnotationLayersByAnnotationLayerId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
                /** @description The annotation layer id. */
                annotationLayerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    deletePlatesByPlateContainerIdSettingsAnnotationLayersByAnnotationLayerId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
                /** @description The annotation layer id. */
                annotationLayerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchPlatesByPlateContainerIdSettingsAnnotationLayersByAnnotationLayerId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
                /** @description The annotation layer id. */
                annotationLayerId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getPlatesByPlateContainerIdSummary: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                splitUnits?: string;
                /** @description Passed on to the upstream. */
                include?: string;
            };
            header?: never;
            path: {
                /** @description The plate container id. */
                plateContainerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativePlateRowListDocument"];
                };
            };
        };
    };
    getScimV2ServiceProviderConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    getScimV2ResourceTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    getScimV2ResourceTypesByResourceTypeId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The resource type id. */
                resourceTypeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    getScimV2Schemas: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    getScimV2SchemasById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    getScimV2Users: {
        parameters: {
            query?: {
                /** @description SCIM filter, such as `userName eq "ada@example.com"`. */
                filter?: components["parameters"]["filter"];
                /** @description SCIM attribute to sort by. */
                sortBy?: components["parameters"]["sortBy"];
                /** @description Direction of the order. */
                sortOrder?: components["parameters"]["sortOrder"];
                /** @description First item of the page; counts from 1. */
                startIndex?: components["parameters"]["startIndex"];
                /** @description How many items one page holds. */
                count?: components["parameters"]["count"];
                /** @description SCIM attributes to answer with. */
                attributes?: components["parameters"]["attributes"];
                /** @description SCIM attributes to leave out. */
                excludedAttributes?: components["parameters"]["excludedAttributes"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    postScimV2Users: {
        parameters: {
            query?: {
                /** @description SCIM attributes to answer with. */
                attributes?: components["parameters"]["attributes"];
                /** @description SCIM attributes to leave out. */
                excludedAttributes?: components["parameters"]["excludedAttributes"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/scim+json": components["schemas"]["AnyJson"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    getScimV2UsersById: {
        parameters: {
            query?: {
                /** @description SCIM attributes to answer with. */
                attributes?: components["parameters"]["attributes"];
                /** @description SCIM attributes to leave out. */
                excludedAttributes?: components["parameters"]["excludedAttributes"];
            };
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    putScimV2UsersById: {
        parameters: {
            query?: {
                /** @description SCIM attributes to answer with. */
                attributes?: components["parameters"]["attributes"];
                /** @description SCIM attributes to leave out. */
                excludedAttributes?: components["parameters"]["excludedAttributes"];
            };
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/scim+json": components["schemas"]["AnyJson"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    deleteScimV2UsersById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    patchScimV2UsersById: {
        parameters: {
            query?: {
                /** @description SCIM attributes to answer with. */
                attributes?: components["parameters"]["attributes"];
                /** @description SCIM attributes to leave out. */
                excludedAttributes?: components["parameters"]["excludedAttributes"];
            };
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/scim+json": components["schemas"]["AnyJson"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    getScimV2Groups: {
        parameters: {
            query?: {
                /** @description SCIM filter, such as `userName eq "ada@example.com"`. */
                filter?: components["parameters"]["filter"];
                /** @description SCIM attribute to sort by. */
                sortBy?: components["parameters"]["sortBy"];
                /** @description Direction of the order. */
                sortOrder?: components["parameters"]["sortOrder"];
                /** @description First item of the page; counts from 1. */
                startIndex?: components["parameters"]["startIndex"];
                /** @description How many items one page holds. */
                count?: components["parameters"]["count"];
                /** @description SCIM attributes to answer with. */
                attributes?: components["parameters"]["attributes"];
                /** @description SCIM attributes to leave out. */
                excludedAttributes?: components["parameters"]["excludedAttributes"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    postScimV2Groups: {
        parameters: {
            query?: {
                /** @description SCIM attributes to answer with. */
                attributes?: components["parameters"]["attributes"];
                /** @description SCIM attributes to leave out. */
                excludedAttributes?: components["parameters"]["excludedAttributes"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/scim+json": components["schemas"]["AnyJson"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    getScimV2GroupsById: {
        parameters: {
            query?: {
                /** @description SCIM attributes to answer with. */
                attributes?: components["parameters"]["attributes"];
                /** @description SCIM attributes to leave out. */
                excludedAttributes?: components["parameters"]["excludedAttributes"];
            };
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    putScimV2GroupsById: {
        parameters: {
            query?: {
                /** @description SCIM attributes to answer with. */
                attributes?: components["parameters"]["attributes"];
                /** @description SCIM attributes to leave out. */
                excludedAttributes?: components["parameters"]["excludedAttributes"];
            };
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/scim+json": components["schemas"]["AnyJson"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    deleteScimV2GroupsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    patchScimV2GroupsById: {
        parameters: {
            query?: {
                /** @description SCIM attributes to answer with. */
                attributes?: components["parameters"]["attributes"];
                /** @description SCIM attributes to leave out. */
                excludedAttributes?: components["parameters"]["excludedAttributes"];
            };
            header?: never;
            path: {
                /** @description The id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/scim+json": components["schemas"]["AnyJson"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    postScimV2Bulk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/scim+json": components["schemas"]["AnyJson"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["AnyJson"];
                };
            };
        };
    };
    getStoichiometryByEid: {
        parameters: {
            query?: {
                /** @description Sparse fields of the reaction grids. */
                "fields[stoichiometry]"?: components["parameters"]["fields.stoichiometry"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
                /** @description Passed on to the upstream. */
                includeStrippedData?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeStoichiometryDocument"] | components["schemas"]["NativeStoichiometryListDocument"];
                };
            };
        };
    };
    getStoichiometryByEidByRowid: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
                /** @description Passed on to the upstream. */
                includeStrippedData?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeReactantDocument"] | components["schemas"]["NativeProductDocument"] | components["schemas"]["NativeSolventDocument"] | components["schemas"]["NativeConditionDocument"];
                };
            };
        };
    };
    deleteStoichiometryByEidByRowid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchStoichiometryByEidByRowid: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                syncUpdateToSample?: string;
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeReactantDocument"] | components["schemas"]["NativeProductDocument"] | components["schemas"]["NativeSolventDocument"] | components["schemas"]["NativeConditionDocument"];
                };
            };
        };
    };
    getStoichiometryByEidByRowidStructure: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                format?: string;
                /** @description Passed on to the upstream. */
                aromaticRepresentation?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    headStoichiometryByEidByRowidStructure: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                format?: string;
                /** @description Passed on to the upstream. */
                aromaticRepresentation?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Row id, a uuid. */
                rowid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getStoichiometryByEidReactants: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeReactantListDocument"];
                };
            };
        };
    };
    postStoichiometryByEidReactants: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeReactantDocument"];
                };
            };
        };
    };
    getStoichiometryByEidProducts: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeProductListDocument"];
                };
            };
        };
    };
    postStoichiometryByEidProducts: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeProductDocument"];
                };
            };
        };
    };
    getStoichiometryByEidSolvents: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeSolventListDocument"];
                };
            };
        };
    };
    postStoichiometryByEidSolvents: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeSolventDocument"];
                };
            };
        };
    };
    getStoichiometryByEidConditions: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeConditionListDocument"];
                };
            };
        };
    };
    postStoichiometryByEidConditions: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeConditionDocument"];
                };
            };
        };
    };
    getStoichiometryByEidColumnsByGrid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The grid. */
                grid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeGridColumnsDocument"];
                };
            };
        };
    };
    patchStoichiometryByEidColumnsByGrid: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description The grid. */
                grid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeGridColumnsDocument"];
                };
            };
        };
    };
    getChemicaldrawingsByEidReactionByPosition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
                /** @description Side of the reaction. */
                position: "reactants" | "reagents" | "products" | "grid";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeReactionReactantListDocument"] | components["schemas"]["NativeReactionReagentListDocument"] | components["schemas"]["NativeReactionProductListDocument"];
                };
            };
        };
    };
    postChemicaldrawingsByEidReactionByPosition: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /**
                 * @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten.
                 * @example true
                 */
                force?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`.
                 * @example chemicalDrawing:00000000-0000-4000-a000-000000000012
                 */
                eid: string;
                /**
                 * @description Side of the reaction.
                 * @example reactants
                 */
                position: "reactants" | "reagents" | "products" | "grid";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "attributes": {
                 *           "dataType": "smiles",
                 *           "data": "CCO"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeReactionReactantDocument"] | components["schemas"]["NativeReactionReagentDocument"] | components["schemas"]["NativeReactionProductDocument"];
                };
            };
        };
    };
    getChemicaldrawingsByEidReaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    putChemicaldrawingsByEidReaction: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Passed on to the upstream. */
                syncUpdateToSample?: string;
            };
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with the media type of the file. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeEntityDocument"];
                };
            };
        };
    };
    getSynergyDataExchangeByDataExchangeEidFiles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The data exchange id. */
                dataExchangeEid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyDataExchangeByDataExchangeEidReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The data exchange id. */
                dataExchangeEid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    getSynergyDataExchangeByDataExchangeEidResultTableByTableName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The data exchange id. */
                dataExchangeEid: string;
                /** @description The table name. */
                tableName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyCros: {
        parameters: {
            query?: {
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    getSynergyCrosByCroId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The cro id. */
                croId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyCrosByCroIdDepartments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The cro id. */
                croId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    getSynergyDepartmentsByDepartmentId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The department id. */
                departmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyCollaborationsByCollaborationIdDepartments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The collaboration id. */
                collaborationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    getSynergyCrosByCroIdUsersByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The cro id. */
                croId: string;
                /** @description User id, a decimal number. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyCrosByCroIdUsers: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                enabled?: string;
            };
            header?: never;
            path: {
                /** @description The cro id. */
                croId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    postSynergyCrosByCroIdUsers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The cro id. */
                croId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyCrosByCroIdAdmins: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                enabled?: string;
            };
            header?: never;
            path: {
                /** @description The cro id. */
                croId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    getSynergyDepartmentsByDepartmentIdMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The department id. */
                departmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    getSynergyDepartmentsByDepartmentIdManagers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The department id. */
                departmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    getSynergyUsersByUserIdCro: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description User id, a decimal number. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyWorkTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyCollaborations: {
        parameters: {
            query?: {
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: components["parameters"]["page.limit"];
                /** @description Only collaborations in this state. */
                status?: "New" | "Active" | "On Hold" | "CRO Complete" | "In Review" | "Closed";
                /** @description Passed on to the upstream. */
                cro?: string;
                /** @description Passed on to the upstream. */
                croDeptEid?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    getSynergyCollaborationsByCollaborationEid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The collaboration id. */
                collaborationEid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postSynergyWorkOrders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyWorkOrdersByWorkOrderId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The work order id. */
                workOrderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    putSynergyWorkOrdersByWorkOrderIdStatus: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The work order id. */
                workOrderId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyDesignTablesByDesignTableIdRows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The design table id. */
                designTableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    patchSynergyDesignTablesByDesignTableIdRows: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The design table id. */
                designTableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyDesignTablesByDesignTableIdColumnDefinition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The design table id. */
                designTableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyDesignsByDesignId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The design id. */
                designId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchSynergyDesignsByDesignId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The design id. */
                designId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    putSynergyDesignsByDesignIdDrawing: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                format?: string;
            };
            header?: never;
            path: {
                /** @description The design id. */
                designId: string;
            };
            cookie?: never;
        };
        /** @description The structure in the format that `format` names. */
        requestBody: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyDesignTablesByDesignTableIdDesignBulkImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The design table id. */
                designTableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postSynergyDesignTablesByDesignTableIdDesignBulkImport: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                filename?: string;
                /** @description What to do with duplicates. */
                rule?: "TREAT_AS_UNIQUE" | "NO_DUPLICATED";
                /** @description Passed on to the upstream. */
                reportFormat?: string;
            };
            header?: never;
            path: {
                /** @description The design table id. */
                designTableId: string;
            };
            cookie?: never;
        };
        /** @description SDF or CSV, at most 50 MiB and 100 designs. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "*/*": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyDesignTablesDesignBulkImportReportFileByFileId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the file that the start of the job answered with. */
                fileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    getSynergyReferenceTablesByReferenceTableIdRows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The reference table id. */
                referenceTableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    patchSynergyReferenceTablesByReferenceTableIdRows: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The reference table id. */
                referenceTableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyReferenceTablesByReferenceTableIdColumnDefinition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The reference table id. */
                referenceTableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    putSynergyReferenceTablesByReferenceTableIdColumnDefinition: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The reference table id. */
                referenceTableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyConfigReferenceTable: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                libraryName?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postSynergyCrosByCroIdBulkUpdateUsers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The cro id. */
                croId: string;
            };
            cookie?: never;
        };
        /** @description CSV. */
        requestBody: {
            content: {
                "text/csv": unknown;
            };
        };
        responses: {
            /** @description The upstream's answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSynergyCrosByCroIdBulkUpdateUsersStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The cro id. */
                croId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postSynergyCrosByCroIdUsersByUserIdDeactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The cro id. */
                croId: string;
                /** @description User id, a decimal number. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    postSynergyCrosByCroIdUsersByUserIdReactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The cro id. */
                croId: string;
                /** @description User id, a decimal number. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    putSynergySynergyExperimentBySynergyExperimentIdStatus: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The synergy experiment id. */
                synergyExperimentId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getParserDefinitionsByEid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getSecurityPolicyExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    deleteAuthTokens: {
        parameters: {
            query?: {
                /** @description Every token; without it, `email` is needed. */
                all?: boolean;
                /** @description Whose tokens. */
                email?: string;
                /** @description Domain of the user; left out: that of the request. */
                domain?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteBearerTokensByDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain. */
                domain: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteBearerTokensByDomainUserByEmail: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                authId?: string;
            };
            header?: never;
            path: {
                /** @description The domain. */
                domain: string;
                /** @description The email. */
                email: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getTasksByTaskIdProperties: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                name?: string;
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Task id, such as `task:…`. */
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeContentPropertyListDocument"];
                };
            };
        };
    };
    patchTasksByTaskIdProperties: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                name?: string;
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Task id, such as `task:…`. */
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeContentPropertyListDocument"];
                };
            };
        };
    };
    getTasksByTaskIdPropertiesByPropertyId: {
        parameters: {
            query?: {
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Task id, such as `task:…`. */
                taskId: string;
                /** @description The property id. */
                propertyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeContentPropertyDocument"];
                };
            };
        };
    };
    patchTasksByTaskIdPropertiesByPropertyId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
                /** @description Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text. */
                value?: components["parameters"]["value"];
            };
            header?: never;
            path: {
                /** @description Task id, such as `task:…`. */
                taskId: string;
                /** @description The property id. */
                propertyId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeContentPropertyDocument"];
                };
            };
        };
    };
    getTasksTodoByTodoListIdRows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The todo list id. */
                todoListId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    patchTasksTodoByTodoListIdRows: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The todo list id. */
                todoListId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getTasksTodoByTodoListIdColumn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The todo list id. */
                todoListId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    patchTasksTodoByTodoListIdColumn: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The todo list id. */
                todoListId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    getTasksTasksTableByTasksTableIdRows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tasks table id. */
                tasksTableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    patchTasksTasksTableByTasksTableIdRows: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The tasks table id. */
                tasksTableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getTasksTasksTableByTasksTableIdColumn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tasks table id. */
                tasksTableId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    patchTasksTasksTableByTasksTableIdColumn: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description The tasks table id. */
                tasksTableId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeColumnDefinitionsDocument"];
                };
            };
        };
    };
    getUsers: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                q?: string;
                /** @description Only enabled, or only disabled users. */
                enabled?: boolean;
                /** @description How many items to skip. An offset past the end gives an empty list. */
                "page[offset]"?: components["parameters"]["page.offset"];
                /** @description How many items one page holds. */
                "page[limit]"?: number;
                /** @description Passed on to the upstream. */
                userType?: string;
                /** @description Passed on to the upstream. */
                cro?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeUserListDocument"];
                };
            };
        };
    };
    postUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeUserDocument"];
                };
            };
        };
    };
    getUsersByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description User id, a decimal number. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeUserDocument"];
                };
            };
        };
    };
    deleteUsersByUserId: {
        parameters: {
            query?: {
                /** @description Passed on to the upstream. */
                assignResourceTo?: string;
            };
            header?: never;
            path: {
                /** @description User id, a decimal number. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchUsersByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description User id, a decimal number. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeUserDocument"];
                };
            };
        };
    };
    getUsersByUserIdPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description User id, a decimal number. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    getUsersByUserIdSystemGroups: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description User id, a decimal number. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeGroupListDocument"];
                };
            };
        };
    };
    patchUsersByUserIdReactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description User id, a decimal number. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeUserDocument"];
                };
            };
        };
    };
    getUsersLicenses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getGroups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeGroupListDocument"];
                };
            };
        };
    };
    postGroups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeGroupDocument"];
                };
            };
        };
    };
    getGroupsByGroupId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeGroupDocument"];
                };
            };
        };
    };
    deleteGroupsByGroupId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchGroupsByGroupId: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeGroupDocument"];
                };
            };
        };
    };
    getGroupsByGroupIdMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeUserListDocument"];
                };
            };
        };
    };
    postGroupsByGroupIdMembers: {
        parameters: {
            query?: {
                /** @description Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400. */
                digest?: components["parameters"]["digest"];
                /** @description Write without a digest: the latest one is used, and somebody else’s change may be overwritten. */
                force?: components["parameters"]["force"];
            };
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeUserListDocument"];
                };
            };
        };
    };
    deleteGroupsByGroupIdMembersByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
                /** @description User id, a decimal number. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getGroupsByGroupIdShares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    postGroupsByGroupIdShares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    deleteGroupsByGroupIdSharesBySid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
                /** @description The sid. */
                sid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchGroupsByGroupIdSharesBySid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
                /** @description The sid. */
                sid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getGroupsByGroupIdAssociations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ListDocument"];
                };
            };
        };
    };
    postGroupsByGroupIdAssociations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    patchGroupsByGroupIdAssociations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Group id, a decimal number. */
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": components["schemas"]["NativeRequestDocument"];
            };
        };
        responses: {
            /** @description The upstream's answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["Document"];
                };
            };
        };
    };
    getRoles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeRoleListDocument"];
                };
            };
        };
    };
    getRolesByRoleId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The role id. */
                roleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeRoleDocument"];
                };
            };
        };
    };
    getProfilesMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NativeProfileDocument"];
                };
            };
        };
    };
    createUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "upload",
                 *         "attributes": {
                 *           "method": "POST",
                 *           "path": "/api/rest/v1.0/entities/experiment:00000000-0000-4000-a000-000000000003/children/scan.tif?force=true",
                 *           "mediaType": "image/tiff",
                 *           "sizeBytes": 52428800
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewUpload"];
            };
        };
        responses: {
            /** @description The upload. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["UploadDocument"];
                };
            };
        };
    };
    readUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the upload. */
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upload. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["UploadDocument"];
                };
            };
        };
    };
    deleteUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the upload. */
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    forwardUpload: {
        parameters: {
            query?: {
                /** @description Forward an `uncertain` upload once more. Look in the tenant first: the last try may have worked. */
                again?: boolean;
                /** @description Replaces the digest of the recorded path; so does every other query parameter. */
                digest?: string;
            };
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the upload. */
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's own answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    listAssets: {
        parameters: {
            query?: {
                /** @description Only what was changed then or later. */
                from?: string;
                /** @description Only what was changed then or before. */
                until?: string;
                /** @description The time that `from` and `until` are about; `modifiedAt` by default. */
                timeField?: "modifiedAt" | "createdAt";
                /** @description `-` = descending; `createdAt` by default. */
                sort?: "createdAt" | "-createdAt" | "modifiedAt" | "-modifiedAt" | "name" | "-name";
                /** @description The structure of each material. A page of a library costs a call for each of its materials. */
                structure?: "smiles";
                /** @description Materials to pass over. */
                "page[offset]"?: number;
                /** @description Materials on a page. */
                "page[limit]"?: number;
            };
            header?: never;
            path: {
                /** @description Id of the library (24 hex digits), or its name. */
                library: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Materials Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["MaterialsDocument"];
                };
            };
        };
    };
    listBatches: {
        parameters: {
            query?: {
                /** @description Only what was changed then or later. */
                from?: string;
                /** @description Only what was changed then or before. */
                until?: string;
                /** @description The time that `from` and `until` are about; `modifiedAt` by default. */
                timeField?: "modifiedAt" | "createdAt";
                /** @description `-` = descending; `createdAt` by default. */
                sort?: "createdAt" | "-createdAt" | "modifiedAt" | "-modifiedAt" | "name" | "-name";
                /** @description The structure of each material. A page of a library costs a call for each of its materials. */
                structure?: "smiles";
                /** @description Materials to pass over. */
                "page[offset]"?: number;
                /** @description Materials on a page. */
                "page[limit]"?: number;
            };
            header?: never;
            path: {
                /** @description Id of the library (24 hex digits), or its name. */
                library: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Materials Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["MaterialsDocument"];
                };
            };
        };
    };
    listAssetBatches: {
        parameters: {
            query?: {
                /** @description Only what was changed then or later. */
                from?: string;
                /** @description Only what was changed then or before. */
                until?: string;
                /** @description The time that `from` and `until` are about; `modifiedAt` by default. */
                timeField?: "modifiedAt" | "createdAt";
                /** @description `-` = descending; `createdAt` by default. */
                sort?: "createdAt" | "-createdAt" | "modifiedAt" | "-modifiedAt" | "name" | "-name";
                /** @description The structure of each material. A page of a library costs a call for each of its materials. */
                structure?: "smiles";
                /** @description Materials to pass over. */
                "page[offset]"?: number;
                /** @description Materials on a page. */
                "page[limit]"?: number;
            };
            header?: never;
            path: {
                /** @description Id of the library (24 hex digits), or its name. */
                library: string;
                /** @description Id of the asset (`asset:` and 24 hex digits, or these alone), or its material id. */
                asset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Materials Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["MaterialsDocument"];
                };
            };
        };
    };
    readBatch: {
        parameters: {
            query?: {
                /** @description The structure too, in the same call. */
                structure?: "smiles";
            };
            header?: never;
            path: {
                /** @description Id of the library (24 hex digits), or its name. */
                library: string;
                /** @description The material id, such as 0001-0001. */
                batch: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Material Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["MaterialDocument"];
                };
            };
        };
    };
    findInventoryItems: {
        parameters: {
            query: {
                /** @description What to find. */
                kind: "container" | "location";
                /** @description Name of the type. */
                type?: string;
                /** @description Such as `fields.Barcode`; with `value`. */
                field?: string;
                /** @description The value of the field. */
                value?: string;
                /** @description Items to pass over. */
                "page[offset]"?: number;
                /** @description Items on a page. */
                "page[limit]"?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Inventory Items Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["InventoryItemsDocument"];
                };
            };
        };
    };
    createInventoryContainer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "inventory-container",
                 *         "attributes": {
                 *           "typeId": "a0000000-0000-4000-b000-000000000001",
                 *           "barcode": "V-2026-0001",
                 *           "amount": 2.5,
                 *           "unit": "mg",
                 *           "locationId": "c0000000-0000-4000-b000-000000000003",
                 *           "position": "C3",
                 *           "fields": {
                 *             "Cap Colour": "Red"
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewContainer"];
            };
        };
        responses: {
            /** @description Inventory Container Document */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["InventoryContainerDocument"];
                };
            };
        };
    };
    createInventoryLocation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "inventory-location",
                 *         "attributes": {
                 *           "typeId": "b0000000-0000-4000-b000-000000000002",
                 *           "name": "Plate 2026-1",
                 *           "barcode": "P-2026-0001",
                 *           "parentId": "c0000000-0000-4000-b000-000000000002",
                 *           "rows": 8,
                 *           "columns": 12,
                 *           "fields": {
                 *             "Material": "Glass"
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewLocation"];
            };
        };
        responses: {
            /** @description Inventory Location Document */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["InventoryLocationDocument"];
                };
            };
        };
    };
    readWellPosition: {
        parameters: {
            query?: {
                /** @description Such as B3. */
                label?: string;
                /** @description From zero; with `column`. */
                row?: number;
                /** @description From zero; with `row`. */
                column?: number;
                /** @description From zero, row by row; with `columns`. */
                index?: number;
                /** @description Columns of the plate, without which there is no index. */
                columns?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Well Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["WellDocument"];
                };
            };
        };
    };
    listTableRows: {
        parameters: {
            query?: {
                /** @description The layer of a hierarchical table, or the variant of a variations table. */
                part?: string;
                /** @description From `links.next`. */
                "page[cursor]"?: string;
                /** @description Rows on a page. */
                "page[limit]"?: number;
            };
            header?: never;
            path: {
                /** @description Id of the entity, such as grid:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Table Rows Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["TableRowsDocument"];
                };
            };
        };
    };
    addTableRows: {
        parameters: {
            query?: {
                /** @description The layer of a hierarchical table, or the variant of a variations table. */
                part?: string;
                /**
                 * @description In place of If-Match. The facade reads the latest version, writes on it, and does both again, at most eight times, while others are faster.
                 * @example retry
                 */
                onConflict?: "retry";
            };
            header?: {
                /** @description The ETag of the entity as it was read. If the entity was changed meanwhile, the write is refused with 412. */
                "If-Match"?: string;
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Id of the entity, such as grid:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10.
                 * @example grid:00000000-0000-4000-a000-000000000005
                 */
                eid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "table-rows",
                 *         "attributes": {
                 *           "rows": [
                 *             {
                 *               "cells": {
                 *                 "Colour": "red",
                 *                 "Mass": "2.5 g"
                 *               }
                 *             },
                 *             {
                 *               "cells": {
                 *                 "Colour": "blue",
                 *                 "Mass": "3 g"
                 *               }
                 *             }
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewTableRows"];
            };
        };
        responses: {
            /** @description Added Table Rows Document */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["AddedTableRowsDocument"];
                };
            };
        };
    };
    deleteTableRow: {
        parameters: {
            query?: {
                /** @description The layer of a hierarchical table, or the variant of a variations table. */
                part?: string;
                /** @description In place of If-Match. The facade reads the latest version, writes on it, and does both again, at most eight times, while others are faster. */
                onConflict?: "retry";
                /** @description Where the tenant asks for a reason for changes: its id. */
                reasonId?: string;
                /** @description With `reasonId`: more about the reason. */
                comment?: string;
            };
            header?: {
                /** @description The ETag of the entity as it was read. If the entity was changed meanwhile, the write is refused with 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the entity, such as grid:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10. */
                eid: string;
                /** @description Id of the row. */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeTableRow: {
        parameters: {
            query?: {
                /** @description The layer of a hierarchical table, or the variant of a variations table. */
                part?: string;
                /**
                 * @description In place of If-Match. The facade reads the latest version, writes on it, and does both again, at most eight times, while others are faster.
                 * @example retry
                 */
                onConflict?: "retry";
            };
            header?: {
                /** @description The ETag of the entity as it was read. If the entity was changed meanwhile, the write is refused with 412. */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Id of the entity, such as grid:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10.
                 * @example grid:00000000-0000-4000-a000-000000000005
                 */
                eid: string;
                /**
                 * @description Id of the row.
                 * @example 531a1b0c-1ec3-4cbf-a42f-19fc1142fd9a
                 */
                rowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "table-row",
                 *         "attributes": {
                 *           "cells": {
                 *             "Colour": "green"
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["TableRowChange"];
            };
        };
        responses: {
            /** @description Table Row Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["TableRowDocument"];
                };
            };
        };
    };
    listAttachments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the entity, such as grid:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Attachments Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["AttachmentsDocument"];
                };
            };
        };
    };
    addAttachment: {
        parameters: {
            query: {
                /** @description Becomes the name. One line without slashes. */
                filename: string;
                /** @description In place of If-Match. The facade reads the latest version, writes on it, and does both again, at most eight times, while others are faster. */
                onConflict?: "retry";
            };
            header?: {
                /** @description The ETag of the entity as it was read. If the entity was changed meanwhile, the write is refused with 412. */
                "If-Match"?: string;
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the entity, such as grid:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Attachment Document */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["AttachmentDocument"];
                };
            };
        };
    };
    readAttachment: {
        parameters: {
            query?: {
                /** @description Such as svg; absent = as it was stored. */
                format?: string;
            };
            header?: never;
            path: {
                /** @description Id of the entity, such as grid:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10. */
                eid: string;
                /** @description Id of the file, such as pdf:<uuid>. */
                attachmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's own answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    replaceAttachment: {
        parameters: {
            query?: {
                /** @description In place of If-Match. The facade reads the latest version, writes on it, and does both again, at most eight times, while others are faster. */
                onConflict?: "retry";
            };
            header?: {
                /** @description The ETag of the entity as it was read. If the entity was changed meanwhile, the write is refused with 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the entity, such as grid:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10. */
                eid: string;
                /** @description Id of the file, such as pdf:<uuid>. */
                attachmentId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Attachment Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["AttachmentDocument"];
                };
            };
        };
    };
    changeEntity: {
        parameters: {
            query?: {
                /**
                 * @description In place of If-Match. The facade reads the latest version, writes on it, and does both again, at most eight times, while others are faster.
                 * @example retry
                 */
                onConflict?: "retry";
            };
            header?: {
                /** @description The ETag of the entity as it was read. If the entity was changed meanwhile, the write is refused with 412. */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Id of the entity, such as grid:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10.
                 * @example experiment:00000000-0000-4000-a000-000000000003
                 */
                eid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "entity",
                 *         "attributes": {
                 *           "properties": {
                 *             "Description": "Third run, at 60 °C"
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["EntityChange"];
            };
        };
        responses: {
            /** @description Entity Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["EntityDocument"];
                };
            };
        };
    };
    replaceProperties: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the entity, such as grid:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/vnd.api+json": unknown;
            };
        };
        responses: {
            /** @description The upstream's own answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                /** @description The type of what they make; absent = all types. */
                type?: "experiment" | "request" | "paraexp" | "ado" | "grid" | "sample" | "worksheet" | "task" | "variationsGrid" | "hierarchicalGrid" | "designTable" | "synergyExperiment" | "idea";
                /** @description Templates to pass over. */
                "page[offset]"?: number;
                /** @description Templates on a page. */
                "page[limit]"?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Templates Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["TemplatesDocument"];
                };
            };
        };
    };
    listTemplateFields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the template. */
                eid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Template Fields Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["TemplateFieldsDocument"];
                };
            };
        };
    };
    readScim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proxy: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's own answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    replaceScim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proxy: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/scim+json": unknown;
            };
        };
        responses: {
            /** @description The upstream's own answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    createScim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                proxy: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/scim+json": unknown;
            };
        };
        responses: {
            /** @description The upstream's own answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    deleteScim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proxy: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upstream's own answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    changeScim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proxy: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/scim+json": unknown;
            };
        };
        responses: {
            /** @description The upstream's own answer. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    listSampleRegistrations: {
        parameters: {
            query: {
                /** @description The state that is listed. */
                registration: "drifted";
                /** @description Samples on a page. */
                "page[limit]"?: number;
                /** @description From `links.next`. */
                "page[cursor]"?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sample Registrations Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["SampleRegistrationsDocument"];
                };
            };
        };
    };
    readSampleRegistration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the sample: `sample:` and a UUID, or the UUID alone. */
                sampleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sample Registration Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["SampleRegistrationDocument"];
                };
            };
        };
    };
    markSampleRegistered: {
        parameters: {
            query?: never;
            header: {
                /** @description The digest of the sample as you have registered it, in quotes: the ETag of its registration. */
                "If-Match": string;
            };
            path: {
                /**
                 * @description Id of the sample: `sample:` and a UUID, or the UUID alone.
                 * @example sample:00000000-0000-4000-a000-000000000007
                 */
                sampleId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "sample-registration",
                 *         "attributes": {
                 *           "externalId": "LIMS-20417",
                 *           "note": "Shelf 3"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewSampleRegistration"];
            };
        };
        responses: {
            /** @description Sample Registration Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["SampleRegistrationDocument"];
                };
            };
        };
    };
    readCache: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures of the last 24 hours. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["CacheDocument"];
                };
            };
        };
    };
    purgeCache: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "cache-purge",
                 *         "attributes": {
                 *           "entity": "experiment:00000000-0000-4000-a000-000000000003",
                 *           "kind": "soft"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["CachePurge"];
            };
        };
        responses: {
            /** @description What was purged. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["CachePurgeDocument"];
                };
            };
        };
    };
    readQuota: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The budget as it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["QuotaDocument"];
                };
            };
        };
    };
    listBookings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bookings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["BookingsDocument"];
                };
            };
        };
    };
    createBooking: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "booking",
                 *         "attributes": {
                 *           "units": 6000,
                 *           "from": "2026-06-01T22:00:00Z",
                 *           "until": "2026-06-01T23:00:00Z"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["Booking"];
            };
        };
        responses: {
            /** @description The booking. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["BookingDocument"];
                };
            };
        };
    };
    cancelBooking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the booking. */
                bookingId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your own record. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["CallerDocument"];
                };
            };
        };
    };
    listConsumers: {
        parameters: {
            query?: {
                /** @description Consumers in one page. */
                "page[limit]"?: number;
                /** @description Where the page begins; `links.next` of the page before has it. */
                "page[after]"?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of consumers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ConsumersDocument"];
                };
            };
        };
    };
    createConsumer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "consumer",
                 *         "id": "lab-dashboard",
                 *         "attributes": {
                 *           "scopes": [
                 *             "*:read"
                 *           ],
                 *           "contact": "lab-it@example.com",
                 *           "quota": {
                 *             "priority": "interactive",
                 *             "weight": 1,
                 *             "caps": [
                 *               {
                 *                 "units": 300,
                 *                 "windowSeconds": 60
                 *               }
                 *             ]
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewConsumer"];
            };
        };
        responses: {
            /** @description The consumer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ConsumerDocument"];
                };
            };
        };
    };
    readConsumer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the consumer. */
                consumerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The consumer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ConsumerDocument"];
                };
            };
        };
    };
    deleteConsumer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the consumer as it was read: refused with 412 when it was changed meanwhile. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the consumer. */
                consumerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeConsumer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the consumer as it was read: refused with 412 when it was changed meanwhile. */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Id of the consumer.
                 * @example lab-dashboard
                 */
                consumerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "consumer",
                 *         "attributes": {
                 *           "state": "suspended"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["ConsumerChange"];
            };
        };
        responses: {
            /** @description The consumer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ConsumerDocument"];
                };
            };
        };
    };
    listConsumerKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the consumer. */
                consumerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most two working keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ConsumerKeysDocument"];
                };
            };
        };
    };
    createConsumerKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Id of the consumer.
                 * @example lab-dashboard
                 */
                consumerId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "consumer-key",
                 *         "attributes": {
                 *           "expiresAt": "2036-12-31T00:00:00Z"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewConsumerKey"];
            };
        };
        responses: {
            /** @description The key, in `data.attributes.key`. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NewConsumerKeyDocument"];
                };
            };
        };
    };
    revokeConsumerKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the consumer. */
                consumerId: string;
                /** @description Id of the key; no part of its secret. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pool. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["CredentialsDocument"];
                };
            };
        };
    };
    addCredential: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "credential",
                 *         "attributes": {
                 *           "owner": "svc-eln",
                 *           "secret": "<API-key>"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewCredential"];
            };
        };
        responses: {
            /** @description The key, without its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["CredentialDocument"];
                };
            };
        };
    };
    removeCredential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the credential. */
                credentialId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeCredential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the credential. */
                credentialId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "credential",
                 *         "attributes": {
                 *           "state": "retiring"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["CredentialChange"];
            };
        };
        responses: {
            /** @description The key, without its secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["CredentialDocument"];
                };
            };
        };
    };
    readMyToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description The consumer's own name for the person; left out by callers whose JWT names the person. */
                "X-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token, without its value. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["TokenDocument"];
                };
            };
        };
    };
    revokeMyToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description The consumer's own name for the person; left out by callers whose JWT names the person. */
                "X-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createTokenLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description The consumer's own name for the person; left out by callers whose JWT names the person. */
                "X-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["TokenLinkDocument"];
                };
            };
        };
    };
    listMyTokens: {
        parameters: {
            query?: {
                /** @description Tokens in one page. */
                "page[limit]"?: number;
                /** @description Where the page begins; `links.next` of the page before has it. */
                "page[cursor]"?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tokens, without their values. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["TokensDocument"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: {
                /** @description Tokens in one page. */
                "page[limit]"?: number;
                /** @description Where the page begins; `links.next` of the page before has it. */
                "page[cursor]"?: string;
                /** @description Only those that this consumer has linked. */
                "filter[consumer]"?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tokens, without their values. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["TokensDocument"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the token. */
                tokenId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    showTokenLink: {
        parameters: {
            query: {
                /** @description Of the link. */
                ticket: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    startTokenLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    ticket: string;
                };
            };
        };
        responses: never;
    };
    showTokenCallback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    finishTokenLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    state?: string;
                    token?: string;
                    code?: string;
                    error?: string;
                };
            };
        };
        responses: {
            /** @description What was linked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenLinkOutcome"];
                };
            };
        };
    };
    readTokenScript: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A script. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                };
            };
        };
    };
    readTokenStyles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Styles. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/css": string;
                };
            };
        };
    };
    showSigningCheck: {
        parameters: {
            query: {
                /** @description Of the entity that is to be signed. */
                __eid: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    postSigningCheck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.api+json": components["schemas"]["ActionEntity"] | components["schemas"]["ActionEntity"][];
            };
        };
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    readRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description From `X-Request-Id`, or `id` of an error. */
                requestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was decided about the request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["RequestDocument"];
                };
            };
        };
    };
    listRequests: {
        parameters: {
            query?: {
                /** @description Made by this consumer. Others need the scope `requests:read`. */
                "filter[consumer]"?: string;
                /** @description Answered with this status, or with one of a class such as `5xx`. */
                "filter[status]"?: string;
                /** @description Answered with this code of the facade. */
                "filter[code]"?: string;
                /** @description As `operation` of a record spells it: `GET /entities/{eid}`. */
                "filter[operation]"?: string;
                /** @description Begun at this instant or later. Without it 24 hours back. */
                "filter[from]"?: string;
                /** @description Begun before this instant. Without it now. */
                "filter[until]"?: string;
                /** @description From `links.next`. */
                "page[cursor]"?: string;
                /** @description Entries on a page. */
                "page[limit]"?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["RequestListDocument"];
                };
            };
        };
    };
    readUsage: {
        parameters: {
            query?: {
                /** @description Of this consumer. Others need the scope `requests:read`. */
                "filter[consumer]"?: string;
                /** @description Periods that end after this instant. Without it 24 hours back, or 30 days with `granularity=day`. */
                "filter[from]"?: string;
                /** @description Periods that begin before this instant. Without it now. */
                "filter[until]"?: string;
                /** @description Length of a period. Hours are kept for 40 days, days for 400. */
                granularity?: "hour" | "day";
                /** @description From `links.next`. */
                "page[cursor]"?: string;
                /** @description Entries on a page. */
                "page[limit]"?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["UsageDocument"];
                };
            };
        };
    };
    readDeepHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the facade leans on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["HealthDocument"];
                };
            };
        };
    };
    readAudit: {
        parameters: {
            query?: {
                /** @description Begun at this instant or later. Without it 30 days back, or all of one consumer or entity. */
                from?: string;
                /** @description Begun before this instant. */
                to?: string;
                /** @description Made by this consumer. */
                consumer?: string;
                /** @description About this entity, or about what an admin act changed. */
                entity?: string;
                /** @description What came of it. */
                outcome?: "done" | "refused" | "failed" | "unknown" | "pending";
                /** @description From `links.next`. */
                "page[cursor]"?: string;
                /** @description The former name of `page[limit]`. It counts if both are given. */
                "page[size]"?: number;
                /** @description Entries on a page. */
                "page[limit]"?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["AuditDocument"];
                };
            };
        };
    };
    listExports: {
        parameters: {
            query?: {
                /** @description Exports on a page. */
                "page[limit]"?: number;
                /** @description From `links.next`. */
                "page[cursor]"?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Exports Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ExportsDocument"];
                };
            };
        };
    };
    createExport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "export",
                 *         "attributes": {
                 *           "kind": "pdf",
                 *           "entity": "experiment:00000000-0000-4000-a000-000000000003",
                 *           "options": {
                 *             "history": true
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewExport"];
            };
        };
        responses: {
            /** @description Export Document */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ExportDocument"];
                };
            };
        };
    };
    readExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the export. */
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Export Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ExportDocument"];
                };
            };
        };
    };
    cancelExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the export. */
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Export Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ExportDocument"];
                };
            };
        };
    };
    retryExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the export. */
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Export Document */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ExportDocument"];
                };
            };
        };
    };
    readExportContent: {
        parameters: {
            query?: {
                /** @description A file of the manifest, by its `file`. */
                file?: string;
            };
            header?: {
                /** @description One range of bytes; several are answered with the whole file. */
                Range?: string;
                /** @description `redirect` = a URL in S3 instead of the bytes. */
                Prefer?: string;
            };
            path: {
                /** @description Id of the export. */
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, with the media type of its kind. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range of the file. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
        };
    };
    listArchive: {
        parameters: {
            query?: {
                /** @description Id of an experiment. */
                "filter[entity]"?: string;
                /** @description Id of a notebook, such as `journal:<uuid>`. */
                "filter[notebook]"?: string;
                /** @description Id of the person who closed the experiment. */
                "filter[closedBy]"?: string;
                /** @description Archived at this instant or later. */
                "filter[from]"?: string;
                /** @description Archived before this instant. */
                "filter[until]"?: string;
                /** @description Entries with higher ids than this one, the lowest first; 0 = from the first. An entry never appears below one that was listed so, so whoever asks again after the last id misses none. */
                "filter[after]"?: string;
                /** @description Entries on a page. */
                "page[limit]"?: number;
                /** @description From `links.next`. */
                "page[cursor]"?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archive Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ArchiveDocument"];
                };
            };
        };
    };
    readArchiveVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archive Verification Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ArchiveVerificationDocument"];
                };
            };
        };
    };
    readArchiveEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the entry. */
                archiveId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archive Entry Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ArchiveEntryDocument"];
                };
            };
        };
    };
    readArchiveContent: {
        parameters: {
            query?: never;
            header?: {
                /** @description One range of bytes; several are answered with the whole file. */
                Range?: string;
                /** @description `redirect` = a URL in S3 instead of the bytes. */
                Prefer?: string;
            };
            path: {
                /** @description Id of the entry. */
                archiveId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The PDF. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description The range of the PDF. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
        };
    };
    listHolds: {
        parameters: {
            query?: {
                /** @description Id of an experiment. */
                "filter[entity]"?: string;
                /** @description From `links.next`. */
                "page[cursor]"?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Holds Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["HoldsDocument"];
                };
            };
        };
    };
    placeHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "hold",
                 *         "attributes": {
                 *           "entity": "experiment:00000000-0000-4000-a000-000000000003",
                 *           "reason": "Patent dispute 2026-17"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewHold"];
            };
        };
        responses: {
            /** @description Hold Document */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["HoldDocument"];
                };
            };
        };
    };
    readHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the hold. */
                holdId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hold Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["HoldDocument"];
                };
            };
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the hold. */
                holdId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "hold-release",
                 *         "attributes": {
                 *           "reason": "Settled on 2026-11-20"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["HoldRelease"];
            };
        };
        responses: {
            /** @description Hold Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["HoldDocument"];
                };
            };
        };
    };
    listBackfills: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archive Backfills Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ArchiveBackfillsDocument"];
                };
            };
        };
    };
    createBackfill: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archive Backfill Document */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ArchiveBackfillDocument"];
                };
            };
        };
    };
    readBackfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the backfill. */
                backfillId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archive Backfill Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ArchiveBackfillDocument"];
                };
            };
        };
    };
    changeBackfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the backfill.
                 * @example 1
                 */
                backfillId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "archive-backfill",
                 *         "id": "1",
                 *         "attributes": {
                 *           "state": "paused"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["ArchiveBackfillChange"];
            };
        };
        responses: {
            /** @description Archive Backfill Document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ArchiveBackfillDocument"];
                };
            };
        };
    };
    listSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The subscriptions, the oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["SubscriptionsDocument"];
                };
            };
        };
    };
    createSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "subscription",
                 *         "attributes": {
                 *           "queue": {
                 *             "kind": "fifo"
                 *           },
                 *           "filter": {
                 *             "type": [
                 *               "com.revvity.signals.close"
                 *             ]
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewSubscription"];
            };
        };
        responses: {
            /** @description The subscription. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["SubscriptionDocument"];
                };
            };
        };
    };
    readSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the subscription. */
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The subscription. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["SubscriptionDocument"];
                };
            };
        };
    };
    deleteSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the subscription. */
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the subscription. */
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "subscription",
                 *         "attributes": {
                 *           "state": "paused"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["ChangedSubscription"];
            };
        };
        responses: {
            /** @description The subscription. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["SubscriptionDocument"];
                };
            };
        };
    };
    confirmSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the subscription. */
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "confirmation",
                 *         "attributes": {
                 *           "code": "0123456789abcdef0123"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["SubscriptionConfirmation"];
            };
        };
        responses: {
            /** @description The subscription. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["SubscriptionDocument"];
                };
            };
        };
    };
    testFilter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "filter-test",
                 *         "attributes": {
                 *           "filter": {
                 *             "type": [
                 *               "com.revvity.signals.close",
                 *               "com.revvity.signals.reopen"
                 *             ],
                 *             "subject": [
                 *               {
                 *                 "prefix": "experiment:"
                 *               }
                 *             ]
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["FilterTest"];
            };
        };
        responses: {
            /** @description What the filter matches. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["FilterTestDocument"];
                };
            };
        };
    };
    pullNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": {
                        data: {
                            /** @constant */
                            type: "notification-pull";
                            /**
                             * Format: date-time
                             * @description When it was asked for.
                             */
                            id: string;
                            attributes: {
                                /**
                                 * @description What it finds is in `/v1/notifications`, with the origin `pull`.
                                 * @constant
                                 */
                                state: "under-way";
                            };
                        };
                    };
                };
            };
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                /** @description Native type, such as `close`. */
                "filter[type]"?: string;
                /** @description Id of the entity. */
                "filter[entity]"?: string;
                /** @description Received at this instant or later; at most 180 days back. */
                "filter[from]"?: string;
                /** @description Received before this instant. */
                "filter[until]"?: string;
                /** @description Notifications on a page. */
                "page[limit]"?: number;
                /** @description From `links.next`. */
                "page[cursor]"?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of notifications, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NotificationsDocument"];
                };
            };
        };
    };
    readNotification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the notification. */
                notificationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The notification. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["NotificationDocument"];
                };
            };
        };
    };
    listNotificationDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the notification. */
                notificationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was sent, or is still to be sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["DeliveriesDocument"];
                };
            };
        };
    };
    listSubscriptionDeliveries: {
        parameters: {
            query?: {
                /** @description Deliveries on a page. */
                "page[limit]"?: number;
                /** @description From `links.next`. */
                "page[cursor]"?: string;
            };
            header?: never;
            path: {
                /** @description Id of the subscription. */
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was sent, or is still to be sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["DeliveriesDocument"];
                };
            };
        };
    };
    readSubscriptionHealth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the subscription. */
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the subscription fares. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["SubscriptionHealthDocument"];
                };
            };
        };
    };
    listReplays: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the subscription. */
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Replays and redrives of the last 30 days, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ReplaysDocument"];
                };
            };
        };
    };
    createReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the subscription. */
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "replay",
                 *         "attributes": {
                 *           "from": "2026-05-31T00:00:00Z",
                 *           "until": "2026-06-01T00:00:00Z",
                 *           "dryRun": true
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewReplay"];
            };
        };
        responses: {
            /** @description The replay or redrive. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ReplayDocument"];
                };
            };
        };
    };
    readReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the subscription. */
                subscriptionId: string;
                /** @description Id of the replay or redrive. */
                replayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The replay or redrive. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ReplayDocument"];
                };
            };
        };
    };
    createRedrive: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the subscription. */
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "redrive",
                 *         "attributes": {
                 *           "dryRun": false
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewRedrive"];
            };
        };
        responses: {
            /** @description The replay or redrive. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ReplayDocument"];
                };
            };
        };
    };
    createTestEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "event",
                 *         "attributes": {
                 *           "type": "close",
                 *           "entity": "experiment:test",
                 *           "data": {}
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["TestEvent"];
            };
        };
        responses: {
            /** @description To which of your subscriptions the event was sent. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["TestEventDocument"];
                };
            };
        };
    };
    takePush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the list or source. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The list, as Signals reads it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExternalListItems"];
                };
            };
        };
    };
    readSourceRecord: {
        parameters: {
            query?: {
                /** @description What Signals calls `{username}`. */
                username?: string;
                /** @description What Signals calls `{user_alias}`. */
                user_alias?: string;
            };
            header?: never;
            path: {
                /** @description Name of the list or source. */
                name: string;
                /** @description Key of the record: what Signals calls `{id}`. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataSourceRecord"];
                };
            };
        };
    };
    updateSourceRecordByKey: {
        parameters: {
            query?: {
                /** @description What Signals calls `{username}`. */
                username?: string;
                /** @description What Signals calls `{user_alias}`. */
                user_alias?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Name of the list or source.
                 * @example reagents
                 */
                name: string;
                /**
                 * @description Key of the record: what Signals calls `{id}`.
                 * @example R-1
                 */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "R-1",
                 *       "name": "Ethanol",
                 *       "purity": 99.5
                 *     }
                 */
                "application/json": components["schemas"]["DataSourceRecord"];
            };
        };
        responses: {
            /** @description The record. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataSourceRecord"];
                };
            };
        };
    };
    updateSourceRecord: {
        parameters: {
            query?: {
                /** @description What Signals calls `{username}`. */
                username?: string;
                /** @description What Signals calls `{user_alias}`. */
                user_alias?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Name of the list or source.
                 * @example reagents
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "R-1",
                 *       "name": "Ethanol",
                 *       "purity": 99.5
                 *     }
                 */
                "application/json": components["schemas"]["DataSourceRecord"];
            };
        };
        responses: {
            /** @description The record. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataSourceRecord"];
                };
            };
        };
    };
    createSourceRecord: {
        parameters: {
            query?: {
                /** @description What Signals calls `{username}`. */
                username?: string;
                /** @description What Signals calls `{user_alias}`. */
                user_alias?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Name of the list or source.
                 * @example reagents
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "R-1",
                 *       "name": "Ethanol",
                 *       "purity": 99.5
                 *     }
                 */
                "application/json": components["schemas"]["DataSourceRecord"];
            };
        };
        responses: {
            /** @description The record. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataSourceRecord"];
                };
            };
        };
    };
    listLists: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All lists. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ExternalListsDocument"];
                };
            };
        };
    };
    createList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "list",
                 *         "id": "projects",
                 *         "attributes": {
                 *           "header": "X-List-Secret",
                 *           "secret": "<24-random-characters-or-more>",
                 *           "key": "code",
                 *           "origin": {
                 *             "kind": "table"
                 *           },
                 *           "fields": [
                 *             {
                 *               "name": "code",
                 *               "type": "text"
                 *             },
                 *             {
                 *               "name": "project",
                 *               "type": "text"
                 *             }
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewExternalList"];
            };
        };
        responses: {
            /** @description The list, without secrets. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ExternalListDocument"];
                };
            };
        };
    };
    readListDefinition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the list. */
                listName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The list, without secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ExternalListDocument"];
                };
            };
        };
    };
    removeList: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the list as it was read: refused with 412 when it was changed meanwhile. */
                "If-Match"?: string;
            };
            path: {
                /** @description Name of the list. */
                listName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeList: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the list as it was read: refused with 412 when it was changed meanwhile. */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Name of the list.
                 * @example projects
                 */
                listName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "list",
                 *         "attributes": {
                 *           "secret": "<24-random-characters-or-more>"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["ExternalListChange"];
            };
        };
        responses: {
            /** @description The list, without secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ExternalListDocument"];
                };
            };
        };
    };
    replaceListItems: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Name of the list.
                 * @example projects
                 */
                listName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": [
                 *         {
                 *           "code": "A1",
                 *           "project": "Alpha"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewExternalListItems"];
            };
        };
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readListCsv: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the list. */
                listName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header with the names of the fields, and a line for each item. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
        };
    };
    replaceListCsv: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Name of the list.
                 * @example projects
                 */
                listName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example code,project
                 *     A1,Alpha
                 */
                "text/csv": string;
            };
        };
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    testList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the list. */
                listName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the tenant would get now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ExternalTestDocument"];
                };
            };
        };
    };
    listSources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All sources. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["DataSourcesDocument"];
                };
            };
        };
    };
    createSource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "source",
                 *         "id": "reagents",
                 *         "attributes": {
                 *           "header": "X-Source-Secret",
                 *           "secret": "<24-random-characters-or-more>",
                 *           "key": "code",
                 *           "fields": [
                 *             {
                 *               "name": "code",
                 *               "type": "text"
                 *             },
                 *             {
                 *               "name": "name",
                 *               "type": "text"
                 *             },
                 *             {
                 *               "name": "purity",
                 *               "type": "number"
                 *             }
                 *           ],
                 *           "urls": {
                 *             "read": "https://reagents.example.com/items/{id}",
                 *             "create": "https://reagents.example.com/items"
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["NewDataSource"];
            };
        };
        responses: {
            /** @description The source, without secrets. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["DataSourceDocument"];
                };
            };
        };
    };
    readSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the source. */
                sourceName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The source, without secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["DataSourceDocument"];
                };
            };
        };
    };
    removeSource: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the source as it was read: refused with 412 when it was changed meanwhile. */
                "If-Match"?: string;
            };
            path: {
                /** @description Name of the source. */
                sourceName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeSource: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the source as it was read: refused with 412 when it was changed meanwhile. */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Name of the source.
                 * @example reagents
                 */
                sourceName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "source",
                 *         "attributes": {
                 *           "staleSeconds": 3600
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["DataSourceChange"];
            };
        };
        responses: {
            /** @description The source, without secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["DataSourceDocument"];
                };
            };
        };
    };
    testSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Name of the source.
                 * @example reagents
                 */
                sourceName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "source-test",
                 *         "attributes": {
                 *           "key": "R-1"
                 *         }
                 *       }
                 *     }
                 */
                "application/vnd.api+json": components["schemas"]["DataSourceTest"];
            };
        };
        responses: {
            /** @description What the tenant would get now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.api+json": components["schemas"]["ExternalTestDocument"];
                };
            };
        };
    };
    readHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    readOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    readAsyncApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description AsyncAPI 3.0. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        asyncapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    readDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    readDocsFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proxy: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
        };
    };
    readOps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, which asks for the key of an administrator. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    readMePage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, which asks for the key of the application. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
}
