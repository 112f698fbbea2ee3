// What Clerk's Backend API has and no instance of this server: such endpoints say that the feature is not enabled, as
// Clerk does for instances without it, rather than that they do not exist.

/** Features by how their paths begin. */
const features: readonly (readonly [path: RegExp, feature: string])[] = [
  [/^\/machines(\/|$)/, 'machine authentication'],
  [/^\/machine_tokens(\/|$)/, 'machine authentication'],
  [/^\/m2m_tokens(\/|$)/, 'machine authentication'],
  [/^\/api_keys(\/|$)/, 'API keys'],
  [/^\/saml_connections(\/|$)/, 'SAML'],
  [/^\/enterprise_connections(\/|$)/, 'enterprise SSO'],
  [/^\/(scim_directories|directories)(\/|$)/, 'SCIM'],
  [/^\/admin_portal_link_tokens(\/|$)/, 'admin portal'],
  [/^\/billing(\/|$)/, 'billing'],
  [/^\/(users|organizations)\/[^/]+\/billing(\/|$)/, 'billing'],
  [/^\/templates(\/|$)/, 'custom templates'],
  [/^\/agents(\/|$)/, 'agent tasks'],
  [/^\/email(\/|$)/, 'transactional e-mail'],
  [/^\/role_sets\/[^/]+\/(roles\/)?replace$/, 'several role sets'],
  [/^\/(email_addresses|phone_numbers)\/[^/]+\/(prepare|attempt)_verification$/, 'verification by the Backend API'],
  [/^\/proxy_checks$/, 'proxy checks'],
  [/^\/aws_credentials(\/|$)/, 'AWS credentials'],
  [/^\/audit_logs(\/|$)/, 'audit logs'],
  [/^\/accountless_applications(\/|$)/, 'keyless mode'],
  [/^\/users\/[^/]+\/web3_wallets(\/|$)/, 'web3 wallets'],
  [/^\/users\/[^/]+\/trusted_devices(\/|$)/, 'trusted devices'],
  [/^\/instance\/change_domain$/, 'change of the domain'],
  [/^\/beta_features\/(domain|change_domain)$/, 'change of the domain'],
]

/** The feature that a path (without `/v1`, which SDKs leave out for some) belongs to and that is not enabled; null for any other path. */
export function notEnabledFeature(path: string): string | null {
  return features.find(([begins]) => begins.test(path))?.[1] ?? null
}
