// An uploaded picture that may be kept.

import type { UploadedFile } from '../../http/read-bodies.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { pictureType } from './picture-type.ts'

/** A picture and what it really is. */
export interface Picture {
  readonly bytes: Buffer
  readonly contentType: string
}

const largest = 10 * 1024 * 1024

/** Refuses no file, one above 10 MB, and what is neither PNG, JPEG, GIF nor WebP. */
export function requirePicture(file: UploadedFile | null): Picture {
  if (file === null || file.bytes.length === 0) throw new ClerkRefusal('form_param_missing', { param: 'file' })
  if (file.bytes.length > largest) throw new ClerkRefusal('image_too_large', { mostMegabytes: 10 })
  const contentType = pictureType(file.bytes)
  if (contentType === null) throw new ClerkRefusal('image_type_not_supported', {})
  return { bytes: file.bytes, contentType }
}
