/** An answer that is none: what went wrong and what the person can do. */
export class Failure extends Error {
  readonly code: string
  readonly hint: string
  constructor(code: string, message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}

/** Whatever was thrown, as a failure with a remedy. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown
  return new Failure('page-error', 'This page met something it did not expect.', 'Reload the page; what you see was not changed.')
}
