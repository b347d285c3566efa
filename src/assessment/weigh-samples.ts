import type { Sentence } from '../evidence/index.ts'
import type { Findings } from './findings.ts'
import type { SampleFindings } from './sample-findings.ts'
import { withSample } from './samples.ts'
import { atMost, weaker, type Strength } from './strength.ts'
import { decided, type Asserted, type Weight } from './weight.ts'

/** How samples that differ are joined: one that bears it out is enough, or all must say the same. */
type Joining = 'any' | 'all'

/**
 * Weighs something once with every sample of the claim, and joins the answers (A18). Each ground that rests on a sample begins with its name; what is the
 * same without it stands once.
 */
export function overSamples(findings: Findings, joining: Joining, weigh: (one: Findings) => Weight): Weight {
  const samples = findings.samples ?? []
  const [first, ...rest] = samples.map((sample) => ({ sample, weight: weigh(withSample(findings, sample)) }))
  if (first === undefined || rest.length === 0) return first?.weight ?? weigh(findings)
  return joined([first, ...rest], joining)
}

/** Lines of all instalments together, where that is the amount said: each alone has fewer (A18). */
export function weighInstalments(asserted: Asserted, { samples = [] }: Findings): Weight | undefined {
  const real = samples.flatMap(({ name, provenance }) =>
    provenance !== undefined && realVerdicts.has(provenance.verdict) ? [{ name, provenance }] : [],
  )
  const [one] = real
  const lines = real.reduce((sum, { provenance }) => sum + provenance.rows, 0)
  if (
    one === undefined ||
    real.length < 2 ||
    asserted.quantity !== lines ||
    !/^(line|row|record|entr)/i.test(asserted.unit ?? '')
  )
    return undefined
  const told = real.map(({ name, provenance }) => `${name} ${provenance.rows.toLocaleString('en-US')}`).join(', ')
  const text = `The ${real.length} samples have ${lines.toLocaleString('en-US')} lines together (${told}); a line that stands in several is counted each time.`
  const cites = real.flatMap(({ provenance }) => provenance.grounds[0]?.cites.slice(0, 1) ?? [])
  return decided('supported', [{ text, cites: cites.length > 0 ? cites : [asserted.cite] }], { strength: 'moderate' })
}

const realVerdicts: ReadonlySet<string> = new Set(['agrees-with-copy', 'copies-not-separable', 'mixed', 'unknown-copy'])

interface Weighed {
  readonly sample: SampleFindings
  readonly weight: Weight
}

function joined(all: readonly [Weighed, ...Weighed[]], joining: Joining): Weight {
  const statuses = new Set(all.map(({ weight }) => weight.status))
  const [same] = statuses.size === 1 ? statuses : []
  const status = same ?? (joining === 'any' && statuses.has('supported') ? 'supported' : 'open')
  const name = namer(all)
  const sentences = (of: (weight: Weight) => readonly Sentence[]): Sentence[] => {
    const told = all.flatMap(({ sample, weight }) => of(weight).map((one) => name(sample, one)))
    return [...new Map(told.map((one) => [JSON.stringify(one), one])).values()]
  }
  const [ground, ...more] = all[0].weight.grounds
  const common = name(all[0].sample, ground).text === ground.text
  const grounds = common
    ? [ground, ...more.map((one) => name(all[0].sample, one))]
    : [leadOf(all), ...sentences((one) => one.grounds)]
  const [lead = ground, ...others] = grounds
  const needs = [...new Map(all.flatMap(({ weight }) => weight.needs).map((one) => [JSON.stringify(one), one])).values()]
  return {
    status,
    grounds: [lead, ...others],
    for: sentences((one) => one.for),
    against: sentences((one) => one.against),
    strength: strengthOf(all, { status, same: same !== undefined }),
    needs,
  }
}

/** Of what decides: the firmest sample that bears it out; the least firm where all must agree. Where they differ and nothing is decided, at most moderate. */
function strengthOf(
  all: readonly Weighed[],
  { status, same }: { readonly status: Weight['status']; readonly same: boolean },
): Strength {
  const deciding = all
    .filter(({ weight }) => weight.status === status && weight.strength !== 'none')
    .map(({ weight }) => weight.strength)
  const firmest = deciding.reduce<Strength>((most, one) => (weaker(most, one) ? one : most), 'none')
  if (status === 'supported') return firmest
  if (status === 'contradicted') return deciding.reduce<Strength>((least, one) => atMost(one, least), 'strong')
  if (same) return firmest
  const any = all.reduce<Strength>((most, { weight }) => (weaker(most, weight.strength) ? weight.strength : most), 'none')
  return atMost(any, 'moderate')
}

/** A sentence under the name of its sample, unless every sample gives the same one. */
function namer(all: readonly Weighed[]): (sample: SampleFindings, sentence: Sentence) => Sentence {
  const counts = new Map<string, number>()
  for (const { weight } of all) {
    const its = new Set([...weight.grounds, ...weight.for, ...weight.against].map((one) => JSON.stringify(one)))
    for (const one of its) counts.set(one, (counts.get(one) ?? 0) + 1)
  }
  return (sample, sentence) =>
    counts.get(JSON.stringify(sentence)) === all.length ? sentence : { ...sentence, text: `${sample.name}: ${sentence.text}` }
}

const words = { supported: 'bears it out', contradicted: 'speaks against it', open: 'leaves it open' } as const
const samplesTold = 8

function leadOf(all: readonly Weighed[]): Sentence {
  const told = all.slice(0, samplesTold).map(({ sample, weight }) => `${sample.name} ${words[weight.status]}`)
  const more = all.length > samplesTold ? `, and ${all.length - samplesTold} more` : ''
  return {
    text: `Of ${all.length} samples, each weighed for itself: ${told.join(', ')}${more}.`,
    cites: all.slice(0, samplesTold).flatMap(({ weight }) => weight.grounds[0].cites.slice(0, 1)),
  }
}
