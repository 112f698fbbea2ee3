// What can be wrong between rows and bytes.

export interface NamedObject {
  readonly bucket: string
  readonly name: string
}

export type Finding =
  | { readonly kind: 'row-without-bytes'; readonly object: NamedObject }
  | { readonly kind: 'bytes-without-row'; readonly id: string; readonly size: number }
  /** Without a row, but so young that the row may be on its way. */
  | { readonly kind: 'bytes-before-row'; readonly id: string; readonly size: number }
  | { readonly kind: 'size-differs'; readonly object: NamedObject; readonly told: number | null; readonly size: number }
  /** Found by reading the bytes. */
  | { readonly kind: 'etag-differs'; readonly object: NamedObject; readonly told: string; readonly etag: string }
  | { readonly kind: 'uploads-abandoned'; readonly count: number }

export interface Examination {
  /** Objects and blobs that were looked at. */
  readonly objects: number
  readonly blobs: number
  /** Of what is wrong. */
  readonly found: number
  readonly repaired: number
}
