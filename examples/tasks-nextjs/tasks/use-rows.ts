'use client'

// The rows of one table that this person may see, kept up to date, and changes to them.

import { REALTIME_SUBSCRIBE_STATES, type SupabaseClient } from '@supabase/supabase-js'
import { useCallback, useEffect, useState } from 'react'

import type { Refusal } from './refusal-note'

interface Rows<Row> {
  /** Null until the first answer. */
  readonly rows: readonly Row[] | null
  readonly refusal: Refusal | null
  /** Changes made elsewhere appear by themselves. */
  readonly isLive: boolean
  /** Waits for the change, then reads again; a refusal is kept to be shown. Says whether it was made. */
  readonly change: (request: PromiseLike<{ readonly error: Refusal | null }>) => Promise<boolean>
}

/**
 * Reads `table` whenever `client` changes or a row does, in this tab or elsewhere. Which rows come back, and whose
 * changes are told, is for the table's policies to say.
 */
export function useRows<Row>(client: SupabaseClient, table: string): Rows<Row> {
  const [rows, setRows] = useState<readonly Row[] | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isLive, setIsLive] = useState(false)

  const read = useCallback(async () => {
    const { data, error } = await client.from(table).select().order('id')
    setRows((data as Row[] | null) ?? [])
    setRefusal(error)
  }, [client, table])

  useEffect(() => void read(), [read])

  useEffect(() => {
    let isOver = false
    const channel = client
      .channel(table)
      .on('postgres_changes', { event: '*', schema: 'public', table }, () => void read())
    const subscribe = () =>
      channel.subscribe((status) => {
        const isSubscribed = status === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED
        setIsLive(isSubscribed)
        // What changed since the first reading, or while the connection was lost, was told to nobody.
        if (isSubscribed) void read()
      })
    // Before the token is there the client would join as nobody, and stay that until it shows the next one.
    void client.realtime.setAuth().then(() => (isOver ? undefined : subscribe()))
    return () => {
      isOver = true
      void client.removeChannel(channel)
    }
  }, [client, table, read])

  const change: Rows<Row>['change'] = async (request) => {
    const { error } = await request
    if (error === null) await read()
    else setRefusal(error)
    return error === null
  }
  return { rows, refusal, isLive, change }
}
