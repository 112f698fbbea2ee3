// For server components and server actions: the token of whoever made the request.

import { auth } from '@clerk/nextjs/server'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'

import { projectKey, projectUrl } from './project'

/** A client for one request. */
export async function createServerClient(): Promise<SupabaseClient> {
  const { getToken } = await auth()
  return createClient(projectUrl, projectKey, { accessToken: async () => await getToken() })
}
