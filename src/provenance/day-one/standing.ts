import { dayText } from '../day.ts'
import type { Reason } from './answer.ts'
import type { Bench, Stood } from './bench.ts'
import { outsideRanges } from './number-ranges.ts'
import { shareText, wilson } from './proportion.ts'
import type { SampleCells } from './sample-cells.ts'
import { columnAgreement, isRecognised, sideBySide, type SystemEvidence } from './system-evidence.ts'
import { changedBy, gapOf, goneBy } from './turnover.ts'
import { unheldColumns } from './unheld.ts'
import { valueStanding } from './value-standing.ts'

/** Rows recognised below which rows rule nothing out, and rows compared below which a column does not. */
const fewestRows = 10
const fewestCells = 8
/** Agreement beyond chance from which a column is taken to be kept there, and up to which it is not. */
const kept = 0.6
const notKept = 0.25
const keptOnce = 0.3
/** Share of rows found from which a system can have produced the sample, unless turnover excuses more. */
const enough = 0.4

/** Whether a system can have produced the sample. It is ruled out only by a reason that no age of its tables excuses. */
export function standingOf(system: SystemEvidence, bench: Bench): Stood {
  const { sample, recognised } = bench
  if (!sample.identifying.includes(true)) return valueStanding(system, bench)
  if (recognised.size < fewestRows || recognised.size < sample.rows.length * 0.02) return unrecognised(system, bench)
  const fields = fieldReasons(system, bench)
  const against = [...(fields.length > 0 ? fields : unheldReasons(system, bench)), ...rowReasons(system, bench)]
  if (against.length > 0) return { standing: 'cannot', reasons: against }
  const held = [...recognised].filter((index) => system.best.has(index)).length
  if (held < fewestRows) return { standing: 'not-decided', reasons: [tooLittle(held)] }
  return favourable(system, bench)
}

/** Nothing speaks against it: what speaks for it, and what stays open. */
function favourable(system: SystemEvidence, bench: Bench): Stood {
  const { sample, open } = bench
  const found = system.best.size / sample.rows.length
  const reasons: Reason[] = [
    { code: 'rows-found', text: `${shareText(found)} of the ${sample.rows.length} rows compared are found in its tables` },
    ...agreeing(system, bench),
  ]
  const nowhere = unheldColumns(system, sample).map(({ name }) => name)
  // Turnover excuses rows that are gone, but not numbers that were never this operator's.
  const foreign = (outsideRanges(sample, system) ?? 0) > 0.5
  const isPart = found < enough && (foreign || 1 - found > goneBy(gapOf(system, open)))
  if (isPart)
    reasons.unshift({
      code: 'part-not-found',
      text: `${shareText(1 - found)} of the rows are in none of its tables: it alone did not produce all of them`,
    })
  if (nowhere.length > 0)
    reasons.unshift({ code: 'column-held-nowhere', text: `no table given holds the values of ${nowhere.join(', ')}` })
  return { standing: isPart || nowhere.length > 0 ? 'not-decided' : 'can', reasons }
}

function agreeing(system: SystemEvidence, { sample, recognised }: Bench): Reason[] {
  const columns = sample.columns.flatMap((column, at) => {
    const { share, tells, beyondChance } = columnAgreement(sample, system, { rows: recognised, at })
    return tells && beyondChance >= kept ? [`${column.name} ${shareText(share)}`] : []
  })
  return columns.length === 0 ? [] : [{ code: 'values-agree', text: `on the rows found its values agree: ${columns.join(', ')}` }]
}

/** Columns that it does not hold, whoever does: two of them, or one of its own numbers or texts, are not made by writing codes anew. */
function unheldReasons(system: SystemEvidence, { sample, recognised }: Bench): Reason[] {
  const held = [...recognised].filter((index) => system.best.has(index)).length
  const unheld = unheldColumns(system, sample)
  if (held < fewestRows || (unheld.length < 2 && !unheld.some(({ isOwn }) => isOwn))) return []
  const names = unheld.map(({ name }) => name).join(', ')
  return [
    { code: 'field-not-held', text: `it holds no column with the values or the form of ${names}: it alone did not produce them` },
  ]
}

/** Columns that another system holds as they stand in the sample, and this one does not. */
function fieldReasons(system: SystemEvidence, bench: Bench): Reason[] {
  const { sample, systems, recognised, open } = bench
  const gap = gapOf(system, open)
  return sample.columns.flatMap((column, at): Reason[] => {
    const here = columnAgreement(sample, system, { rows: recognised, at })
    const pair = system.pairs[at]
    if (pair === undefined && column.meaning.kind !== 'identifier' && !system.mets.every((met) => met.byValue)) return []
    // Where the values do not occur at all, another system need not have kept them unchanged.
    const least = (system.occurring[at] ?? 0) <= 0.05 ? keptOnce : kept
    const others = systems
      .filter((one) => one !== system)
      .map((one) => ({ one, ...columnAgreement(sample, one, { rows: recognised, at }) }))
      .filter((other) => other.rows >= fewestCells && (other.tells ? other.beyondChance >= least : other.share >= 0.8))
      .toSorted((a, b) => b.beyondChance - a.beyondChance)
    const [other] = others
    if (other === undefined) return []
    // One value throughout: it says something only where it does not occur at all.
    if (!other.tells)
      return here.rows >= fewestCells && (system.occurring[at] ?? 0) <= 0.05
        ? [neverOccurs(column.name, { pair, there: other.one })]
        : []
    if (here.rows === 0) return identifierAbsent(system, { at, sample, there: other.one })
    const both = sideBySide({ sample, rows: recognised, here: system, there: other.one, at })
    if (both.rows < fewestCells) return []
    const excess = both.onlyThere - both.onlyHere
    const sure = (excess - 2.576 * Math.sqrt(both.onlyThere + both.onlyHere)) / both.rows
    const agree = `${both.equal} of ${both.rows}`
    if (here.beyondChance <= notKept && sure > 0 && excess >= both.rows * (least === kept ? 0.4 : 0.25)) {
      if (pair === undefined || (!pair.byName && pair.rowsOccurring <= 0.5))
        return [{ code: 'field-not-held', text: `it holds no column with the values of ${column.name}; ${other.one.name} does` }]
      if (pair.rowsOccurring <= 0.1) return [neverOccurs(column.name, { pair, there: other.one })]
    }
    if (pair !== undefined && sure > changedBy(gap))
      return [
        {
          code: 'values-differ',
          text: `${column.name} agrees on ${agree} rows, in ${other.one.name} on ${both.equal + excess}; changes since cannot explain it (its nearest table is at most ${gap} days away)`,
        },
      ]
    return []
  })
}

function neverOccurs(
  column: string,
  { pair, there }: { readonly pair: SystemEvidence['pairs'][number]; readonly there: SystemEvidence },
): Reason {
  const where =
    pair === undefined ? 'in none of its columns' : `in ${shareText(pair.rowsOccurring)} of cases in its column ${pair.column}`
  return { code: 'values-never-occur', text: `the values of ${column} occur ${where}; in ${there.name} they agree row by row` }
}

function identifierAbsent(
  system: SystemEvidence,
  { at, sample, there }: { readonly at: number; readonly sample: SampleCells; readonly there: SystemEvidence },
): Reason[] {
  if (sample.identifying[at] !== true || (sample.distinct[at]?.size ?? 0) < fewestRows) return []
  if ((system.pairs[at]?.occurring ?? 0) > 0.02 || (there.pairs[at]?.occurring ?? 0) < 0.2) return []
  const name = sample.columns[at]?.name ?? ''
  return [{ code: 'identifier-absent', text: `none of its columns holds the values of ${name}; ${there.name} does` }]
}

/** Rows that another system recognises and this one never held, more than turnover excuses; only when that other one can hold them all. */
function rowReasons(system: SystemEvidence, { sample, systems, recognised, open }: Bench): Reason[] {
  const canBeAsked = sample.identifying.some((yes, at) => yes && system.pairs[at] !== undefined)
  if (!canBeAsked) return []
  const missing = [...recognised].filter((index) => !system.best.has(index))
  const gap = gapOf(system, open)
  if (missing.length < 5 || wilson(missing.length, recognised.size).low <= goneBy(gap)) return []
  const whole = systems.find(
    (one) => one !== system && missing.filter((index) => one.best.has(index)).length >= missing.length * 0.9,
  )
  if (whole === undefined) return []
  const text = `${missing.length} of ${recognised.size} rows that ${whole.name} holds are in none of its tables (${tablesText(system)})`
  return [{ code: 'rows-not-held', text }]
}

function tablesText(system: SystemEvidence): string {
  return system.days.map((day) => dayText(day)).join(', ')
}

/** Hardly a row of the sample is known to any system. */
function unrecognised(system: SystemEvidence, { sample, open }: Bench): Stood {
  const rows = sample.rows.length
  const asked = sample.columns.flatMap(({ name }, at) =>
    sample.identifying[at] === true ? [{ name, pair: system.pairs[at] }] : [],
  )
  const names = asked.map(({ name }) => name).join(', ')
  const found = [...system.best.values()]
  const agreeing = found.filter(isRecognised).length
  if (rows < 20) return { standing: 'not-decided', reasons: [tooLittle(rows)] }
  const disagreeing = found.filter((row) => row.compared >= 3 && !isRecognised(row)).length
  if (disagreeing >= 10 && agreeing * 10 < disagreeing)
    return {
      standing: 'cannot',
      reasons: [
        {
          code: 'values-differ',
          text: `${found.length} rows are met by ${names}, and ${agreeing} of them agree in their other columns: the records are not those`,
        },
      ],
    }
  // Too few rows to tell a share of rows apart from turnover, or the tables may be too far away in time.
  if (wilson(rows - found.length, rows).low <= goneBy(gapOf(system, open)))
    return { standing: 'not-decided', reasons: [tooLittle(found.length)] }
  const isHeld = asked.some(({ pair }) => pair !== undefined)
  const text = isHeld
    ? `${found.length} of ${rows} rows are found in its tables (${tablesText(system)}), looked for by ${names}`
    : `none of its columns holds the values of ${names}: ${found.length} of ${rows} rows are found`
  return { standing: 'cannot', reasons: [{ code: isHeld ? 'nothing-found' : 'identifier-absent', text }] }
}

function tooLittle(rows: number): Reason {
  return { code: 'too-little', text: `${rows} rows can be compared: too few to say` }
}
