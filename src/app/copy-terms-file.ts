import { readFileSync, statSync } from 'node:fs'
import { parse } from 'smol-toml'
import { limits, UserError } from '../base/index.ts'
import { readCopyTerms, type CopyTerms } from '../provenance/index.ts'

/** Reads a manifest of a copy (`--manifest`): TOML or JSON. Throws a `UserError` that names the file and every wrong entry. */
export function copyTermsFile(path: string): CopyTerms {
  const refuse = (why: string, cause?: unknown): never => {
    throw new UserError({
      code: 'copy-manifest-wrong',
      message: `${path} ${why}`,
      hint: 'docs/whose-copy.md shows a manifest with every entry',
      ...(cause === undefined ? {} : { cause }),
    })
  }
  if (statSync(path).size > limits.requestBytes) return refuse('is too large for a manifest')
  const text = readFileSync(path, 'utf8')
  let raw: unknown
  try {
    raw = /^\s*\{/.test(text) ? (JSON.parse(text) as unknown) : parse(text)
  } catch (cause) {
    return refuse('is neither valid JSON nor TOML', cause)
  }
  const read = readCopyTerms(raw)
  return 'terms' in read ? read.terms : refuse(`cannot be used: ${read.wrong.slice(0, 10).join('; ')}`)
}
