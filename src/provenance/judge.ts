import { UserError, type Watch } from '../base/index.ts'
import type { TokenKey } from '../persons/index.ts'
import type { Lake } from '../store/index.ts'
import { meaningText } from './columns.ts'
import type { WritingEvidence } from './conflict.ts'
import type { Copy } from './copy.ts'
import { conclude } from './conclude.ts'
import { emptyVerdict } from './empty-verdict.ts'
import { basisText } from './align-basis.ts'
import { settledFigures } from './figures.ts'
import { readFrequencies } from './frequency.ts'
import { linkSample, type Linkage } from './linkage.ts'
import { linkByWeights } from './linked-weights.ts'
import { carryLinks, mostMet } from './carried-links.ts'
import { profileEvidence } from './profile-evidence.ts'
import { profiled, type TableProfile } from './profile.ts'
import { model } from './model.ts'
import type { RecordTable } from './record-table.ts'
import type { HeldCopy } from './align-cells.ts'
import { ensureHoldings } from './registry.ts'
import { checkDigitsFail, readSample } from './sample.ts'
import type { Verdict } from './verdict.ts'
import { sampleCite, type SampleExhibit } from './exhibit.ts'
import type { Prior } from './prior.ts'
import { secondLook } from './second-look.ts'
import { weigh, type Weighing } from './weigh.ts'

/** A sample to be judged, and what it is judged against. */
export interface Examination {
  readonly table: RecordTable
  /** The exhibit the sample stands in. */
  readonly exhibit: SampleExhibit
  readonly lake: Lake
  readonly key: TokenKey
  /** Registered copies and leaks (`listCopies`), and the folder their tokens are in. */
  readonly copies: readonly Copy[]
  readonly registry: string
  readonly country?: string
  readonly map?: Readonly<Record<string, string>>
  readonly prior?: Prior
  /** What per-row marks say for an extract that was handed out with them, by copy id: natural log (`markEvidence` of marks). */
  readonly marks?: Readonly<Record<string, { readonly log: number }>>
  readonly watch?: Watch
}

/**
 * Is it real, and whose copy is it? Compares the sample with every registered copy and leak and weighs all answers (SPEC.md).
 * Throws a `UserError` when copies are under another token key.
 */
export async function judge(examination: Examination): Promise<Verdict> {
  const { table, exhibit, lake, key, copies, registry, country, watch } = examination
  const foreign = copies.find((copy) => copy.keyId !== key.id)
  if (foreign !== undefined) {
    throw new UserError({
      code: 'copy-under-other-key',
      message: `copy ${foreign.id} was registered under another token key (${foreign.keyId})`,
      hint: 'use the key the workspace was made with, or register the copy again',
    })
  }
  const held: HeldCopy[] = []
  for (const copy of copies.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    watch?.signal?.throwIfAborted()
    held.push({ copy, loadId: await ensureHoldings({ registry, lake, copy }) })
  }
  const passing = profiled(table, { key, ...(country === undefined ? {} : { country }) })
  const sample = await readSample({
    table: passing.table,
    exhibit,
    key,
    lake,
    copies: held,
    ...(country === undefined ? {} : { country }),
    ...(examination.map === undefined ? {} : { map: examination.map }),
  })
  // Too few rows carry an identifier: they are linked by agreement weights (rule P4).
  const link = sample.identified * 2 < sample.read ? linkByWeights : linkSample
  const met: Linkage[] = []
  for (const { copy, loadId } of held) {
    watch?.signal?.throwIfAborted()
    watch?.report?.({ step: 'comparing with copies', done: met.length, total: held.length, unit: 'copies' })
    met.push(await link({ lake, sample, copy, loadId }))
  }
  const linkages = link === linkByWeights ? met : await carryLinks({ lake, sample, linkages: met, donors: mostMet(met) })
  const { identified } = sample
  const facts = {
    rows: sample.total,
    read: sample.read,
    identified,
    columns: sample.columns.map((column) => ({
      name: column.name,
      meaning: meaningText(column.meaning),
      why: basisText(column),
    })),
  }
  const beside = { faults: sample.faults, persons: sample.persons }
  if (copies.length === 0 || (linkages.every((one) => one.links.size === 0) && identified === 0 && !checkDigitsFail(sample)))
    return { ...emptyVerdict({ facts, sample, exhibit, copies }), ...beside }
  const written = writingOf(passing.profile(), copies)
  // A second look finds further links; sizes and fields of the copies, and so the frequencies, stay.
  const frequencies = await readFrequencies({ lake, sample, linkages })
  const weighed = (linked: readonly Linkage[]): Promise<Weighing> =>
    weigh({
      lake,
      sample,
      linkages: linked,
      frequencies,
      prior: examination.prior ?? {},
      cite: sampleCite(exhibit, []),
      evidence: evidenceBeside(written, copies, examination.marks ?? {}),
    })
  const first = await weighed(linkages)
  const again = link === linkByWeights ? undefined : await secondLook({ lake, sample, linkages, weighing: first })
  const weighing = again === undefined ? first : await weighed(again)
  const verdict = conclude({
    facts,
    sample,
    exhibit,
    weighing,
    written,
    ...(examination.prior?.setBy === undefined ? {} : { priorSetBy: examination.prior.setBy }),
  })
  return {
    ...settledFigures(verdict),
    ...beside,
  }
}

/** What the way the sample is written says about every copy whose profile is known. */
function writingOf(sample: TableProfile, copies: readonly Copy[]): WritingEvidence {
  return new Map(
    copies.flatMap((copy) => (copy.profile === undefined ? [] : [[copy, profileEvidence(sample, copy.profile)] as const])),
  )
}

/** Nats per copy from the way the sample is written, and from marks (rule P17). */
function evidenceBeside(
  written: WritingEvidence,
  copies: readonly Copy[],
  marks: Readonly<Record<string, { readonly log: number }>>,
): ReadonlyMap<string, number> {
  return new Map(
    copies.map((copy) => {
      const format = Math.max(model.format.least, Math.min(model.format.most, written.get(copy)?.log ?? 0))
      return [copy.id, format + (marks[copy.id]?.log ?? 0)]
    }),
  )
}
