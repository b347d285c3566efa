import type { Paragraph } from '../formats/index.ts'
import { authorOf } from './author.ts'
import { turnsOf, type Turn } from './dialogue.ts'
import { houseOf, issuerOf, type Issuer } from './issuer.ts'
import { pattern } from './language/languages.ts'
import { authorityWords } from './lexicon/roles.ts'
import { isOwnWords, isStatement, ownVoices, type OwnVoices } from './own-words.ts'
import type { Passage } from './passage.ts'
import type { PostHeader } from './post-header.ts'

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
  readonly turns?: readonly Turn[]
}

/** Tells whose words a text is. In: its paragraphs, the header of a network's post, the sender's name of a mail. */
export function whoseText(
  kept: readonly Paragraph[],
  told: { readonly header: PostHeader | undefined; readonly sender: string | undefined },
): Whose {
  const turns = turnsOf(kept)
  if (turns !== undefined) return { turns }
  const voices = ownVoices(kept)
  const issuer = issuerOf(kept, voices, told.sender ?? told.header?.name)
  const office = issuer !== undefined && (issuer.role === 'authority' || authorityWords.test(issuer.name))
  const author = office ? undefined : posterOf(kept, { ...told, voices })
  if (author !== undefined) return { author }
  const head = headOf(told.header, isStatement(voices))
  const named =
    issuer?.name === '' && issuer.role === 'victim' && told.header !== undefined
      ? { ...issuer, name: houseOf(told.header.name) }
      : issuer
  return { ...(named === undefined ? {} : { issuer: ownIssuer(named) }), ...(head === undefined ? {} : { head }) }
}

function ownIssuer(issuer: Issuer): NonNullable<Passage['head']> {
  return { ...issuer, own: true }
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
