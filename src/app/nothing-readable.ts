import { exitCodes, placeText, UserError, type Fault } from '../base/index.ts'
import type { Answer } from './answer.ts'
import type { Item } from './items.ts'

const faultsTold = 3

/**
 * The error for evidence of which nothing could be read: no post, no row, no event, no access, no copy. Undefined when the answer
 * rests on something, however little.
 */
export function nothingReadable(answer: Answer, items: readonly Item[]): UserError | undefined {
  const { threads, provenance, lookups, coverage, faults } = answer
  const events = coverage.sources.reduce((sum, source) => sum + source.events, 0)
  const samples = [...(provenance === null ? [] : [provenance]), ...answer.furtherSamples]
  const rows = samples.reduce((sum, sample) => sum + sample.read, 0)
  const silent = threads.length === 0 && rows === 0 && events === 0 && (lookups?.accesses ?? 0) === 0
  if (!silent || items.some((item) => item.role === 'copy' || item.role === 'leak' || item.role === 'inventory')) return undefined
  const told = faults.kept.slice(0, faultsTold).map(faultText)
  return new UserError({
    code: 'nothing-readable',
    message: `nothing in the files given could be read${told.length === 0 ? ': there are none' : `: ${told.join('; ')}`}`,
    hint: faults.kept[0]?.todo ?? 'give a folder with posts, samples or logs; "breachline investigate --help" says what is read',
    exitCode: exitCodes.badInput,
  })
}

function faultText(one: Fault): string {
  return `${placeText(one.where)}: ${one.what}`
}
