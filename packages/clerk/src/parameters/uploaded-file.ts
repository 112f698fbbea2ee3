// The file of a body that was parsed as a form.

import { isFormBody, type UploadedFile } from '../http/read-bodies.ts'

/** The file of a multipart body, or of a body that is one; null where there is none. */
export function uploadedFile(body: unknown): UploadedFile | null {
  return isFormBody(body) ? body.file : null
}
