// Which statements get along with a transaction around them.

const outsideTransactions = [
  /^(create|drop)\s+(unique\s+)?index\s+concurrently\b/i,
  /^create\s+unique\s+index\s+concurrently\b/i,
  /^reindex\b[\s\S]*\bconcurrently\b/i,
  /^reindex\s+(\([^)]*\)\s*)?(database|system|schema)\b/i,
  /^alter\s+table\b[\s\S]*\bdetach\s+partition\b[\s\S]*\bconcurrently\b/i,
  /^vacuum\b/i,
  /^(create|drop)\s+(database|tablespace)\b/i,
  /^alter\s+system\b/i,
]

const transactionControl =
  /^(begin|start\s+transaction|commit|end|abort|rollback(?!\s+(work\s+|transaction\s+)?to\b))\b/i

/** Whether Postgres refuses the statement inside a transaction block, such as VACUUM. */
export function runsOutsideTransactions(statement: string): boolean {
  return outsideTransactions.some((pattern) => pattern.test(statement))
}

/** Whether the statement begins or ends a transaction; savepoints do not. */
export function controlsTransaction(statement: string): boolean {
  return transactionControl.test(statement)
}
