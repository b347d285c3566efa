import type { Voice } from './course.ts'
import { dataKinds } from './lexicon/data-kinds.ts'
import { pointsOf } from './lexicon/points.ts'
import { dataUnits } from './lexicon/units.ts'
import { amountsIn, type Amount } from './number.ts'
import type { Said } from './sentence.ts'
import type { Assertion, AssertionKind } from './thread.ts'

/** An assertion that has no number in its thread yet. */
export type Unnumbered = Omit<Assertion, 'id'>

const access = [
  /\b(?:gained|gaining|obtained|got|have|has|had|hold|maintain(?:ed|s)?|with|(?:managed|able|claims?|claimed|attempted|attempting|tried) to (?:gain|get|obtain))\s(?:[\w-]+\s){0,3}access\sto\s(?<what>.{3,120})/i,
  /\b(?:we|we've|have|has|had|also|and|who|it|they|group|now|been|were|was)\s(?:\w+\s)?(?:breached|hacked|infiltrated|penetrated|compromised|broken into|broke into|owned)\s(?!by\b)(?<what>.{2,120})/i,
  /\b(?:breached|hacked|infiltrated|penetrated|compromised)\s(?=(?:the|a|an|your|their|its|our)\s|\p{Lu})(?<what>.{2,120})/u,
  /\b(?<what>(?:your|the)\s[\w -]{2,40})\s(?:is|are)\sours\b|(?<!nobody |no one |no-one )\b(?:got|getting) in (?:via|through|by|with)\b/i,
  /\b(?:breached|hacked|attacked|compromised)\sby\s(?:[\w-]+\s){0,2}(?:hackers|attackers|group|gang)/i,
  /\byour\s(?<what>[\w -]{2,40}?)\s(?:is|are|was|were|has been|have been)\s(?:now\s)?(?:encrypted|hacked|breached|compromised|locked)\b/i,
  /\b(?:was|were|been)\s(?:breached|hacked|infiltrated|penetrated|compromised)(?=[.,;!]|$)/i,
  /\b(?:we|we're|hackers|attackers|group)\s(?:(?:are|have been|were|got|still)\s){0,2}(?:inside|in|into)\s(?<what>(?:your|the|one of|their|its)\s.{2,100})/i,
]
const taking =
  /\b(?:stole|stolen|steal|stealing|exfiltrat(?:e|ed|ing)|download(?:ed)?|dump(?:ed)?|took|taken(?! to\b)|grabbed|copied|extracted|obtain(?:ed|ing)?|acquired|leaked|have|hold|holding|own|got|selling|sell|attached|contain(?:s|ing)?|(?:for|on) sale|on offer)\b/i
const threatening =
  /\b(?:threaten(?:s|ed|ing)?|will|shall|going to|gonna|or we|or else|otherwise|we (?:publish|release|leak|sell|expose))\b/i
const publishing = /\b(?:release|releas(?:ed|ing)|expos(?:e|ed|ing)|publish(?:ed|ing)?|leak(?:ing)?|sell(?:ing)?|dump)\b/i
/** In the actor's own words: what is shown or listed is said to be held. */
const listing = /\b(?:sample of|proof of)\b|^(?:fields?|columns?|contents?|includes?|data)\b.{0,20}:/i
const dataWords = /\b(?:data|databases?|records?|dumps?|samples?|files|backups?|archives?)\b/i
const attempting = /\b(?:attempt(?:ed|ing|s)?|tried|trying|tries)\sto\b/i
const capable =
  /\b(?:threaten(?:s|ed|ing)?|can|could|will|able to|going to|or we)\b.{0,60}\b(?:shut(?:ting)? down|take down|taking down|wip(?:e|ing)|encrypt|delet(?:e|ing)|disrupt|paralys[ei]|switch off|turn off)\b(?<what>.{0,80})/i
const method =
  /\bexploit(?:s|ed|ing)?\b.{0,60}\b(?:vulnerabilit\w*|flaw|bug|zero[- ]days?|machine|servers?)\b|\bphish(?:ing|ed)\b|\bby stealing\b|\bstolen credentials\b|\b(?:assistance|help|access|data) from insiders\b|\b(?:pay(?:s|ing)?|paid|brib(?:e|es|ed|ing)|recruit(?:s|ed|ing)?) (?:\w+ )?insiders\b|\binsiders?\b.{0,40}\b(?:gave|helped|sold|let)\b|\bbrute[- ]forc|\bweb ?shell\b|\bSQL injection\b|\bunpatched\b|\bentered (?:through|via)\b|\bpassword spray/i
const attribution =
  /\bstate[- ](?:backed|sponsored)\b|\bnation[- ]state\b|\battributed to\b|\b(?:is|are|be|likely) (?:linked|affiliated) (?:to|with)\b|\boriginated from\b|\bconsistent with several\b|\bpart of a\b.{0,20}\bteam\b|\bgroup known as\b|\bbacked by the\b/i
const denying =
  /\b(?:did not|didn't|do not|does not|has not|have not|found no|no|not|nothing|none|nobody)\b.{0,30}\b(?:identif\w+|find|found|detect\w*|evidence|indication|affected|compromised|impacted|breached|sign|trace|touched|accessed|reached|stolen|taken|exposed)\b|\bden(?:y|ies|ied)\b/i
const vendor =
  /\b(?:third[- ]party|external|outsourc(?:ing|ed)|former|ex)[- ](?:[\w-]+\s){0,2}(?:vendors?|suppliers?|contractors?|resellers?|dealers?|integrators?|partners?|providers?)\b|\b(?:your|our|its|their|an?|the)\s(?:call[- ]cent(?:er|re)\s|service\s|it\s|local\s)?(?:vendors?|suppliers?|contractors?|resellers?|dealers?|integrators?|subcontractors?|partners?)\b(?!ship)/i
const vendorMatter =
  /\b(?:incident|unauthori[sz]ed|access|breach\w*|hack\w*|compromis\w*|attack\w*|system|systems|data|extract|copy|from|via|through|came)\b/i

/** Units that are data by themselves: `we took 3.4 million rows`. */
const bulkUnits: ReadonlySet<string> = new Set(['lines', 'rows', 'records', 'files', 'databases', 'TB', 'GB', 'MB'])

/** A victim as a sentence writes it, and its name to show. */
export interface Named {
  readonly name: string
  readonly form: string
}

/** True when a sentence speaks of a vendor, supplier or partner. */
export function namesVendor(flat: string): boolean {
  return vendor.test(flat)
}

/**
 * What a sentence asserts, each amount and each kind on its own. In: the sentence, whose words it gives, and the names of victims in it.
 */
export function assertionsIn(said: Said, voice: Voice, victims: readonly Named[]): Unnumbered[] {
  const { flat } = said
  const victim = victims[0]?.name ?? (voice.by === 'victim' ? voice.name : undefined)
  const amounts = amountsIn(flat)
  const bulk = voice.by === 'actor' && amounts.some((amount) => bulkUnits.has(amount.unit) && !amount.sample)
  const kinds = kindsIn({ flat, bulk }, voice, victims)
  const data = dataKinds.flatMap(([key, label, words]) => (words.test(flat) ? [{ key, label }] : []))
  const found: Unnumbered[] = []
  const add = (kind: AssertionKind, more: Partial<Unnumbered>, amount?: Amount) => {
    const dataOf = kind === 'data-taken' || (kind === 'count' && voice.by === 'actor') ? data.map((one) => one.key) : []
    const points = kind === 'method' || kind === 'attribution' ? pointsOf(flat, kind) : []
    const whole = amount && /\d/.test(more.subject ?? '') ? undefined : more.subject
    const subject =
      (amount?.sample ? 'sample' : amount?.of) ??
      whole ??
      (data.length > 0 && kind === 'data-taken' ? data.map((one) => one.label).join(', ') : victim)
    found.push({
      kind,
      by: voice.by,
      text: said.text,
      ...(amount ? { quantity: amount.quantity, qualifier: amount.qualifier, unit: amount.unit } : {}),
      ...(amount?.strict ? { strict: true } : {}),
      ...(subject === undefined ? {} : { subject }),
      ...(victim === undefined ? {} : { victim }),
      ...(dataOf.length > 0 ? { data: dataOf } : {}),
      ...(more.standing ? { standing: more.standing } : {}),
      ...(points.length > 0 ? { points } : {}),
      cite: said.cite,
    })
  }
  const carriers = new Map<AssertionKind, Amount[]>()
  for (const amount of amounts) {
    const wanted: AssertionKind = dataUnits.has(amount.unit) ? 'data-taken' : 'access'
    const kind = !amount.sample && kinds.some((one) => one.kind === wanted) ? wanted : 'count'
    carriers.set(kind, [...(carriers.get(kind) ?? []), amount])
  }
  for (const one of kinds) {
    const carried = carriers.get(one.kind) ?? []
    // `A sample of 500 lines is attached` tells of the sample alone.
    const bare = one.kind === 'data-taken' && data.length === 0 && victims.length === 0
    const ofSample = bare && carriers.get('count')?.some((amount) => amount.sample === true) === true
    if (carried.length === 0 && !ofSample) add(one.kind, one)
    for (const amount of carried) add(one.kind, one, amount)
  }
  for (const amount of carriers.get('count') ?? []) add('count', amount.sample ? { subject: 'sample' } : {}, amount)
  return found
}

function kindsIn(
  { flat, bulk }: { readonly flat: string; readonly bulk: boolean },
  voice: Voice,
  victims: readonly Named[],
): { kind: AssertionKind; subject?: string; standing?: 'attempted' | 'threatened' }[] {
  const found: { kind: AssertionKind; subject?: string; standing?: 'attempted' | 'threatened' }[] = []
  const own = voice.by === 'victim'
  const guess = isSpeculation(flat)
  const denial = own && denying.test(flat)
  if (denial)
    found.push({
      kind: 'denial',
      ...(/\b(?:own|our|its|their)\b.{0,20}\b(?:systems?|network)\b/i.test(flat) ? { subject: 'own systems' } : {}),
    })
  const entry = access.map((pattern) => pattern.exec(flat)).find((match) => match !== null)
  if (entry && !denial && !guess && !(own && vendor.test(flat))) {
    const subject = object(entry.groups?.['what'], victims)
    found.push({ kind: 'access', ...(subject === undefined ? {} : { subject }) })
  }
  const defaced = /\bdefac(?:ed|ing)\s(?<what>(?!and\b).{2,100})|\bdefac(?:ed|ing) and \w+\s(?<both>.{2,100})/i.exec(flat)
  if (defaced) {
    const subject = object(defaced.groups?.['what'] ?? defaced.groups?.['both'], victims)
    found.push({ kind: 'defacement', ...(subject === undefined ? {} : { subject }) })
  }
  const how = method.test(flat)
  const able = capable.exec(flat)
  const threat = threatening.test(flat) && publishing.test(flat)
  const named =
    bulk ||
    dataWords.test(flat) ||
    dataKinds.some(([, , words]) => words.test(flat)) ||
    /\b(?:expose|release|publish|leak|sell) (?:it|its data|them|everything|the lot|the rest)\b/i.test(flat)
  const negated = voice.by !== 'actor' && denying.test(flat)
  const takes = !own && !negated && named && !(how && /\bby stealing\b/i.test(flat)) && voice.by !== 'authority'
  if (takes && (threat || taking.test(flat) || (voice.by === 'actor' && listing.test(flat))) && !guess) {
    const standing =
      threat && !/\b(?:stole|stolen|exfiltrated|downloaded|(?:we|they) (?:have|hold))\b/i.test(flat)
        ? 'threatened'
        : attempting.test(flat)
          ? 'attempted'
          : undefined
    found.push({ kind: 'data-taken', ...(standing ? { standing } : {}) })
  }
  if (able && (voice.by === 'actor' || !own)) {
    const subject = phrase(able.groups?.['what'])
    found.push({ kind: 'capability', ...(subject === undefined ? {} : { subject }), standing: 'threatened' })
  }
  if (how) found.push({ kind: 'method' })
  if (vendor.test(flat) && vendorMatter.test(flat)) {
    const subject = phrase(vendor.exec(flat)?.[0])
    found.push({ kind: 'third-party', ...(subject === undefined ? {} : { subject }) })
  }
  if (voice.by !== 'actor' && !own && attribution.test(flat)) found.push({ kind: 'attribution' })
  return found
}

/** What somebody thinks could be done with it is no account of what was taken. */
function isSpeculation(flat: string): boolean {
  return /\b(?:allows?|would allow|could allow|enables?|believes the method)\b/i.test(flat)
}

const phraseEnd =
  /[,;.:"()!?]|\s(?:and|but|or|around|to|while|which|that|after|before|by|on|for|with|without|as|where|in order|via|using|since|every|if|because|earlier|today|yesterday|(?:last|this) (?:week|month|year|night|morning|summer|winter|spring|autumn))(?=\s|$|[,.;])/

/** What was entered: the victim when the words name one (`... integrator Aminia`), else the noun phrase. */
function object(text: string | undefined, victims: readonly Named[]): string | undefined {
  const plain = phrase(text)
  const last = victims.find(
    ({ form }) => plain?.endsWith(` ${form}`) && !/\b(?:of|at|from|in)\s(?:the\s)?$/.test(plain.slice(0, -form.length)),
  )
  if (last !== undefined) return last.name
  if (text === undefined || victims.some(({ form }) => plain?.includes(form))) return plain
  const clause = text.split(/\s(?:and|but)\s(?:stole|threaten\w*|then|took)\b|[.;]/)[0] ?? ''
  return victims.find(({ form }) => clause.includes(form) && !clause.includes(`${form}'`))?.name ?? plain
}

/** The noun phrase a text begins with, without its article; undefined when it is a mere pronoun. */
function phrase(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const end = phraseEnd.exec(text)
  const cut = (end ? text.slice(0, end.index) : text).trim().split(' ').slice(0, 8).join(' ')
  const plain = cut.replace(/^(?:the|a|an|your|its|their|our|one of (?:the|its|your))\s/i, '').trim()
  return plain === '' ||
    /^(?:over|on|in|at|by|during|last|this|after|before|since|when|again)\b/i.test(plain) ||
    /^(?:it|them|you|us|its|this|that)$/i.test(plain)
    ? undefined
    : plain
}
