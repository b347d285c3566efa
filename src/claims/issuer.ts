import { headedBy } from './heading.ts'
import { pattern } from './language/languages.ts'
import { authorityWords, companyForms, withinCompany } from './lexicon/roles.ts'
import { namesIn } from './name.ts'
import { isStatement, sentencesAtFirst, type OwnVoices } from './own-words.ts'
import type { Passage } from './passage.ts'
import { flatten } from './sentence.ts'

const organisationWord = pattern('organisation-word', 'u')
const statement = pattern('own-statement', 'iu')
const officialForm = pattern('official-form', 'iu')
const defined =
  /(\p{Lu}[\p{L}\p{N}&.-]*(?: (?:of|and|for|the|&|\p{Lu}[\p{L}\p{N}&.-]*)){0,6}) \([^()]{0,40}?"?(?:the )?"?(?:the )?(?:Company|Group|Bank|Registrant|Issuer|Operator|Authority|Commission|Agency|Syarikat|Kumpulan|"we")"\)/iu
const sender = /^(?:from|issued by|published by|daripada|dikeluarkan oleh|dari):\s(.{3,80})$/i
const salutation = /^(?:dear|hello|hi|attention|yang|kepada|perhatian|salam)\b/i
const department = pattern('department')
const researchHouse = /\b(?:Labs?|Research|Intelligence|Threat Intel|Forensics)$/
const company = /\b(?:[Tt]he|pihak) (?:Company|Group|Registrant|Issuer|registrant|issuer|Board of Directors|Syarikat)\b/
/** Parts of a line that may be a name each: `STATUS - Copperline Net`, `Group CEO, Brightwater Wireless`. */
/** What stands before an organisation's name in a signature: `Chief Executive Harrow Net`. */
const office =
  /^(?:(?:Group|Chief|Executive|Managing|Director|Officer|Office|Team|Board|Of|Directors|CEO|CISO|SOC|Ketua|Pengurus|Pegawai|Khidmat|Pelanggan|Jabatan|Komunikasi|Korporat|Direktur|Utama|Customer|Care|Service|Privacy|Security)\s)+/
const parts = /\s[-|–—·>:]\s|:\s|,\s/u

/** Who issues a text: a name, '' where none is told, and what it is where that is known. */
export type Issuer = Pick<NonNullable<Passage['head']>, 'name' | 'role'>

/**
 * Who issues a text in its own name though no line says `Statement by`: an authority (its name as a line of the head or as signature, or the
 * form of an order, a bulletin, an answer in parliament), a company (`the Company`, `our customers`, its name in the head or as signature), a
 * research house. In: the paragraphs of a text that names no author, whose words they sound like, and the sender's name of a mail.
 */
export function issuerOf(
  paragraphs: readonly { readonly text: string }[],
  voices: OwnVoices,
  writer?: string,
): Issuer | undefined {
  // Sections of several houses tell by their headings whose they are.
  if (paragraphs.some(({ text }) => /^#{1,6}\s/.test(text) && headedBy(flatten(text)) !== undefined)) return undefined
  const all = paragraphs.flatMap(({ text }) => text.slice(0, 4_000).split('\n')).map((line) => flatten(line.slice(0, 200)))
  const head = shortLines(all.slice(0, 8))
  const foot = shortLines(all.slice(8).slice(-4))
  const bare = sentencesAtFirst(paragraphs)
  const speaks = voices.personal
  const official = all.slice(0, 8).some((line) => line.length <= 120 && officialForm.test(line))
  const from = [
    ...(writer === undefined ? [] : [writer]),
    ...all.slice(0, 8).flatMap((line) => sender.exec(line)?.[1] ?? []),
  ].find(isAuthority)
  if (from !== undefined) return { name: from, role: 'authority' }
  const authority =
    head.find(isAuthority) ??
    (speaks || official ? foot.find(isAuthority) : undefined) ??
    (official || voices.others === 0 ? authorityIn(head.slice(0, 4)) : undefined)
  if (official) return { name: authority ?? '', role: 'authority' }
  const alone = voices.others === 0 && head.slice(0, 3).some((line) => line === authority)
  if (authority !== undefined && (speaks || voices.office > 0 || alone)) return { name: authority }
  // `Our team at the Coordination Centre`, `The Authority has today directed`: its name stands in the first sentences.
  const told = voices.people === 0 && (voices.others === 0 || (speaks && voices.office + voices.hit > voices.others))
  const opening = told && voices.office > 0 ? authorityIn(bare.slice(0, 3)) : undefined
  if (opening !== undefined) return { name: opening, role: 'authority' }
  if (told && voices.office >= 2 && voices.office >= voices.hit) return { name: '', role: 'authority' }
  const lab = head.slice(0, 3).find((line) => researchHouse.test(line) && isName(line))
  if (lab !== undefined && speaks) return { name: lab, role: 'researcher' }
  const stated = bare.filter((flat) => statement.test(flat) || company.test(flat)).length
  const term = all.map((flat) => defined.exec(flat)?.[1]).find((name) => name !== undefined)
  if (term !== undefined) return { name: term.replace(/^(?:The )?(?:Board )?(?:of )?(?:Directors of )?(?:the )?/i, '') }
  const examines = voices.examined > 0 && voices.own <= voices.examined && speaks
  if (examines && voices.people === 0 && voices.examined >= voices.hit) return { name: '', role: 'researcher' }
  const hit = isStatement(voices)
  const name = [...head, ...(speaks ? foot : [])].find(isOrganisation)
  if (name !== undefined && (stated >= 2 || (hit && speaks))) return { name }
  if (hit && (speaks || stated > 0)) return { name: organisationIn(all) ?? '', role: 'victim' }
  return examines ? { name: '', role: 'researcher' } : undefined
}

/**
 * The name under which a text of a known role is issued, '' where none is told. In: its paragraphs and the role of its issuer.
 */
export function issuerName(
  paragraphs: readonly { readonly text: string }[],
  role: 'victim' | 'authority' | 'researcher',
): string {
  const all = paragraphs.flatMap(({ text }) => text.slice(0, 4_000).split('\n')).map((line) => flatten(line.slice(0, 200)))
  const head = shortLines(all.slice(0, 8))
  const bare = sentencesAtFirst(paragraphs)
  if (role === 'authority') return head.find(isAuthority) ?? authorityIn([...head, ...bare.slice(0, 3), ...all.slice(-4)]) ?? ''
  if (role === 'researcher') return head.find((line) => researchHouse.test(line) && isName(line)) ?? ''
  const term = all.map((flat) => defined.exec(flat)?.[1]).find((name) => name !== undefined)
  return term ?? head.find((line) => isOrganisation(line)) ?? organisationIn(all) ?? ''
}

/** The organisation of a sender: `Juniper Cell Customer Care` without its department; '' for a department alone. */
export function houseOf(sender: string): string {
  return sender.replace(department, '').trim()
}

/** The organisation that the first or last lines of a text name by a word that companies carry: `To: All staff of Morrow Telecom`. */
function organisationIn(all: readonly string[]): string | undefined {
  const lines = [...all.slice(0, 6), ...all.slice(6).slice(-4)].filter(
    (line) => line.length <= 100 && !/[.!?]$/.test(line) && !salutation.test(line),
  )
  for (const line of lines)
    for (const { text } of namesIn(titleCased(line))) {
      const name = text.replace(office, '')
      if (isOrganisation(name)) return name
    }
  return undefined
}

/** Lines that are no sentences, and the parts of them, capitals written as names are. */
function shortLines(lines: readonly string[]): string[] {
  return lines
    .filter((line) => line.length > 0 && line.length <= 100 && !/[.!?:;]$/.test(line))
    .flatMap((line) => [line, ...line.split(parts)])
    .map(titleCased)
}

function isAuthority(line: string): boolean {
  const named = line.split(' ').length >= 2 || /\p{Lu}{3}/u.test(line)
  return named && authorityWords.test(line) && !withinCompany.test(line) && isName(line)
}

function isOrganisation(line: string): boolean {
  const words = line.split(' ')
  const form = words.length > 1 && companyForms.has((words.at(-1) ?? '').toLowerCase().replaceAll('.', ''))
  return (form || organisationWord.test(line)) && words.length <= 6 && isName(line)
}

/** The first authority that some lines name. */
function authorityIn(lines: readonly string[]): string | undefined {
  for (const line of lines)
    for (const [name] of line.matchAll(/\p{Lu}[\p{L}-]+(?: (?:(?:of|and|for|the|on) )?\p{Lu}[\p{L}-]+){0,6}/gu))
      if ((name.includes(' ') || /\p{Lu}{3}/u.test(name)) && authorityWords.test(name) && !withinCompany.test(name)) return name
  return undefined
}

/** A line of capitals as a name is written. */
function titleCased(line: string): string {
  if (/\p{Ll}/u.test(line)) return line
  return line.toLowerCase().replace(/(?<![\p{L}\p{N}])\p{Ll}/gu, (letter) => letter.toUpperCase())
}

function isName(line: string): boolean {
  return (
    namesIn(`x ${line}`).some((name) => name.start === 2 && name.text === line) ||
    /^(?:\p{Lu}[\p{L}-]+)(?: (?:of|and|for|the|\p{Lu}[\p{L}-]+)){1,8}$/u.test(line)
  )
}
