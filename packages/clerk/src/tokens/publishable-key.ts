// Publishable keys: `pk_test_` or `pk_live_` and the Frontend API host in base64, closed by `$`.

/** The publishable key of a Frontend API host, for example `tasks.local.clerk.accounts.dev`. */
export function publishableKeyOf(domain: string, environment: 'development' | 'production'): string {
  return `pk_${environment === 'development' ? 'test' : 'live'}_${Buffer.from(`${domain}$`).toString('base64')}`
}
