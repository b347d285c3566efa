import type { PageParts } from './page-parts.ts'

/** A page as it was seen once. */
export interface SeenPage extends PageParts {
  /** Asked for, and where the answer came from after redirects. */
  readonly url: string
  readonly answeredBy: string
  /** HTTP status. */
  readonly status: number
  /** `server` header, and who issued the certificate for whom; absent where not told. */
  readonly server?: string
  readonly certificate?: { readonly subject: string; readonly issuer: string; readonly fingerprint: string }
}

/**
 * What became of a page: `same`; `content`, changed as pages are; `defacement`, it says that somebody took it; `takeover`, visitors are sent to or
 * served by somebody else; `unclear`, replaced, and a person has to look.
 */
export type ChangeKind = 'same' | 'content' | 'defacement' | 'takeover' | 'unclear'

export interface PageChange {
  readonly kind: ChangeKind
  /** What speaks for it, in sentences; empty for `same`. */
  readonly reasons: readonly string[]
  /** Share of the earlier page's words, in runs of three, that still stand, 0 to 1. */
  readonly kept: number
}

/** Phrases by which those who deface sign (English, Malay, Indonesian). */
const signatures =
  /\b(?:hacked|defaced|pwned|owned|rooted|cracked|stamped) by\b|\bgot (?:hacked|pwned)\b|\byou(?:r site)? (?:have|has) been (?:hacked|pwned)\b|\bwas here\b|\bgree?tz\b|\b(?:di ?godam|di ?godam|digodam|diretas|dihack) oleh\b/

/** Phrases of platforms for names that nobody holds any more, and of parked domains. */
const unclaimed =
  /\bno ?such ?bucket\b|\bthere isn t a github pages site here\b|\bno such app\b|\bdomain (?:name )?is for sale\b|\bbuy this domain\b|\bthis domain (?:has expired|is parked)\b|\brepository not found\b|\bproject not found\b/

/** Below this share of kept words a page counts as replaced. */
const replaced = 0.1

/** Sets a page beside what it was (rules E8 and E9). */
export function pageChange(before: SeenPage, after: SeenPage): PageChange {
  const kept = keptShare(before.words, after.words)
  const say = (kind: ChangeKind, reasons: readonly string[]): PageChange => ({ kind, reasons, kept })
  const [old, now] = [before.words.join(' '), after.words.join(' ')]
  const signed = signatures.exec(now)
  const elsewhere = takenOver(before, after, now, kept)
  if (elsewhere.length > 0) return say('takeover', elsewhere)
  if (signed !== null && !signatures.test(old)) {
    const title = after.title === before.title ? [] : [`the title was "${before.title}" and is "${after.title}"`]
    return say('defacement', [`it says "${signed[0]}", which it did not before`, ...title, keptText(kept)])
  }
  const reasons = differences(before, after, kept)
  if (after.status >= 400 && before.status < 400)
    return say('unclear', [`the server answers ${after.status}, before ${before.status}`, ...reasons])
  if (kept < replaced && before.words.length >= 20)
    return say('unclear', [...reasons, 'the page was replaced; nothing says by whom'])
  return reasons.length === 0 ? say('same', []) : say('content', reasons)
}

/** What says that visitors are served by, or sent to, somebody else. */
function takenOver(before: SeenPage, after: SeenPage, now: string, kept: number): string[] {
  const found: string[] = []
  const more = (one: readonly string[], other: readonly string[]): readonly string[] =>
    other.filter((host) => host !== '' && !one.includes(host))
  const [from, to] = [host(before.answeredBy), host(after.answeredBy)]
  if (from !== to && !related(from, to)) found.push(`the answer came from ${to}, before from ${from}`)
  if (after.sentOnTo !== undefined && before.sentOnTo !== after.sentOnTo && !related(from, after.sentOnTo))
    found.push(`the page sends its visitors on to ${after.sentOnTo}`)
  const forms = more(before.forms, after.forms).filter((one) => !related(from, one))
  if (forms.length > 0 && after.asksPassword) found.push(`a form that asks for a password sends to ${forms.join(', ')}`)
  const parked = unclaimed.exec(now)
  if (parked !== null && !unclaimed.test(before.words.join(' ')))
    found.push(`the text is that of a name nobody holds ("${parked[0]}")`)
  if (found.length > 0) return found
  const issuer =
    before.certificate?.issuer !== undefined &&
    after.certificate?.issuer !== undefined &&
    before.certificate.issuer !== after.certificate.issuer
  const server = before.server !== undefined && after.server !== undefined && before.server !== after.server
  if (kept < replaced && issuer && server && !signatures.test(now))
    return [
      `the certificate is by ${after.certificate?.issuer ?? ''}, before by ${before.certificate?.issuer ?? ''}`,
      `the server calls itself ${after.server ?? ''}, before ${before.server ?? ''}`,
      keptText(kept),
    ]
  return []
}

function differences(before: SeenPage, after: SeenPage, kept: number): string[] {
  const listed = (what: string, one: readonly string[], other: readonly string[]): string[] => {
    const more = other.filter((each) => each !== '' && !one.includes(each))
    return more.length === 0
      ? []
      : [`${what} from ${more.slice(0, 5).join(', ')}${more.length > 5 ? `, ${more.length - 5} more` : ''} are new`]
  }
  return [
    ...(after.title === before.title ? [] : [`the title was "${before.title}" and is "${after.title}"`]),
    ...(kept < 1 || before.words.length !== after.words.length ? [keptText(kept)] : []),
    ...listed('scripts', before.scripts, after.scripts),
    ...listed('frames', before.frames, after.frames),
    ...listed('forms', before.forms, after.forms),
  ]
}

function keptText(kept: number): string {
  return `${Math.round(kept * 100)} % of what stood there still stands`
}

/** Share of the runs of three words of the earlier text that the later one has; of shorter texts, of the words. */
function keptShare(before: readonly string[], after: readonly string[]): number {
  const size = before.length >= 3 ? 3 : 1
  const runs = (words: readonly string[]): Set<string> =>
    new Set(Array.from({ length: Math.max(0, words.length - size + 1) }, (_, at) => words.slice(at, at + size).join(' ')))
  const [one, other] = [runs(before), runs(after)]
  if (one.size === 0) return other.size === 0 ? 1 : 0
  let held = 0
  for (const run of one) if (other.has(run)) held += 1
  return held / one.size
}

function host(url: string): string {
  return URL.parse(url)?.host ?? url
}

/** Is one host the other, or below it (www.example.org, example.org)? */
function related(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => name.replace(/:\d+$/, '').replace(/^www\./, ''))
  return a === b || (a ?? '').endsWith(`.${b ?? ''}`) || (b ?? '').endsWith(`.${a ?? ''}`)
}
