import { percent, unreachable } from '../../base/index.ts'
import type { Cite, Sentence } from '../../evidence/index.ts'
import type { AttackGroups } from './attack-groups.ts'
import type { Attribution, Candidate, DecidingItem } from './attribution.ts'
import { mostNamed, type Refusal } from './shares.ts'
import { specificAt } from './weigh.ts'

const itemsTold = 4
const citesTold = 20

/** The cite of something in the table of groups: `G0045`, `G0045/T1003.001`, `fit`. */
export function groupCite(table: AttackGroups, key: string): Cite {
  return { kind: 'reference', file: 'data/attack-groups.json', version: table.attack.version, key }
}

/** The answer in sentences, each with its cites. "Consistent with" is the strongest thing they say. */
export function tellAttribution(
  given: Omit<Attribution, 'text' | 'statements'> & {
    readonly table: AttackGroups
    readonly report?: { readonly name: string; readonly known: boolean }
    /** Of an insufficient answer. */
    readonly why?: Refusal
  },
): Sentence[] {
  const { table, verdict, candidates, fitting, why } = given
  const named = candidates.filter((one) => one.fits)
  const fit: readonly Cite[] = [
    { kind: 'reference', file: 'data/attack-groups-fit.json', version: table.attack.version, key: 'unknown' },
  ]
  const whole: readonly Cite[] = [groupCite(table, 'groups')]
  return [
    why === undefined ? consistent(named) : { text: insufficient(fitting, why), cites: whole },
    ...named.map(grounds),
    ...reliance(named),
    ...candidates.flatMap((one) => circularity(one, table)),
    ...reportLimits(given, whole),
    ...(verdict === 'insufficient' ? [] : [absence(named), unknownGroup(given.unknown, table, fit), meaning(whole)].flat()),
    ...leftOut(given.unread, whole),
  ]
}

function insufficient(fitting: number, why: Refusal): string {
  const one = fitting === 1
  return `Insufficient: ${fitting} ${one ? 'group fits' : 'groups fit equally'}, and ${because(why, one ? 'it' : 'them')}. No group is named.`
}

function because(why: Refusal, them: string): string {
  switch (why) {
    case 'too many':
      return `more than ${mostNamed} are no answer`
    case 'nothing specific':
      return `nothing that speaks for ${them} is used by ${specificAt} groups or fewer`
    case 'techniques alone':
      return `only techniques speak for ${them}; techniques alone name nobody`
    case 'no specific tool':
      return `no tool or indicator that speaks for ${them} is used by ${specificAt} groups or fewer`
    default:
      return unreachable(why)
  }
}

function consistent(named: readonly Candidate[]): Sentence {
  const names = listed(named.map(nameOf))
  const cites = uniqueCites(named.flatMap((one) => one.decidedBy.slice(0, itemsTold).flatMap((item) => item.cites)))
  const text =
    named.length === 1
      ? `What was observed is consistent with ${names}.`
      : `What was observed is consistent with ${names}, not separable.`
  return { text, cites }
}

function grounds(one: Candidate): Sentence {
  const specific = one.decidedBy.filter((item) => item.specific)
  const told = [...specific, ...one.decidedBy.filter((item) => !item.specific)].slice(0, itemsTold)
  const rest = one.agreeing - told.length
  const more = rest > 0 ? `, and ${rest} more` : ''
  return {
    text: `${nameOf(one)}, posterior ${percent(one.posterior)}: ${told.map(itemText).join('; ')}${more}.`,
    cites: uniqueCites(told.flatMap((item) => item.cites)),
  }
}

function itemText(item: DecidingItem): string {
  const users = item.sharedBy === 1 ? 'used by no other group' : `shared by ${item.sharedBy} groups`
  return `${item.name}${item.name === item.item ? '' : ` (${item.item})`}, ${users}, ${item.bits.toFixed(1)} bits`
}

/** Says when all that is specific is one thing. */
function reliance(named: readonly Candidate[]): Sentence[] {
  const specific = new Map(named.flatMap((one) => one.decidedBy.filter((item) => item.specific)).map((item) => [item.item, item]))
  const [item] = [...specific.values()]
  if (item === undefined || specific.size > 1) return []
  return [{ text: `All that is specific is one thing: ${item.name}.`, cites: item.cites }]
}

function circularity(one: Candidate, table: AttackGroups): Sentence[] {
  if (one.circular === undefined) return []
  const { report, agreeing, onReportAlone, withReport, without } = one.circular
  const dated = report.date === '' ? '' : `, ${report.date}`
  return [
    {
      text: `${nameOf(one)}'s profile rests on the report of this very campaign (${report.name}${dated}): of ${agreeing} things that agree, ${onReportAlone} rest on it alone. With it the posterior would be ${percent(withReport)}; without it, it is ${percent(without)}.`,
      cites: [groupCite(table, one.id)],
    },
  ]
}

function reportLimits(
  given: Pick<Attribution, 'candidates'> & { readonly report?: { readonly name: string; readonly known: boolean } },
  cites: readonly Cite[],
): Sentence[] {
  const { report } = given
  if (report === undefined)
    return [
      {
        text: 'No report was named that this campaign is known from; whether a profile rests on one was not checked.',
        cites,
      },
    ]
  if (!report.known) return [{ text: 'No profile rests on the report that was named.', cites }]
  return given.candidates.some((one) => one.circular !== undefined)
    ? []
    : [{ text: 'Nothing that agrees rests on the report that was named.', cites }]
}

function absence(named: readonly Candidate[]): Sentence[] {
  const missing = named.filter((one) => one.absent.techniques > 0)
  if (missing.length === 0) return []
  const each = missing.map((one) => `${one.absent.techniques} of ${nameOf(one)} (${one.absent.bits.toFixed(1)} bits)`)
  return [
    {
      text: `Techniques that the logs could have shown and did not: ${listed(each)}.`,
      cites: missing.flatMap((one) => one.decidedBy.slice(0, 1).flatMap((item) => item.cites)),
    },
  ]
}

function unknownGroup(unknown: number, table: AttackGroups, cites: readonly Cite[]): Sentence {
  const campaigns = table.campaigns.length
  const nobody = table.campaigns.filter((one) => one.groups.length === 0).length
  return {
    text: `A group that ATT&CK does not hold has ${percent(unknown)}, and may well have more: of the ${campaigns} campaigns in ATT&CK ${nobody} are attributed to no group.`,
    cites,
  }
}

function meaning(cites: readonly Cite[]): Sentence {
  return {
    text: 'Techniques and tools are shared, sold and imitated: agreement with a profile shows likeness, not who acted.',
    cites,
  }
}

function leftOut(unread: readonly string[], cites: readonly Cite[]): Sentence[] {
  if (unread.length === 0) return []
  const some = unread.slice(0, 5).join(', ')
  const more = unread.length > 5 ? ` and ${unread.length - 5} more` : ''
  return [{ text: `Not weighed, as no group of ATT&CK is linked to it: ${some}${more}.`, cites }]
}

/** ATT&CK's name, with an APT number where the group has one beside it: `menuPass (APT10)`. */
function nameOf({ group, aliases }: Candidate): string {
  const number = /^APT ?\d/.test(group) ? undefined : aliases.find((one) => /^APT ?\d{1,3}$/.test(one))
  return number === undefined ? group : `${group} (${number})`
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function uniqueCites(cites: readonly Cite[]): Cite[] {
  const found = new Map(cites.map((one) => [JSON.stringify(one), one]))
  return [...found.values()].slice(0, citesTold)
}
