import { limits } from '../base/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import { entriesOf, shortHost, systemsNamed } from './estate-names.ts'
import type { Findings } from './findings.ts'
import { logs, other, type Need } from './need.ts'
import { atMost, storyStrength, verdictStrength } from './strength.ts'
import { strongest } from './weigh-access.ts'
import { agrees, decided, leaning, open, type Asserted, type Weight } from './weight.ts'

/** Systems named in one sentence. */
const namesTold = 4

/** "It was system X" (A4): steps on its hosts support it; a copy of its data speaks for it, a copy of another system's against it. */
export function weighSystem(asserted: Asserted, findings: Findings): Weight {
  const words = asserted.subject ?? asserted.text
  const systems = systemsNamed(findings, words)
  const more = systems.length - namesTold
  const names = `${systems
    .slice(0, namesTold)
    .map((one) => one.name)
    .join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const needs = [logs('logs of the system named, for the period before the first post', words)]
  if (systems.length === 0) {
    const text =
      entriesOf(findings, 'system').length === 0
        ? 'No inventory says which system these words mean.'
        : 'No system of the inventory bears the name that these words give.'
    return open(asserted, text, [other('which system these words mean: a screenshot, a host name, the fields shown'), ...needs])
  }
  const cites = systems.slice(0, namesTold).map((one): Cite => ({ kind: 'inventory', entry: one.entry, revision: one.revision }))
  const hosts = new Set(systems.flatMap((one) => one.hosts.map(shortHost)))
  const story = strongest(findings)
  const entered = story?.hosts.filter((one) => one.status === 'compromised' && hosts.has(shortHost(one.name))) ?? []
  if (story !== undefined && entered.length > 0) {
    const text = `The story has steps on ${entered.map((one) => one.name).join(', ')} of ${names}.`
    const ground: Sentence = { text, cites: [...entered.flatMap((one) => one.cites.slice(0, 2)), ...cites] }
    const strength = storyStrength(story)
    const reached = new Set(entered.map((one) => shortHost(one.name)))
    if (systems.every((one) => one.hosts.some((host) => reached.has(shortHost(host)))))
      return decided('supported', [ground], { strength })
    return leaning('for', [{ ...ground, text: `${text} The words fit systems that it does not reach as well.` }], {
      strength: atMost(strength, 'moderate'),
      needs: [other('which of these systems the words mean'), ...needs],
    })
  }
  const verdict = findings.provenance
  const winner = verdict?.sources[0]
  if (agrees(verdict) && winner !== undefined) {
    const same = systemsNamed(findings, winner.system).some((one) => systems.some(({ entry }) => entry === one.entry))
    const ground: Sentence = {
      text: same
        ? `The sample agrees with a copy of ${winner.system}. A copy may have been taken elsewhere; steps on the system itself are not shown.`
        : `The sample agrees with a copy of ${winner.system}, which is another system than ${names}.`,
      cites: [...(verdict.grounds[0]?.cites ?? []), ...cites],
    }
    return leaning(same ? 'for' : 'against', [ground], { strength: atMost(verdictStrength(verdict), 'moderate'), needs })
  }
  return (
    onDayOne(systems, { findings, needs }) ?? open(asserted, `Nothing at hand shows or excludes that it was ${names}.`, needs)
  )
}

/** Can tables of the systems named have produced the sample? What was possible leans, and decides nothing (A4). */
function onDayOne(
  systems: ReturnType<typeof systemsNamed>,
  { findings, needs }: { readonly findings: Findings; readonly needs: readonly Need[] },
): Weight | undefined {
  const { dayOne } = findings
  if (dayOne?.systems === undefined) return undefined
  const answers = dayOne.systems.filter((one) =>
    systemsNamed(findings, one.system).some((known) => systems.some(({ entry }) => entry === known.entry)),
  )
  const of = (standing: 'can' | 'cannot'): string =>
    answers.flatMap((one) => (one.standing === standing ? [one.system] : [])).join(', ')
  const [can, cannot] = [of('can'), of('cannot')]
  const cites = dayOne.cites.slice(0, limits.citesPerSentence)
  if (can !== '') {
    const text = `Tables of ${can} can have produced the sample. So can a copy of them; steps on the system itself are not shown.`
    return leaning('for', [{ text, cites }], { strength: 'weak', needs })
  }
  if (cannot === '' || answers.some(({ standing }) => standing !== 'cannot')) return undefined
  const [why] = answers[0]?.reasons ?? []
  const text = `Tables of ${cannot} cannot have produced the sample${why === undefined ? '' : `: ${why.text}`}.`
  return leaning('against', [{ text, cites }], { strength: 'weak', needs })
}

/** What was possible on the systems named: reachable from outside, holes known to stand open. On neither side (A4). */
export function possibleBeside(asserted: Pick<Asserted, 'subject' | 'text'>, findings: Findings): Sentence[] {
  const systems = systemsNamed(findings, asserted.subject ?? asserted.text)
  const reachable = systems
    .filter((one) => one.internetFacing)
    .map((one): Sentence => ({
      text: `The inventory has ${one.name} as reachable from outside. That says what was possible, not that it was done.`,
      cites: [{ kind: 'inventory', entry: one.entry, revision: one.revision }],
    }))
  const ids = new Set(systems.flatMap((one) => [one.id.toLowerCase(), one.name.toLowerCase()]))
  const holes = (findings.exposure?.open ?? [])
    .filter((one) => one.system !== undefined && ids.has(one.system.toLowerCase()))
    .slice(0, 5)
    .map((one): Sentence => ({
      text: `${one.cve} ${one.status === 'affected' ? 'stands open' : 'may stand open'} on ${one.name}${one.exploited ? ', and is exploited elsewhere' : ''}. That says what was possible, not that it was done.`,
      cites: [{ kind: 'inventory', entry: one.product, revision: one.revision }],
    }))
  return [...reachable, ...holes]
}
