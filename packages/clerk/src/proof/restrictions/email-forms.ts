// E-mail addresses as restrictions look at them. Addresses come in their stored form, in lower case.

const gmailDomains: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com'])

/** The parts around the `@`. */
export function partsOf(emailAddress: string): { readonly local: string; readonly domain: string } {
  const at = emailAddress.lastIndexOf('@')
  return { local: emailAddress.slice(0, at), domain: emailAddress.slice(at + 1) }
}

/** True for a subaddress (`name+tag@…`, also written with `=` or `#`). Test addresses (`+clerk_test`) are none. */
export function isSubaddress(emailAddress: string): boolean {
  const { local } = partsOf(emailAddress)
  return /[+=#]/.test(local.replace(/\+clerk_test$/, ''))
}

/** True where the mailbox's provider takes no notice of dots before the `@`. */
export function ignoresDots(emailAddress: string): boolean {
  return gmailDomains.has(partsOf(emailAddress).domain)
}

/** The address without the dots that such a provider takes no notice of. */
export function withoutDots(emailAddress: string): string {
  const { local, domain } = partsOf(emailAddress)
  return `${local.replaceAll('.', '')}@${domain}`
}

/** What a list may hold that means this address: itself, and everybody of its domain. */
export function listedForms(emailAddress: string): readonly string[] {
  return [emailAddress, `*@${partsOf(emailAddress).domain}`]
}
