// What a User-Agent header tells of a device, for the list of devices in a profile: enough to recognise one's own.

export interface Device {
  readonly browserName: string | null
  readonly browserVersion: string | null
  /** For example `Macintosh` or `iPhone`; null where the header does not say. */
  readonly deviceType: string | null
  readonly isMobile: boolean
}

/** Browsers by the token that carries their version. The order matters: most call themselves Chrome and Safari as well. */
const browsers: readonly (readonly [name: string, token: RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/([\d.]+)/],
  ['Opera', /\bOPR\/([\d.]+)/],
  ['Samsung Internet', /\bSamsungBrowser\/([\d.]+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/([\d.]+)/],
  ['Chrome', /\b(?:HeadlessChrome|Chrome|CriOS)\/([\d.]+)/],
  ['Safari', /\bVersion\/([\d.]+).*\bSafari\//],
]

const devices: readonly (readonly [type: string, token: RegExp])[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Macintosh', /\bMacintosh\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]

/** Reads a User-Agent header; what it does not know is null. */
export function deviceOf(userAgent: string): Device {
  const [browserName = null] = browsers.find(([, token]) => token.test(userAgent)) ?? []
  const token = browsers.find(([name]) => name === browserName)?.[1]
  const [deviceType = null] = devices.find(([, mark]) => mark.test(userAgent)) ?? []
  return {
    browserName,
    browserVersion: token?.exec(userAgent)?.[1] ?? null,
    deviceType,
    isMobile: /\bMobi/.test(userAgent) || deviceType === 'iPad' || deviceType === 'Android',
  }
}
