// A browser's way through a stand-in provider, for tests.

/** What somebody does on the page: choose a ready-made person by address, type in another, or refuse. */
export type Choice = Readonly<Record<string, string>>

/** Somebody who is not on the page, by address. */
export function somebody(emailAddress: string, emailVerified = true): Choice {
  const verified = emailVerified ? { email_verified: 'true' } : {}
  return { choice: 'somebody', email_address: emailAddress, first_name: 'Some', last_name: 'Body', ...verified }
}

/** Opens the page, chooses, and hands back our own address that the stand-in sends the browser to. */
export async function visit(pageUrl: string, choice: Choice): Promise<URL> {
  const page = await fetch(pageUrl)
  if (page.status !== 200) throw new Error(`the page answered ${page.status}: ${await page.text()}`)
  const answer = await fetch(pageUrl, { method: 'POST', body: new URLSearchParams(choice), redirect: 'manual' })
  if (answer.status !== 303) throw new Error(`the choice was answered ${answer.status}: ${await answer.text()}`)
  return new URL(answer.headers.get('location') ?? '')
}

/** Follows the way back to where the browser is sent in the end. Throws where it is not sent on. */
export async function comeBack(callback: URL, headers: Readonly<Record<string, string>> = {}): Promise<URL> {
  const answer = await fetch(callback, { redirect: 'manual', headers })
  if (answer.status !== 303) throw new Error(`the callback answered ${answer.status}: ${await answer.text()}`)
  return new URL(answer.headers.get('location') ?? '')
}
