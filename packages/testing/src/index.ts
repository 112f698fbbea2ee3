// What the package offers: databases to test against.

export { createTestDatabase, type TestDatabase } from './template-database.ts'
export { askAs, type Claims, claimsV1, claimsV2, type Outcome, type Person } from './caller.ts'
export { sendSignal, sendSignalToGroup } from './send-signal.ts'
export { startUntouchedCluster, type UntouchedCluster } from './untouched-cluster.ts'
