// What a claim may name of the user, her organization and her membership there.

export interface Shortcode {
  readonly path: string
  readonly means: string
}

/** By the names that templates use; metadata goes on with a dot and a key. */
export const shortcodes: readonly Shortcode[] = [
  { path: 'user.id', means: 'the user’s id' },
  { path: 'user.external_id', means: 'her id in your own system' },
  { path: 'user.first_name', means: 'first name' },
  { path: 'user.last_name', means: 'last name' },
  { path: 'user.full_name', means: 'both names' },
  { path: 'user.username', means: 'username' },
  { path: 'user.primary_email_address', means: 'primary e-mail address' },
  { path: 'user.primary_phone_number', means: 'primary phone number' },
  { path: 'user.email_verified', means: 'whether that address is verified' },
  { path: 'user.phone_number_verified', means: 'whether that number is verified' },
  { path: 'user.image_url', means: 'address of her picture' },
  { path: 'user.two_factor_enabled', means: 'whether she has a second factor' },
  { path: 'user.created_at', means: 'Unix seconds' },
  { path: 'user.updated_at', means: 'Unix seconds' },
  { path: 'user.public_metadata', means: 'all of it, or a key after a dot' },
  { path: 'user.unsafe_metadata', means: 'all of it, or a key after a dot' },
  { path: 'user.organizations', means: 'her role by organization id' },
  { path: 'org.id', means: 'the active organization’s id' },
  { path: 'org.name', means: 'its name' },
  { path: 'org.slug', means: 'its slug' },
  { path: 'org.role', means: 'her role in it, such as org:admin' },
  { path: 'org.public_metadata', means: 'all of it, or a key after a dot' },
  { path: 'org_membership.public_metadata', means: 'of her membership' },
  { path: 'org_membership.permissions', means: 'her own permissions in it' },
]

/** What is being written at the end of `before`, a line up to the cursor: a name within an open shortcode, or null. */
export function shortcodeBeingWritten(before: string): string | null {
  return /\{\{(?:[^{}]*\|\|)?\s*([\w.]*)$/.exec(before)?.[1] ?? null
}

/** The keys inside of somebody's metadata, as they go on after `path`; those that no shortcode can name are left out. */
export function shortcodesWithin(path: string, metadata: Readonly<Record<string, unknown>>): readonly Shortcode[] {
  return Object.entries(metadata).flatMap(([key, value]) => {
    if (!/^\w+$/.test(key)) return []
    const at = `${path}.${key}`
    const deeper = isObject(value) ? shortcodesWithin(at, value) : []
    return [{ path: at, means: `here ${JSON.stringify(value).slice(0, 40)}` }, ...deeper]
  })
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
