'use client'

// The way to prefer: the project trusts Clerk's session tokens, so each request carries a fresh one.

import { useSession } from '@clerk/nextjs'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { useMemo } from 'react'

import { projectKey, projectUrl } from './project'

/** The signed-in person's client. A new one with each change of her session, so that lists are read again. */
export function useNativeClient(): SupabaseClient {
  const { session } = useSession()
  return useMemo(
    () => createClient(projectUrl, projectKey, { accessToken: async () => (await session?.getToken()) ?? null }),
    [session],
  )
}
