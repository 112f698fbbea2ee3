// What Storage does, feature by feature.

import type { Area } from './render-supported.ts'

const official = (name: string): string => `conformance/storage/${name}.test.ts`
const inside = (path: string): string => `packages/server/src/storage/${path}`

export const STORAGE: readonly Area[] = [
  {
    title: 'Storage (`/storage/v1`): buckets, policies',
    features: [
      {
        name: '`createBucket`, `getBucket`, `listBuckets`, `updateBucket`, `deleteBucket`, `emptyBucket`',
        state: 'works',
        note: 'emptied before the answer',
        proof: official('buckets'),
      },
      {
        name: '`/status`, `/version`, `/health`',
        state: 'works',
        note: '`/health` takes a key or a token, and asks the database',
        proof: official('buckets'),
      },
      {
        name: '`[storage.buckets]` with `objects_path`, `tenon seed buckets`',
        state: 'works',
        note: 'symbolic links are passed over; nothing is removed',
        proof: official('configured-buckets'),
      },
      {
        name: 'Quota of a bucket',
        state: 'works',
        note: 'ours; decided at the commit, for every way a row changes; uploads under way count, too',
        proof: inside('objects/placing/create-uploads.db.test.ts'),
      },
      {
        name: "Policies by Clerk's ids, folders, organisations, `storage.operation()`; custom roles",
        state: 'works',
        note: "`owner_id` is `sub`; a role of the project's own needs its grants",
        proof: official('policies'),
      },
      {
        name: 'Denials explained: which policy, which grant',
        state: 'works',
        note: 'in `x-tenon-hint`, with `[api] explain`',
        proof: inside('access/denial/why-denied.db.test.ts'),
      },
      {
        name: 'An upsert replaces only what the policies were asked about; hidden and absent are answered alike',
        state: 'works',
        proof: inside('objects/placing/create-uploads.db.test.ts'),
      },
      {
        name: "A role's own `statement_timeout`",
        state: 'works',
        note: '30 s where it has none',
        proof: inside('access/patience.db.test.ts'),
      },
      {
        name: 'Schema `storage`: tables, SQL functions, guard against deletion by SQL',
        state: 'works',
        note: 'without the tables of Iceberg and vector buckets; `version` is for administrators alone',
        proof: 'packages/server/src/database/bootstrap/storage-schema.db.test.ts',
      },
      {
        name: 'On a Postgres whose user may not do everything',
        state: 'partly',
        note: '`service_role` needs `bypassrls`',
        proof: inside('access/limited-owner.db.test.ts'),
      },
      { name: 'Analytics and vector buckets, lifecycle rules, versions, `purgeBucketCache`', state: 'no' },
    ],
  },
  {
    title: 'Storage: objects',
    features: [
      {
        name: '`upload`, `update` (`File`, `Blob`, `Buffer`, `FormData`, stream, text), `upsert`, metadata, cache control',
        state: 'works',
        note: 'names as upstream, at most 1,024 characters',
        proof: official('upload'),
      },
      {
        name: "Types of a bucket held against an upload's bytes",
        state: 'works',
        note: 'by every protocol, copies and moves too; what has no signature, such as text, is taken at its word',
        proof: inside('objects/content-types/check-content.test.ts'),
      },
      {
        name: 'Bounds of metadata, forms, idle readers and writers',
        state: 'works',
        note: '255 characters, 64 kB, 60 s',
        proof: inside('objects/upload/read-form.test.ts'),
      },
      {
        name: '`createSignedUploadUrl`, `uploadToSignedUrl`',
        state: 'works',
        note: 'bound to path, verb, owner and upsert',
        proof: official('signed-upload'),
      },
      {
        name: '`download`, `getPublicUrl`, with `download`; ranges, conditional requests, HEAD',
        state: 'works',
        note: 'several ranges get the whole',
        proof: official('download'),
      },
      { name: '`info`, `exists`', state: 'works', proof: official('info') },
      {
        name: '`createSignedUrl`, `createSignedUrls`, with `download` and `transform`',
        state: 'works',
        note: "they end with the project's JWT secret; the URL of a rendered image does not open the original",
        proof: official('sign'),
      },
      { name: '`list`, `listV2` with folders, orders and cursors', state: 'works', proof: official('listing') },
      { name: '`move`, `copy`, `remove`', state: 'works', proof: official('moving') },
      {
        name: 'HTML as text, SVG and XML in a sandbox, `nosniff`',
        state: 'works',
        proof: inside('objects/download/headers/content-type.test.ts'),
      },
      {
        name: '`transform` of images: width, height, resize, quality, format; WebP by `Accept`',
        state: 'partly',
        note: 'JPEG, PNG, GIF, WebP, AVIF and TIFF; SVG as it is; no HEIC',
        proof: official('images'),
      },
      {
        name: 'Limits of images: pixels, bytes, time, those at the same time; a cache on disk',
        state: 'works',
        note: 'rendered in processes of their own',
        proof: inside('images/rendering/open-renderers.test.ts'),
      },
    ],
  },
  {
    title: 'Storage: resumable uploads (`/upload/resumable`)',
    features: [
      {
        name: 'tus-js-client: creation, creation-with-upload, deferred length, termination, expiration',
        state: 'works',
        note: 'go on after a SIGKILL of the server; life by `[storage] upload_expiry`; 100 unfinished in a bucket',
        proof: official('resumable'),
      },
      {
        name: 'One writer at a time, over processes',
        state: 'works',
        note: 'who comes last is preferred',
        proof: inside('resumable/protocol/several-processes.db.test.ts'),
      },
      { name: 'Signed (`/upload/resumable/sign`)', state: 'works', proof: official('resumable') },
      { name: 'Concatenation of parallel uploads', state: 'no', note: 'as upstream, 501' },
    ],
  },
  {
    title: 'Storage: the S3 protocol (`/s3`)',
    features: [
      {
        name: 'Signatures by header and URL, aws-chunked with trailers, checksums; POST forms',
        state: 'works',
        note: 'without `success_action_redirect`',
        proof: official('s3/who-signs'),
      },
      {
        name: 'Session tokens: policies decide as for the token',
        state: 'works',
        note: 'key: the project id or `stub`; secret: the anon or publishable key',
        proof: official('s3/who-signs'),
      },
      {
        name: 'Buckets, ListObjects (v1, v2), ListObjectVersions',
        state: 'works',
        note: 'versioning is always `Suspended`: each object is its only version',
        proof: official('s3/listing'),
      },
      {
        name: 'GetObject, HeadObject, PutObject, CopyObject, DeleteObject(s), tagging, presigned URLs',
        state: 'works',
        note: 'tags are empty; of conditions on writes only `If-None-Match: *`',
        proof: official('s3/objects'),
      },
      {
        name: 'Multipart uploads, UploadPartCopy, ListParts, ListMultipartUploads',
        state: 'works',
        note: 'ended by one at a time, over processes; one that a quota refuses at its end stays',
        proof: official('s3/uploads'),
      },
      { name: 'ACL, bucket policies, lifecycle, object lock', state: 'no', note: '`NotImplemented`' },
    ],
  },
  {
    title: 'Storage: the bytes',
    features: [
      {
        name: 'As files: whole or not at all, durable when acknowledged',
        state: 'works',
        proof: inside('blobs/files/open-files.test.ts'),
      },
      {
        name: 'In an S3 store (`[storage.s3]`)',
        state: 'works',
        note: 'tried with s3rver and OpenStack Swift; bucket and prefix are for one project alone',
        proof: 'conformance/storage/bytes/on-s3.test.ts',
      },
      {
        name: 'A kill at any moment: the old object or the new one',
        state: 'works',
        proof: 'drills/storage/faults.test.ts',
      },
      {
        name: 'Bytes without a row swept; `tenon doctor storage [--deep] [--repair]`',
        state: 'works',
        note: 'nothing is swept while the database has no object at all',
        proof: 'conformance/storage/bytes/doctor.test.ts',
      },
      {
        name: 'Objects of gigabytes in 100 MB of memory',
        state: 'works',
        proof: 'drills/storage/large-objects.test.ts',
      },
      {
        name: "The tutorial's attachments: progress, thumbnails, one's own folder and the organisation's",
        state: 'works',
        proof: 'conformance/browser/attachments.test.ts',
      },
    ],
  },
]
