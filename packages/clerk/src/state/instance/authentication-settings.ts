// How people sign up and sign in at an instance: which identifiers and factors there are, and what is asked of them.

/** Whether something is asked of people: never, if they like, always. */
export type Asked = 'off' | 'optional' | 'required'

export interface AuthenticationSettings {
  readonly emailAddress: {
    readonly asked: Asked
    /** Whether one can sign in with it. */
    readonly signIn: boolean
    /** How it is proven, at sign-up, in the profile and as a first factor. */
    readonly strategies: readonly ('email_code' | 'email_link')[]
    readonly verifyAtSignUp: boolean
  }
  readonly phoneNumber: {
    readonly asked: Asked
    readonly signIn: boolean
    readonly verifyAtSignUp: boolean
    /** Whether a number may be reserved for the second factor. */
    readonly secondFactor: boolean
  }
  readonly username: { readonly asked: Asked; readonly signIn: boolean }
  readonly firstName: Asked
  readonly lastName: Asked
  readonly password: Asked
  readonly passwordMinLength: number
  readonly authenticatorApp: boolean
  readonly backupCode: boolean
  readonly passkey: boolean
  /** Keys of the OAuth providers one can sign in with: `google`, `github`, or the key of a configured OIDC provider. */
  readonly social: readonly string[]
  readonly secondFactorRequired: boolean
  readonly signUpMode: 'public' | 'restricted' | 'waitlist'
  /** What `<SignIn/>` asks for first where both are possible. */
  readonly preferredStrategy: 'password' | 'otp'
  /** One session a client; signing in while signed in is refused. */
  readonly singleSession: boolean
  /** Whether sensitive changes of the profile want a factor that was verified in the last ten minutes. */
  readonly reverification: boolean
  readonly deleteSelf: boolean
  readonly createOrganization: boolean
  /** An unknown identifier gets the answers a known one would, instead of `form_identifier_not_found`. */
  readonly enumerationProtection: boolean
  /** After this many failed attempts an account is locked for so many minutes. */
  readonly lockout: { readonly attempts: number; readonly minutes: number }
  /** Attempts a minute, of one browser and from one network address; more are told to wait. */
  readonly attemptsPerMinute: { readonly browser: number; readonly address: number }
  /** Milliseconds that answers to browsers wait, and those that prepare or attempt something. Zero except in tests that need a slow server. */
  readonly latency: { readonly any: number; readonly attempts: number }
}

/** Public sign-up with e-mail code and password; names, numbers and usernames are not asked for. */
export const defaultAuthentication: AuthenticationSettings = {
  emailAddress: { asked: 'required', signIn: true, strategies: ['email_code'], verifyAtSignUp: true },
  phoneNumber: { asked: 'off', signIn: false, verifyAtSignUp: true, secondFactor: false },
  username: { asked: 'off', signIn: false },
  firstName: 'optional',
  lastName: 'optional',
  password: 'required',
  passwordMinLength: 8,
  authenticatorApp: true,
  backupCode: true,
  passkey: false,
  social: ['google', 'github'],
  secondFactorRequired: false,
  signUpMode: 'public',
  preferredStrategy: 'password',
  singleSession: false,
  reverification: true,
  deleteSelf: true,
  createOrganization: true,
  enumerationProtection: false,
  lockout: { attempts: 100, minutes: 60 },
  attemptsPerMinute: { browser: 60, address: 600 },
  latency: { any: 0, attempts: 0 },
}
