// Where the data is, and the key that every request to it carries. Both may be seen by anybody.

/** The project's address. */
export const projectUrl = process.env.NEXT_PUBLIC_SUPABASE_URL!

/** The project's publishable key: it names the project, not a person. */
export const projectKey = process.env.NEXT_PUBLIC_SUPABASE_KEY!
