'use client'

// The rows of one table that this person may see, and changes to them.

import type { SupabaseClient } from '@supabase/supabase-js'
import { useCallback, useEffect, useState } from 'react'

import type { Refusal } from './refusal-note'

interface Rows<Row> {
  /** Null until the first answer. */
  readonly rows: readonly Row[] | null
  readonly refusal: Refusal | null
  /** Waits for the change, then reads again; a refusal is kept to be shown. Says whether it was made. */
  readonly change: (request: PromiseLike<{ readonly error: Refusal | null }>) => Promise<boolean>
}

/** Reads `table` whenever `client` changes. Which rows come back is for the table's policies to say. */
export function useRows<Row>(client: SupabaseClient, table: string): Rows<Row> {
  const [rows, setRows] = useState<readonly Row[] | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  const read = useCallback(async () => {
    const { data, error } = await client.from(table).select().order('id')
    setRows((data as Row[] | null) ?? [])
    setRefusal(error)
  }, [client, table])

  useEffect(() => void read(), [read])

  const change: Rows<Row>['change'] = async (request) => {
    const { error } = await request
    if (error === null) await read()
    else setRefusal(error)
    return error === null
  }
  return { rows, refusal, change }
}
