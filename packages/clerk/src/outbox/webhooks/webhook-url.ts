// Where webhooks may go.

const longest = 2048

/** True for an absolute http or https address without credentials in it. */
export function isWebhookUrl(text: string): boolean {
  if (text.length > longest || !URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === ''
}
