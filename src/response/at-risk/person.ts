import { listOf, objectOf } from '../../base/index.ts'
import type { Finding } from '../../casefile/index.ts'

/** A person whose records were read in secret, as the queue knows them: by pseudonym, never by number or name. */
export interface PersonAtRisk {
  /** `P-3f9a1c2e77b0`: the beginning of the keyed token. */
  readonly pseudonym: string
  /** Keyed token, hex: needed to find out who it is, given out with the brief alone. */
  readonly token: string
  readonly finding: string
  readonly status: Finding['status']
  /** Days with an unexplained read; first and last of them, ISO 8601. */
  readonly days?: number
  readonly first?: string
  readonly last?: string
  readonly accounts: number
  /** On the list of protected persons; absent where it is not, or nobody asked. */
  readonly isProtected?: true
  /** Fields that were read, so far as logs say. */
  readonly fields: readonly string[]
}

/** Persons of findings that say that records were read without a recorded reason; rejected, parked and withdrawn ones are out. */
export function personsAtRisk(findings: readonly Finding[]): readonly PersonAtRisk[] {
  const standing = findings.filter(
    (one) =>
      one.code === 'read-without-recorded-reason' &&
      /^subscriber:[0-9a-f]{8,64}$/.test(one.subject) &&
      one.withdrawn !== true &&
      (one.status === 'proposed' || one.status === 'adopted'),
  )
  const tokens = [...new Set(standing.map(tokenOf))].sort()
  const length = lengthOf(tokens)
  return tokens.flatMap((token) => {
    const finding = standing.find((one) => tokenOf(one) === token)
    if (finding === undefined) return []
    const value = objectOf(finding.value)
    const text = (key: string): string | undefined => (typeof value[key] === 'string' ? value[key] : undefined)
    const first = text('first')
    const last = text('last')
    return [
      {
        pseudonym: `P-${token.slice(0, length)}`,
        token,
        finding: finding.id,
        status: finding.status,
        ...(typeof value['days'] === 'number' ? { days: value['days'] } : {}),
        ...(first === undefined ? {} : { first }),
        ...(last === undefined ? {} : { last }),
        accounts: listOf(value['accounts']).length,
        ...(value['isProtected'] === true ? { isProtected: true as const } : {}),
        fields: listOf(value['fields']).filter((one): one is string => typeof one === 'string'),
      },
    ]
  })
}

function tokenOf(finding: Finding): string {
  return finding.subject.slice('subscriber:'.length)
}

/** Twelve digits, or all of them where twelve do not tell tokens apart: what was entered for the short form then counts for nobody. */
function lengthOf(tokens: readonly string[]): number {
  return new Set(tokens.map((token) => token.slice(0, 12))).size === tokens.length ? 12 : 64
}
