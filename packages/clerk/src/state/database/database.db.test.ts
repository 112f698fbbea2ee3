import { expect, test } from 'vitest'

import { createTestDatabase } from '../../../../testing/src/template-database.ts'
import { openInstance } from '../instance/instance.ts'
import { migrate } from '../migrations/migrate.ts'
import { insertSession } from '../sessions/sessions.ts'
import { openDatabase } from './database.ts'

test('what belongs to a user who was deleted meanwhile is refused as not found', async () => {
  const database = await createTestDatabase()
  const connection = openDatabase(database.url('tenon_clerk'), () => undefined)
  await migrate(connection)
  const configured = { name: 'default', domain: 'gone.local.clerk.accounts.dev', secretKey: 'sk_test_gone_instance' }
  const { store } = await openInstance(connection, configured, { now: () => 0, frontendApiUrl: () => 'http://unused' })
  const opened = insertSession(store, { userId: 'user_gone', activeOrganizationId: null })
  await expect(opened).rejects.toMatchObject({ name: 'ClerkRefusal', code: 'resource_not_found' })
  await connection.close()
  await database.drop()
})
