import type { Paragraph } from '../formats/index.ts'
import { authorOf, signedBy } from './author.ts'
import { turnsOf, type Turn } from './dialogue.ts'
import { interviewOf } from './interview.ts'
import { houseOf, issuerName, issuerOf, type Issuer } from './issuer.ts'
import { pattern } from './language/languages.ts'
import { authorityWords } from './lexicon/roles.ts'
import { isOwnWords, isStatement, ownVoices, type OwnVoices } from './own-words.ts'
import { withoutHeading } from './name.ts'
import type { Passage } from './passage.ts'
import type { PostHeader } from './post-header.ts'
import { voiceByCues, type WholeVoice } from './voice-cue.ts'

const researching = pattern('researching')

/** Whose words a whole text is; of a report by others all is absent. */
export interface Whose {
  /** The actor's name where it is the actor's own post, '' when it names nobody. */
  readonly author?: string
  /** Who issues it in its own name. */
  readonly issuer?: NonNullable<Passage['head']>
  /** Whose words follow the header of a post. */
  readonly head?: NonNullable<Passage['head']>
  /** The turns of a conversation with the actor. */
  readonly turns?: readonly (Omit<Turn, 'head'> & { readonly head?: Turn['head'] })[]
}

/** Tells whose words a text is. In: its paragraphs, the header of a network's post, the sender's name of a mail. */
export function whoseText(
  kept: readonly Paragraph[],
  told: { readonly header: PostHeader | undefined; readonly sender: string | undefined },
): Whose {
  const turns = turnsOf(kept)
  if (turns !== undefined) return { turns }
  const interview = interviewOf(kept)
  if (interview !== undefined) return { turns: interview }
  const voices = ownVoices(kept)
  const issuer = issuerOf(kept, voices, told.sender ?? told.header?.name)
  const office = issuer !== undefined && (issuer.role === 'authority' || authorityWords.test(issuer.name))
  const author = office ? undefined : posterOf(kept, { ...told, voices })
  const head = headOf(told.header, isStatement(voices))
  const read = author !== undefined ? 'actor' : office ? 'authority' : (issuer?.role ?? (issuer && 'victim') ?? head?.role)
  const cued = cuedRole(kept, voices, read)
  if (cued !== undefined) return byCue(cued, kept, told)
  if (author !== undefined) return { author }
  const named =
    issuer?.name === '' && issuer.role === 'victim' && told.header !== undefined
      ? { ...issuer, name: houseOf(told.header.name) }
      : issuer
  return { ...(named === undefined ? {} : { issuer: ownIssuer(named) }), ...(head === undefined ? {} : { head }) }
}

/** How far cues must be ahead to overrule what was read from names and forms. */
const overrules = 5

/** The role that cues tell where nothing else does, or against it where they are clear; undefined where what was read stands. */
function cuedRole(kept: readonly Paragraph[], voices: OwnVoices, read: string | undefined): WholeVoice | undefined {
  if (kept.some(({ text }) => /^#{1,6}\s/.test(text))) return undefined
  const cued = voiceByCues(kept, voices)
  if (cued === undefined || cued.role === read || (read === undefined && cued.role === 'press')) return undefined
  return read === undefined || cued.ahead >= overrules ? cued.role : undefined
}

/** Whose words a text is whose role cues tell: with its name where it tells one. */
function byCue(
  role: WholeVoice,
  kept: readonly Paragraph[],
  told: { readonly header: PostHeader | undefined; readonly sender: string | undefined },
): Whose {
  if (role === 'press') return {}
  if (role === 'actor') return { author: told.header?.name ?? signedBy(kept, told.sender) ?? '' }
  const sender = told.sender === undefined ? undefined : houseOf(told.sender)
  const name = told.header === undefined ? issuerName(kept, role) || (sender ?? '') : houseOf(told.header.name)
  return { issuer: ownIssuer({ name, role }) }
}

function ownIssuer(issuer: Issuer): NonNullable<Passage['head']> {
  return { ...issuer, name: withoutHeading(issuer.name), own: true }
}

/** Whose own post a text is: the actor's, by name, '' where it names nobody; undefined for reports and for words of others. */
function posterOf(
  kept: readonly Paragraph[],
  told: { readonly voices: OwnVoices; readonly header: PostHeader | undefined; readonly sender: string | undefined },
): string | undefined {
  const own = isOwnWords(told.voices)
  if (told.header !== undefined && told.header.about === undefined && own) return told.header.name
  return authorOf(kept, told.voices, told.sender) ?? (own ? (told.sender ?? '') : undefined)
}

/** Whose words follow the header of a post: a researcher's where it says so, of somebody hit where they sound like that. */
function headOf(header: PostHeader | undefined, hit: boolean): Passage['head'] {
  if (header === undefined || (header.about === undefined && !hit)) return undefined
  const role = researching.test(header.about ?? '') ? ('researcher' as const) : hit ? ('victim' as const) : undefined
  return { name: header.name, own: true, ...(role === undefined ? {} : { role }) }
}
