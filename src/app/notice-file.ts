import { parseIso, sha256, UserError } from '../base/index.ts'
import { decide } from '../casefile/index.ts'
import { type Signer } from '../evidence/index.ts'
import {
  chainOf,
  citeName,
  documentFormats,
  keepAct,
  keepNotice,
  letterDocument,
  noticeDocument,
  noticeOf,
  renderDocument,
  type FiledNotice,
  type Filing,
  type KeptNotice,
  type LetterLanguage,
  type NoticeDocument,
  type Phase,
} from '../response/index.ts'
import type { CaseStore } from './case-store.ts'
import { filedNotices, noticeCase, type NoticeCase } from './notice-case.ts'
import { keepDocuments } from './notice-kept.ts'
import { caseLetter, isLetter } from './notice-letter.ts'
import { noticeFonts, noticeTexts } from './notice-texts.ts'
import type { Workspace } from './workspace.ts'

/** A notice or letter that went out, as a named person says. */
export interface FilingAsked {
  readonly duty: string
  /** When it went out, ISO 8601 with its zone. */
  readonly at: string
  readonly phase?: Phase
  readonly ref?: string
  readonly reason: string
  /** Why it went out although points are open or figures differ. */
  readonly anyway?: string
  /** Of a letter: its language, the kinds of data it names, and how many persons got it. */
  readonly lang?: LetterLanguage
  readonly items?: readonly string[]
  readonly told?: number
}

interface OnCase {
  readonly workspace: Workspace
  readonly store: CaseStore
  readonly signer: Signer
}

/** What stands against recording it as it is, in sentences, and the document that is kept. */
interface Outgoing {
  readonly phase: Phase
  readonly document: NoticeDocument
  readonly fields: KeptNotice['fields']
  readonly objections: readonly string[]
}

/**
 * Keeps a notice or letter as it went out: its text in the ledger, its documents with their hashes beside it, and the step of the duty
 * recorded as done when it was not yet. Throws a `UserError` where points are open or figures differ and nobody says why it went out all the same.
 */
export async function fileNotice(on: OnCase, given: FilingAsked): Promise<FiledNotice> {
  const { workspace, store, signer } = on
  const now = workspace.world.now()
  const asked = { ...given, at: checkedTime(given.at, now) }
  const of = noticeCase(workspace, store, { duty: asked.duty, now })
  const number = `notice-${filedNotices(store).length + 1}`
  const filing = { number, at: asked.at, by: signer.name, ...(asked.ref === undefined ? {} : { ref: asked.ref }) }
  const out = isLetter(of) ? outgoingLetter(of, asked, filing) : outgoingNotice(of, asked, filing)
  if (out.objections.length > 0 && asked.anyway === undefined)
    throw new UserError({
      code: 'notice-incomplete',
      message: `${asked.duty}: ${out.objections.slice(0, 6).join(' ')}${out.objections.length > 6 ? ` And ${out.objections.length - 6} more.` : ''}`,
      hint: 'answer what is open, or say with --anyway why it went out as it is',
    })
  const documents = await Promise.all(
    documentFormats.map(async (format) => ({
      number,
      format,
      bytes: await renderDocument(out.document, { format, fonts: noticeFonts }),
    })),
  )
  const body = new TextDecoder().decode(documents.find((one) => one.format === 'text')?.bytes)
  const kept: KeptNotice = {
    number,
    duty: asked.duty,
    chain: chainOf(of.duty),
    form: of.form,
    recipient: of.duty.recipient,
    phase: out.phase,
    at: asked.at,
    ...(asked.ref === undefined ? {} : { ref: asked.ref }),
    ...(isLetter(of) ? { lang: asked.lang ?? 'en' } : {}),
    ...(asked.told === undefined ? {} : { told: asked.told }),
    ...(asked.anyway === undefined ? {} : { reason: asked.anyway }),
    fields: out.fields,
    body,
    sha256: sha256(body),
    documents: documents.map((one) => ({ format: one.format, sha256: sha256(one.bytes) })),
  }
  const done = of.facts.done.some((one) => one.duty === asked.duty)
  const step = keepAct({ act: 'done', duty: asked.duty, at: asked.at, ref: asked.ref ?? number }) as Record<string, never>
  const decision = decide(store.db, {
    by: signer,
    at: now,
    kind: 'notify',
    text: `Filed as ${number}: ${of.duty.step}, to ${of.duty.recipient}, ${asked.at}`,
    reason: asked.reason,
    about: [asked.duty],
    change: { ...(done ? {} : step), notice: keepNotice(kept) },
  })
  keepDocuments(workspace, store.id, documents)
  return { ...kept, by: decision.by.join(', '), recorded: decision.at, decision: decision.number }
}

function outgoingNotice(given: NoticeCase, asked: FilingAsked, filing: Filing): Outgoing {
  const notice = noticeOf({
    ...given,
    texts: noticeTexts(),
    filing,
    ...(asked.phase === undefined ? {} : { phase: asked.phase }),
  })
  return {
    phase: notice.phase,
    document: noticeDocument(notice, given.names),
    fields: notice.fields.map(({ key, label, answers }) => ({
      key,
      label,
      answers: answers.map(({ text, rests, id, cites }) => ({
        text,
        rests,
        ...(id === undefined ? {} : { id }),
        cites: cites.map((cite) => citeName(cite, given.names)),
      })),
    })),
    objections: objections(notice.points, notice.contradictions),
  }
}

function outgoingLetter(given: NoticeCase, asked: FilingAsked, filing: Filing): Outgoing {
  const letter = caseLetter(given, { lang: asked.lang ?? 'en', items: asked.items ?? [] })
  const before = given.filed.some((one) => one.chain === letter.chain)
  return {
    phase: asked.phase ?? (before ? 'intermediate' : 'initial'),
    document: letterDocument(letter, { texts: noticeTexts(), zone: given.zone, filing }),
    fields: letter.fields.map(({ key, label, answers }) => ({
      key,
      label,
      answers: answers.map(({ text, rests }) => ({ text, rests })),
    })),
    objections: objections(letter.points, letter.contradictions),
  }
}

function objections(
  points: readonly { readonly point: string; readonly state: string }[],
  against: readonly { readonly text: string; readonly said?: true }[],
): string[] {
  return [
    ...points.filter((one) => one.state === 'open').map((one) => `Not answered: ${one.point}.`),
    ...against.filter((one) => one.said !== true).map((one) => one.text),
  ]
}

/** The time as ISO 8601 UTC. Throws a `UserError` for a time without a zone, or one still to come. */
function checkedTime(at: string, now: string): string {
  const moment = parseIso(at)
  if (moment?.zone !== 'stated')
    throw new UserError({
      code: 'time-wrong',
      message: `"${at}" is no ISO 8601 time with its zone`,
      hint: 'write it as 2026-10-08T11:40:00+08:00',
      exitCode: 2,
    })
  if (Date.parse(moment.at) > Date.parse(now))
    throw new UserError({
      code: 'time-ahead',
      message: 'a notice is recorded once it went out, and that time is still to come',
      hint: 'send it, then record it',
      exitCode: 2,
    })
  return moment.at
}
