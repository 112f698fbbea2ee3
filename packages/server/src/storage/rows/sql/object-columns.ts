// The columns of `storage.objects` that `readObject` reads.

import { sql } from '../../../database/sql.ts'

/** Also where other tables are joined. */
export const objectColumns = sql`
  objects.id, objects.bucket_id, objects.name, objects.owner_id, objects.version, objects.metadata, objects.user_metadata,
  objects.created_at, objects.updated_at, objects.last_accessed_at`
