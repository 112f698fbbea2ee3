// Where the identity stage writes its facts. A pino logger fits as it is.

export interface IdentityLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}
