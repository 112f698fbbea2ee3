// Refusals of Storage: buckets, objects, their bytes, and the URLs that stand for them.

import type { NoDetail } from './no-detail.ts'

export interface StorageRefusals {
  /** Neither a token nor a key was shown. */
  'storage.authorization-missing': NoDetail
  'storage.route-unknown': { readonly method: string; readonly path: string }
  /** A body, a header or a parameter that is malformed: what is wrong. */
  'storage.request-invalid': { readonly reason: string }
  /** A body that says it is JSON. */
  'storage.body-invalid': { readonly problem: 'empty' | 'malformed' }
  'storage.bucket-not-found': { readonly bucket: string }
  'storage.bucket-exists': { readonly bucket: string }
  'storage.bucket-name-invalid': { readonly name: string }
  'storage.bucket-not-empty': { readonly bucket: string }
  'storage.key-invalid': { readonly key: string }
  'storage.object-not-found': { readonly bucket: string; readonly name: string }
  'storage.object-exists': { readonly bucket: string; readonly name: string }
  /** Only for one role. */
  'storage.role-required': { readonly role: string }
  /** The policies let nobody like this do it; `reason` is what Postgres or the check says. */
  'storage.access-denied': { readonly reason: string }
  /** A `Content-Type` that is no media type. */
  'storage.content-type-invalid': NoDetail
  /** An `X-Robots-Tag` that no search engine understands: what is wrong. */
  'storage.robots-tag-invalid': { readonly reason: string }
  'storage.mime-type-refused': { readonly mimeType: string }
  /** Bytes. `what` is too large, where it is not the object. */
  'storage.too-large': { readonly limit: number; readonly what?: 'user_metadata' }
  /** What is to be kept with an object: what of it is too much. */
  'storage.metadata-too-large': { readonly reason: string }
  /** The bucket's objects would be more than its quota. Bytes. */
  'storage.quota-reached': { readonly bucket: string; readonly quota: number }
  /** A parameter that has the right type and means nothing. */
  'storage.parameter-invalid': { readonly parameter: string }
  /** A token in a URL that is forged or over: what is wrong. */
  'storage.signature-invalid': { readonly reason: string }
  /** A token in a URL that is for another path, or for another verb: which it was shown for. */
  'storage.signature-mismatch': { readonly wanted: 'path' | 'download' | 'upload' }
  /** Bytes that the object does not have. */
  'storage.range-unsatisfiable': { readonly size: number }
  /** The object is not as the request's `If-Match` or `If-Unmodified-Since` wants it. */
  'storage.precondition-failed': NoDetail
  /** The row has no bytes: none were uploaded to it, or they are gone. */
  'storage.bytes-missing': { readonly bucket: string; readonly name: string }
  /** Somebody else is writing it. */
  'storage.locked': { readonly what: string }
  /** No upload in parts is under way by that name: never begun, over, or given up. */
  'storage.upload-not-found': NoDetail
  /** Whoever begins one has as many under way as anybody may. */
  'storage.uploads-unfinished': { readonly most: number }
  /** The part of that number is not there, or is another than was named. */
  'storage.part-invalid': { readonly number: number }
  /** The client went away before its bytes were there. */
  'storage.upload-broken-off': NoDetail
  /** The client went away before it was answered. */
  'storage.request-aborted': NoDetail
  /** An original that is not rendered. */
  'storage.image-invalid': { readonly problem: 'unreadable' | 'too-many-pixels' | 'too-many-bytes' }
  /** Its rendering was given up. */
  'storage.image-too-slow': { readonly seconds: number }
  /** So many images wait for their turn that no other may. */
  'storage.images-busy': { readonly waiting: number }
  /** This machine has nothing to render with: why. */
  'storage.images-unavailable': { readonly reason: string }
  /** The part of Storage is switched off. */
  'storage.feature-disabled': { readonly feature: string; readonly key: string }
  /** The place of the bytes does not answer, or has not what a row names. */
  'storage.bytes-unavailable': { readonly reason: string }
}
