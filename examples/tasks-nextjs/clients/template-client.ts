'use client'

// The older way, which Clerk has deprecated: a JWT template named `supabase`, signed with the project's own secret,
// and a `fetch` that puts the token into each request. The socket asks for its own.

import { useSession } from '@clerk/nextjs'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { useMemo } from 'react'

import { projectKey, projectUrl } from './project'

/** The signed-in person's client, with a token of the template. */
export function useTemplateClient(): SupabaseClient {
  const { session } = useSession()
  return useMemo(() => {
    const accessToken = async () => (await session?.getToken({ template: 'supabase' })) ?? null
    const fetchAsPerson: typeof fetch = async (input, init) => {
      const headers = new Headers(init?.headers)
      const token = await accessToken()
      if (token) headers.set('Authorization', `Bearer ${token}`)
      return await fetch(input, { ...init, headers })
    }
    return createClient(projectUrl, projectKey, {
      global: { fetch: fetchAsPerson },
      realtime: { accessToken },
      auth: { persistSession: false, autoRefreshToken: false },
    })
  }, [session])
}
