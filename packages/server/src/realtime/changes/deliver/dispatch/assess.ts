// Who may see each change of one table, and how much of the row as it was.

import type { Change } from '../../change.ts'
import type { ClaimsClass, DeleteStance, TableJudge } from '../../judge/judge.ts'
import type { TableFacts } from '../../tables/table-facts.ts'

export interface Assessment {
  readonly change: Change
  readonly classes: readonly ClaimsClass[]
  /** Whether this class may see the old row beyond its key. `isFree`: Row Level Security does not hold for it. */
  readonly showsOldRow: (claimsClass: ClaimsClass, isFree: boolean) => boolean
}

/** One judgement for all changes, and for their old rows where those are more than a key. In the order of the changes. */
export async function assess(
  judge: TableJudge,
  facts: TableFacts,
  changes: readonly Change[],
): Promise<readonly Assessment[]> {
  const hasOldRows = facts.rowSecurity && changes.some(({ kind }) => kind !== 'INSERT')
  const isJudged = !hasOldRows || (await stanceOf(judge, facts)).isJudged
  const updates = hasOldRows && isJudged ? changes.filter(showsMoreThanKey) : []
  const verdicts = await judge.judge([...changes, ...updates.map(asDeletion)])
  const olds = new Map(updates.map((change, at) => [change, new Set(verdicts[changes.length + at])]))
  return changes.map((change, at) => ({
    change,
    classes: verdicts[at] ?? [],
    showsOldRow(claimsClass, isFree) {
      if (!facts.rowSecurity || isFree) return true
      if (change.kind === 'DELETE') return isJudged
      return olds.get(change)?.has(claimsClass) ?? !showsMoreThanKey(change)
    },
  }))
}

// The judge reads the policies for it, and for the same facts says the same.
async function stanceOf(judge: TableJudge, facts: TableFacts): Promise<DeleteStance> {
  const stance = stances.get(facts) ?? judge.deletes()
  stances.set(facts, stance)
  try {
    return await stance
  } catch (error) {
    stances.delete(facts)
    throw error
  }
}

const stances = new WeakMap<TableFacts, Promise<DeleteStance>>()

// An UPDATE is judged on the row as it is now: whoever sees it need not have seen the one before.
function showsMoreThanKey({ kind, oldRecord, relation }: Change): boolean {
  return kind === 'UPDATE' && oldRecord !== null && relation.replicaIdentity !== 'default'
}

function asDeletion(change: Change): Change {
  return { ...change, kind: 'DELETE', record: null }
}
