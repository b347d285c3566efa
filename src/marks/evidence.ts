import type { SampleRow } from './align.ts'
import type { MarkedExtract } from './extracts.ts'
import type { MarksKey } from './marks-key.ts'
import { markReader, type MarkReading } from './reading.ts'

/** What the marks add to the likelihood of one extract. */
export interface MarkEvidence {
  /** Natural log of P(spellings | this extract) / P(spellings | any other source): add it to the log likelihood of that copy. */
  readonly log: number
  readonly sites: number
  readonly agreeing: number
}

/** Chance, over all extracts compared, below which a reading counts as carrying the marks. */
const falseAccusation = 1e-6

/**
 * The evidence of the marks by extract id. `rows` are the sample's rows with the tokens of their identifiers (as `tokenOf` gives them
 * under the workspace's key, tag = identifier kind) and their cells as written. Extracts that share no row are left out.
 */
export async function markEvidence(options: {
  readonly rows: readonly SampleRow[]
  readonly extracts: readonly MarkedExtract[]
  readonly key: MarksKey
}): Promise<Readonly<Record<string, MarkEvidence>>> {
  const { rows, extracts, key } = options
  const reader = markReader({ rows, key })
  const found: Record<string, MarkEvidence> = {}
  for (const extract of extracts) {
    if (extract.record.keyId !== key.id) continue
    const reading = await reader.read(extract)
    if (reading.rowsFound === 0) continue
    found[extract.record.extract] = { log: reading.logLR, sites: reading.sites, agreeing: reading.agreeing }
  }
  return found
}

/**
 * Does a sample carry the marks of an extract? The chance against fresh keys, times the number of extracts compared, is below
 * one in a million. Says which copy, never who passed it on.
 */
export function carriesMarks(reading: Pick<MarkReading, 'againstChance' | 'sites'>, compared: number): boolean {
  return reading.sites > 0 && reading.againstChance.log10P + Math.log10(Math.max(1, compared)) <= Math.log10(falseAccusation)
}

/** One sentence about a reading. */
export function markStatement(reading: MarkReading, compared: number): string {
  const { holder, asOf, rowsFound, sites, survived } = reading
  if (rowsFound === 0) return `holds no row of the extract cut for ${holder} on ${asOf}`
  if (carriesMarks(reading, compared)) return `carries the marks of the extract cut for ${holder} on ${asOf}`
  if (sites === 0 && survived.length > 0)
    return `shows no site of the extract cut for ${holder} on ${asOf} any more: its marks can neither be found nor ruled out`
  return `does not carry the marks of the extract cut for ${holder} on ${asOf} beyond chance`
}
