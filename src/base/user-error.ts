/** Exit codes of every command (documented in `docs/commands.md`). */
export const exitCodes = {
  done: 0,
  usage: 2,
  badInput: 3,
  environment: 4,
  findings: 10,
  internal: 70,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Something the person at the keyboard can put right: says what is wrong, where, and what to do. */
export class UserError extends Error {
  readonly code: string
  readonly hint: string
  readonly exitCode: ExitCode

  constructor(options: { code: string; message: string; hint: string; exitCode?: ExitCode; cause?: unknown }) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'UserError'
    this.code = options.code
    this.hint = options.hint
    this.exitCode = options.exitCode ?? exitCodes.badInput
  }
}

/** A bug of ours, never of the input; not caught below `app`. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`internal error: ${message}`)
}

/** Closes an exhaustive switch: a new case fails to compile until it is handled. */
export function unreachable(value: never): never {
  throw new Error(`internal error: unhandled case ${JSON.stringify(value)}`)
}
