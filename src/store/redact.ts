/**
 * An engine error without the values that the engine prints into its messages (bound parameters, rows of an insert):
 * only its number, its name and what we were doing survive. The original is not kept as cause, for the same reason.
 */
export class EngineError extends Error {
  readonly clickhouseCode: number | undefined
  readonly clickhouseName: string | undefined

  constructor(doing: string, original: unknown) {
    const text = original instanceof Error ? original.message : String(original)
    const code = /Code: (\d{1,5})/.exec(text)?.[1] ?? codeOf(original)
    const name = /\(([A-Z][A-Z0-9_]{2,80})\)/.exec(text)?.[1] ?? typeOf(original)
    super(`the engine refused to ${doing}: ${name ?? 'unnamed error'}${code === undefined ? '' : ` (code ${code})`}`)
    this.name = 'EngineError'
    this.clickhouseCode = code === undefined ? undefined : Number(code)
    this.clickhouseName = name
  }
}

function codeOf(original: unknown): string | undefined {
  const code: unknown = typeof original === 'object' && original !== null && 'code' in original ? original.code : undefined
  return typeof code === 'string' && /^\d+$/.test(code) ? code : undefined
}

function typeOf(original: unknown): string | undefined {
  const type: unknown = typeof original === 'object' && original !== null && 'type' in original ? original.type : undefined
  return typeof type === 'string' && /^[A-Z0-9_]+$/.test(type) ? type : undefined
}

/** Does some work; what goes wrong comes as an `EngineError`. */
export async function guard<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof EngineError ? error : new EngineError(doing, error)
  }
}
