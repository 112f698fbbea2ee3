// What Storage is told, as plain data with every default filled in. Read from `[storage]` by boot. Sizes in bytes,
// times in seconds.

export interface StorageConfig {
  readonly enabled: boolean
  /** No object is larger, whatever its bucket says. */
  readonly fileSizeLimit: number
  readonly blobs: BlobsConfig
  /** Made or brought up to date when the server starts. */
  readonly buckets: readonly BucketConfig[]
  readonly images: ImagesConfig
  readonly s3Protocol: S3ProtocolConfig
  /** How long a signed upload may be begun. */
  readonly uploadUrlExpiry: number
  /** How long a resumable or multipart upload may take. */
  readonly uploadExpiry: number
  /** Bytes without a row are kept this long, in case their row is about to be written. */
  readonly orphanAge: number
}

/** Where the bytes are. */
export type BlobsConfig =
  | { readonly kind: 'files'; readonly folder: string }
  | {
      readonly kind: 's3'
      readonly endpoint: string | null
      readonly region: string
      readonly bucket: string
      /** Before every key, as it is given: a folder ends with its slash. */
      readonly prefix: string
      readonly accessKeyId: string
      readonly secretAccessKey: string
      readonly forcePathStyle: boolean
    }

export interface BucketConfig {
  readonly name: string
  readonly public: boolean
  readonly fileSizeLimit: number | null
  readonly allowedMimeTypes: readonly string[] | null
  /** All objects of the bucket together; null for no quota. */
  readonly quota: number | null
  /** The folder, from the root, whose files the bucket gets; null for none. */
  readonly objectsPath: string | null
}

export interface ImagesConfig {
  readonly enabled: boolean
  /** Width times height that an original may have. */
  readonly pixels: number
  /** Bytes an original may have. */
  readonly bytes: number
  /** Images rendered at the same time; others wait. */
  readonly concurrency: number
  /** Images that may wait; any more are refused. */
  readonly waiting: number
  /** Seconds that one may take. */
  readonly timeout: number
  /** Where rendered images are kept. */
  readonly folder: string
  /** Bytes of rendered images that are kept. */
  readonly cacheBytes: number
}

export interface S3ProtocolConfig {
  readonly enabled: boolean
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}
