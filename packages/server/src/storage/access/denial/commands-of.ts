// What an operation does to the rows of a table, in the words of policies.

import type { PolicyCommand } from '../../../catalog/policies/read-policies.ts'
import type { StorageOperation } from '../operations.ts'

const INSERTING =
  /^storage\.(object\.(upload|sign_upload_url|copy)|tus\.|s3\.(upload|object\.copy)|bucket\.create|s3\.bucket\.create)/
const UPDATING = /^storage\.(object\.move|bucket\.update)/
const DELETING = /\.delete(_many)?$/

/** What the policies were asked first. */
export function commandOf(operation: StorageOperation): PolicyCommand {
  if (DELETING.test(operation)) return 'delete'
  if (INSERTING.test(operation)) return 'insert'
  return UPDATING.test(operation) ? 'update' : 'select'
}
