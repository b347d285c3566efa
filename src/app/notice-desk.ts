import { sha256, UserError, type Watch } from '../base/index.ts'
import { decide } from '../casefile/index.ts'
import type { Signer } from '../evidence/index.ts'
import {
  isAsFiled,
  keepSaid,
  letterDocument,
  noticeDocument,
  noticeOf,
  renderDocument,
  type DocumentFormat,
  type FiledNotice,
  type Letter,
  type LetterLanguage,
  type Notice,
  type NoticeDocument,
  type Phase,
  type Said,
} from '../response/index.ts'
import { openCase } from './case-store.ts'
import { mayLeave, recordExported } from './exported.ts'
import { fileNotice, type FilingAsked } from './notice-file.ts'
import { filedNotices, noticeCase } from './notice-case.ts'
import { readKept } from './notice-kept.ts'
import { caseLetter, isLetter } from './notice-letter.ts'
import { noticeFonts, noticeTexts } from './notice-texts.ts'
import { tellList, type TellGroup } from './tell-list.ts'
import type { Workspace } from './workspace.ts'

/** A notice as it stands, and its document in the format asked. */
export interface DraftedNotice {
  readonly notice: Notice
  readonly bytes: Uint8Array
}

/** A letter to persons whose data are of the same kinds, and its document. */
export interface DraftedLetter {
  readonly letter: Letter
  readonly bytes: Uint8Array
}

/** A filed notice, and whether the text kept is the one that was filed. */
export interface ListedNotice extends FiledNotice {
  readonly whole: boolean
}

/** What a person does with the notices and letters of a case. Every act is signed; what leaves is recorded by its hash. */
export interface NoticeDesk {
  /** The notice of a duty as of now, in a format. */
  draft(asked: { readonly duty: string; readonly phase?: Phase; readonly format: DocumentFormat }): Promise<DraftedNotice>
  /** The letter to the persons concerned, in a language, for the kinds of data given by id. */
  letter(asked: {
    readonly duty: string
    readonly lang: LetterLanguage
    readonly items: readonly string[]
    readonly format: DocumentFormat
  }): Promise<DraftedLetter>
  /** Records that a notice or letter went out, and keeps it as it did. */
  file(asked: FilingAsked): Promise<FiledNotice>
  /** What was filed, oldest first. */
  list(): readonly ListedNotice[]
  /** A filed notice as it went out. Throws a `UserError` where nothing of that number was filed. */
  show(number: string, format: DocumentFormat): Uint8Array
  /** Writes a part of the letters in one language. */
  say(said: Said, reason: string): { readonly number: string }
  /** Those who must be told, by the kinds of their data; no id. */
  groups(): Promise<readonly TellGroup[]>
  /** Lets go of the case. */
  close(): void
}

/** The notices of a case of an open workspace, in the name of a person; `close` lets go of the case. */
export function noticeDesk(on: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly caseId: string
  readonly watch: Watch
}): NoticeDesk {
  const { workspace, signer, caseId } = on
  const store = openCase(workspace, caseId)
  try {
    mayLeave(store)
  } catch (error) {
    store.close()
    throw error
  }
  const now = (): string => workspace.world.now()
  const texts = noticeTexts()
  const rendered = (document: NoticeDocument, format: DocumentFormat): Promise<Uint8Array> =>
    renderDocument(document, { format, fonts: noticeFonts })
  return {
    async draft({ duty, phase, format }) {
      const given = noticeCase(workspace, store, { duty, now: now() })
      if (isLetter(given))
        throw new UserError({
          code: 'is-letter',
          message: `${duty} is done by a letter to ${given.duty.recipient}`,
          hint: `write it with "breachline notice letter ${duty} --lang en --group A"`,
        })
      const notice = noticeOf({ ...given, texts, ...(phase === undefined ? {} : { phase }) })
      const bytes = await rendered(noticeDocument(notice, given.names), format)
      exported({ kind: 'notice', duty, format, sha256: sha256(bytes) })
      return { notice, bytes }
    },
    async letter({ duty, lang, items, format }) {
      const given = noticeCase(workspace, store, { duty, now: now() })
      const letter = caseLetter(given, { lang, items })
      const bytes = await rendered(letterDocument(letter, { texts, zone: given.zone }), format)
      exported({ kind: 'letter', duty, lang, format, sha256: sha256(bytes) })
      return { letter, bytes }
    },
    file: (asked) => fileNotice({ workspace, store, signer }, asked),
    list: () => filedNotices(store).map((one) => ({ ...one, whole: isAsFiled(one) })),
    show: shown,
    say: (said, reason) =>
      decide(store.db, {
        by: signer,
        at: now(),
        kind: 'other',
        text: `For the letters (${said.lang}), ${said.part}: ${said.text}`,
        reason,
        change: keepSaid(said),
      }),
    groups: async () => (await tellList(workspace, store, on.watch)).groups,
    close: () => store.close(),
  }

  function exported(detail: Record<string, string>): void {
    recordExported(store, { by: signer, at: now(), detail })
  }

  function shown(number: string, format: DocumentFormat): Uint8Array {
    const filed = filedNotices(store)
    const found = filed.find((one) => one.number === number)
    if (found !== undefined) return readKept(workspace, caseId, { notice: found, format })
    throw new UserError({
      code: 'notice-unknown',
      message: `nothing was filed as "${number}"`,
      hint:
        filed.length === 0
          ? 'record one with "breachline notice file DUTY --at TIME --reason ..."'
          : `filed: ${filed.map((one) => one.number).join(', ')}`,
    })
  }
}
