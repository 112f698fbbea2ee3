// What comes before all other snippets: a client, as nobody in particular or as who is signed in.

import { curlOf } from './curl.ts'
import type { Project, Snippet } from './described.ts'
import { javascriptOf } from './quote.ts'

/** With the publishable key alone, a request is in nobody's name: role `anon`. */
export function clientSnippet(project: Project): Snippet {
  return {
    title: 'Make a client',
    javascript: `import { createClient } from '@supabase/supabase-js'

const supabase = createClient(${javascriptOf(project.url)}, ${javascriptOf(project.publishableKey)})`,
    curl: curlOf(project, { path: '', schema: 'public' }),
  }
}

/** With a person's token, it is in hers: role `authenticated`, and her claims for the policies. */
export function personSnippet(project: Project): Snippet {
  return {
    title: 'In the name of who is signed in with Clerk',
    javascript: `import { createClient } from '@supabase/supabase-js'
import { useSession } from '@clerk/nextjs'

const { session } = useSession()
const supabase = createClient(${javascriptOf(project.url)}, ${javascriptOf(project.publishableKey)}, {
  accessToken: async () => (await session?.getToken()) ?? null,
})`,
    curl: `${curlOf(project, { path: '', schema: 'public' })} \\\n  -H "authorization: Bearer $TOKEN"`,
  }
}
