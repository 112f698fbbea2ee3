// How logical replication stands in a database: what our slot holds back and who reads it.

import type { Database, Rows } from '../../../../database/statement.ts'
import type { FeedConfig } from '../../../config.ts'
import type { Lsn } from '../../change.ts'
import { surveyStatement } from '../sql/survey-statement.ts'

export interface Survey {
  /** The name that our slot has, or would have. */
  readonly slotName: string
  readonly walLevel: string
  /** Where the log ends now. */
  readonly position: Lsn
  /** What Postgres lets a slot hold back; null for no end of it. Bytes. */
  readonly keepLimit: number | null
  /** Of ours, those that exist. */
  readonly publications: readonly string[]
  readonly slot: SlotFacts | null
}

export interface SlotFacts {
  /** The walsender that reads it. */
  readonly activePid: number | null
  /** What it stands for is gone from the log. */
  readonly isLost: boolean
  /** Bytes of WAL that are kept for it. */
  readonly held: number
  /** Where it goes on. */
  readonly confirmed: Lsn
}

/** Beside the publication of the configuration: the one through which `realtime.send` is heard. */
export const MESSAGES_PUBLICATION = 'supabase_realtime_messages_publication'

/** Rejects with `postgres.*`. `role` is the one that the database logs in as. */
export async function survey(
  database: Pick<Database, 'run'>,
  role: string,
  { slot, publication }: Pick<FeedConfig, 'slot' | 'publication'>,
): Promise<Survey> {
  const [rows] = await database.run({
    kind: 'transaction',
    role,
    settings: [],
    readOnly: true,
    statements: [surveyStatement(slot, [publication, MESSAGES_PUBLICATION])],
    end: 'commit',
  })
  if (rows === undefined) throw new Error('The survey of replication has no result.')
  return readSurvey(rows)
}

function readSurvey({ columns, rows: [row] }: Rows): Survey {
  const cell = (name: string): string | null => row?.[columns.indexOf(name)] ?? null
  const keepMegabytes = Number(cell('keep_megabytes'))
  const pid = cell('active_pid')
  return {
    slotName: cell('slot') ?? '',
    walLevel: cell('wal_level') ?? '',
    position: parseLsn(cell('position') ?? '0/0'),
    keepLimit: keepMegabytes < 0 ? null : keepMegabytes * 1024 ** 2,
    publications: JSON.parse(cell('publications') ?? '[]') as readonly string[],
    slot:
      cell('exists') === 't'
        ? {
            activePid: pid === null ? null : Number(pid),
            isLost: cell('wal_status') === 'lost',
            held: Number(cell('held') ?? 0),
            confirmed: parseLsn(cell('confirmed') ?? '0/0'),
          }
        : null,
  }
}

/** Reads `16/B374D848`. */
export function parseLsn(text: string): Lsn {
  const [high = '', low = ''] = text.split('/')
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`)
}
