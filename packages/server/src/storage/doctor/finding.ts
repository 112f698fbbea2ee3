// What can be wrong between rows and bytes.

export interface NamedObject {
  readonly bucket: string
  readonly name: string
}

export type Finding =
  | { readonly kind: 'row-without-bytes'; readonly object: NamedObject }
  | { readonly kind: 'bytes-without-row'; readonly id: string; readonly size: number }
  /** The bytes are what the row's etag says, or it has none. */
  | { readonly kind: 'size-differs'; readonly object: NamedObject; readonly told: number | null; readonly size: number }
  /** As of rows that SQL made. Found by reading the bytes, as damage of the same size is. */
  | { readonly kind: 'etag-missing'; readonly object: NamedObject; readonly etag: string }
  /** Not what was uploaded. Nothing brings them back, and the row is the only witness: never repaired. */
  | {
      readonly kind: 'bytes-damaged'
      readonly object: NamedObject
      readonly told: number | null
      readonly size: number
    }
  | { readonly kind: 'uploads-abandoned'; readonly count: number }
  /** Resumable, under way for too long; the server ends it while it runs. */
  | { readonly kind: 'upload-expired'; readonly object: NamedObject; readonly began: string }

export interface Examination {
  /** Objects and blobs that were looked at. */
  readonly objects: number
  readonly blobs: number
  /** Blobs without a row, but so young that the row may be on its way: neither wrong nor well. */
  readonly young: number
  /** Of what is wrong. */
  readonly found: number
  readonly repaired: number
}
