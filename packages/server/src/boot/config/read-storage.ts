// Reads `[storage]`: Supabase's keys, and ours.

import { join, resolve } from 'node:path'

import type { BlobsConfig, BucketConfig, ImagesConfig, S3ProtocolConfig, StorageConfig } from '../../storage/config.ts'
import { parseByteSize } from '../../storage/names/byte-size.ts'
import type { ConfigSection } from './section.ts'

const MEBIBYTE = 1024 * 1024
const MINUTE = 60
const HOUR = 3600
const DAY = 24 * HOUR
const LARGEST = 5 * 1024 ** 4
/** Characters of the secret that signs requests past all policies. */
const SHORTEST_SECRET = 16
/** Supabase's CLI has these for every project; never for a server that others reach. */
export const localS3 = {
  accessKeyId: '625729a08b95bf1b7ff351a663f3a23c',
  secretAccessKey: '850181e4652dd023b7a98c58ae0d2d34bd487ee0cc3254aed6eda37307425907',
  region: 'local',
}

interface StorageReading {
  readonly stateDir: string
  readonly supabaseDir: string
  /** Else the keys of the S3 protocol may wait for variables that are not set. */
  readonly opensDoors: boolean
}

/** Refuses `boot.config-invalid`. */
export function readStorage(
  section: ConfigSection,
  { stateDir, supabaseDir, opensDoors }: StorageReading,
): StorageConfig {
  const buckets = section.named('buckets', [])
  return {
    enabled: section.boolean('enabled', true),
    fileSizeLimit: readBytes(section, 'file_size_limit') ?? 50 * MEBIBYTE,
    blobs: readBlobs(section.section('s3'), join(stateDir, 'storage')),
    buckets: Object.entries(buckets).map(([name, bucket]) => readBucket(name, bucket, supabaseDir)),
    images: readImages(section.section('image_transformation'), join(stateDir, 'rendered-images')),
    s3Protocol: readS3Protocol(section.section('s3_protocol'), opensDoors),
    uploadUrlExpiry: section.integer('upload_url_expiry', 2 * HOUR, 1, 7 * DAY),
    uploadExpiry: section.integer('upload_expiry', DAY, MINUTE, 30 * DAY),
    orphanAge: section.integer('orphan_age', HOUR, MINUTE, 365 * DAY),
  }
}

/** A number of bytes, or a text such as `50MiB`; null where it is absent. */
function readBytes(section: ConfigSection, key: string): number | null {
  return section.bytes(key, parseByteSize, LARGEST)
}

function readBlobs(section: ConfigSection, folder: string): BlobsConfig {
  if (!section.boolean('enabled', false)) return { kind: 'files', folder }
  return {
    kind: 's3',
    endpoint: section.optionalString('endpoint'),
    region: section.string('region', 'us-east-1'),
    bucket: section.required('bucket'),
    prefix: section.string('prefix', ''),
    accessKeyId: section.required('access_key_id'),
    secretAccessKey: section.required('secret_access_key'),
    forcePathStyle: section.boolean('force_path_style', true),
  }
}

function readBucket(name: string, section: ConfigSection, supabaseDir: string): BucketConfig {
  const objectsPath = section.optionalString('objects_path')
  const types = section.strings('allowed_mime_types', [])
  return {
    name,
    public: section.boolean('public', false),
    fileSizeLimit: readBytes(section, 'file_size_limit'),
    allowedMimeTypes: types.length === 0 ? null : types,
    quota: readBytes(section, 'quota'),
    objectsPath: objectsPath === null || objectsPath === '' ? null : resolve(supabaseDir, objectsPath),
  }
}

function readImages(section: ConfigSection, folder: string): ImagesConfig {
  return {
    enabled: section.boolean('enabled', true),
    pixels: section.integer('pixels', 50_000_000, 1, 1_000_000_000),
    bytes: readBytes(section, 'bytes') ?? 25 * MEBIBYTE,
    concurrency: section.integer('concurrency', 2, 1, 64),
    waiting: section.integer('waiting', 24, 0, 10_000),
    timeout: section.integer('timeout', 15, 1, 600),
    folder,
    cacheBytes: readBytes(section, 'cache_bytes') ?? 256 * MEBIBYTE,
  }
}

function readS3Protocol(section: ConfigSection, opensDoors: boolean): S3ProtocolConfig {
  const enabled = section.boolean('enabled', true)
  const inUse = enabled && opensDoors
  return {
    enabled,
    region: section.string('region', localS3.region),
    accessKeyId: section.secret('access_key_id', 1, inUse) ?? localS3.accessKeyId,
    secretAccessKey: section.secret('secret_access_key', SHORTEST_SECRET, inUse) ?? localS3.secretAccessKey,
  }
}
