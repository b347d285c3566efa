import { sha256, UserError } from '../base/index.ts'
import { decide, type Decision } from '../casefile/index.ts'
import {
  checkStatement,
  draftStatement,
  keepStatementAct,
  mayActAs,
  signRoles,
  type Audience,
  type KeptStatement,
  type StatementAct,
  type StatementCheck,
  type StatementDraft,
  type StatementFlag,
} from '../response/index.ts'
import type { AtCases } from './at-cases.ts'
import type { CaseStore } from './case-store.ts'
import { mayLeave } from './exported.ts'
import type { ShownFlag, StatementDesk } from './statement-acts.ts'
import { flagsOf, kept, languageNamed, last } from './statement-kept.ts'
import { saidBefore, statementKnowledge, versionsOf } from './statement-knowledge.ts'
import { statementLanguages } from './statement-languages.ts'
import { notSigned, statementNamed, unfitToLeave, wrongRole } from './statement-refusals.ts'

/** The statements of cases as a person with a key handles them. */
export function statementDesk({ workspace, signer, withCase }: AtCases): StatementDesk {
  const now = workspace.world.now
  return {
    draft: (id, asked) =>
      withCase(id, (store) => {
        const draft = drafted(store, asked)
        const check = checked(store, draft.text)
        if (asked.submit !== true) return { draft, check }
        if (!check.ok) throw unfitToLeave(check)
        return { draft, check, statement: submitted(store, draft.text, draft) }
      }),
    check: (id, text) => withCase(id, (store) => checked(store, text)),
    submit: (id, { text, audience, language }) =>
      withCase(id, (store) => {
        const check = checked(store, text)
        if (!check.ok) throw unfitToLeave(check)
        return { statement: submitted(store, text, { audience, language: languageNamed(language).file.language }), check }
      }),
    signOff: (id, { statement: name, role, answer, reason }) =>
      withCase(id, (store) => {
        const one = statementNamed(kept(store), name)
        if (!mayActAs(signer.role, role)) throw wrongRole(signer, role)
        if (one.released !== undefined || one.filed !== undefined) throw notSigned(one, 'has left already')
        const other = one.signOffs.find((sign) => sign.by === signer.name && sign.role !== role)
        if (other !== undefined)
          throw notSigned(one, `was signed off by ${signer.name} for ${other.role}; each role is another person`)
        keep(store, {
          text: `Statement ${one.id} (${one.audience}) is ${answer === 'yes' ? 'signed off' : 'refused'} for ${role}: SHA-256 ${one.sha256}`,
          reason,
          act: { act: 'sign', statement: one.id, sha256: one.sha256, role, answer },
          about: one.id,
        })
        return statementNamed(kept(store), one.id)
      }),
    release: (id, { statement: name, to, reason, correcting }) =>
      withCase(id, (store) => {
        mayLeave(store)
        const one = statementNamed(kept(store), name)
        if (one.released !== undefined || one.filed !== undefined) throw notSigned(one, 'has left already')
        if (one.state === 'refused')
          throw notSigned(
            one,
            `was refused for ${one.signOffs.flatMap((sign) => (sign.answer === 'no' ? [sign.role] : [])).join(', ')}`,
          )
        if (one.missing.length > 0) throw notSigned(one, `is not signed off for ${one.missing.join(', ')}`)
        const check = checked(store, one.text)
        if (!check.ok) throw unfitToLeave(check)
        if (check.contradictions.length > 0 && correcting === undefined)
          throw notSigned(
            one,
            `differs from what was said before or found in ${check.contradictions.length} ${check.contradictions.length === 1 ? 'point' : 'points'}`,
            'read them with "breachline statement check", and say with --correcting "..." why it leaves all the same',
          )
        keep(store, {
          kind: 'release',
          text: `Statement ${one.id} (${one.audience}) leaves, to ${to}: SHA-256 ${one.sha256}`,
          reason,
          act: { act: 'release', statement: one.id, sha256: one.sha256, to, ...(correcting === undefined ? {} : { correcting }) },
          about: one.id,
        })
        return statementNamed(kept(store), one.id)
      }),
    filed: (id, { text, audience, language, at, to, reason }) =>
      withCase(id, (store) => {
        mayLeave(store)
        checked(store, text)
        const hash = sha256(text)
        keep(store, {
          text: `What left on ${at} to ${to} (${audience}) is recorded: SHA-256 ${hash}`,
          reason,
          act: { act: 'filed', audience, language: languageNamed(language).file.language, text, sha256: hash, at, to },
        })
        return last(store)
      }),
    list: (id) =>
      withCase(id, (store) => ({
        statements: kept(store),
        flags: flags(store).map(shown),
        languages: statementLanguages().map(({ file: { language, name } }) => ({ language, name })),
        signsFor: signRoles.filter((role) => mayActAs(signer.role, role)),
      })),
    counsel: (id, { statement: name, outcome, reason }) =>
      withCase(id, (store) => {
        if (!mayActAs(signer.role, 'legal')) throw wrongRole(signer, 'legal')
        const flag = flags(store).find((one) => one.statement.toLowerCase() === name.toLowerCase())
        if (flag === undefined)
          throw new UserError({
            code: 'flag-unknown',
            message: `no finding contradicts a statement "${name}" that has left`,
            hint: 'see "breachline statement list"',
          })
        return keep(store, {
          text: `Counsel on ${flag.statement}, which findings contradict: ${outcome === 'correct' ? 'it is to be corrected' : 'it stands'}`,
          reason,
          act: { act: 'counsel', statement: flag.statement, findings: [...flag.findings], outcome },
          about: flag.statement,
        })
      }),
    changes: (id, since) => withCase(id, (store) => versionsOf(store, since)),
  }

  function checked(store: CaseStore, text: string): StatementCheck {
    return checkStatement(text, {
      knowledge: statementKnowledge(workspace, store, now()),
      languages: statementLanguages(),
      earlier: saidBefore(store),
    })
  }

  function drafted(
    store: CaseStore,
    asked: { readonly audience: Audience; readonly language: string; readonly nextAt?: string },
  ): StatementDraft {
    const before = kept(store)
      .filter(({ audience }) => audience === asked.audience)
      .flatMap(({ released, filed }) => released?.at ?? filed?.at ?? [])
      .sort()
      .at(-1)
    const corrections = flags(store).flatMap(({ at, contradictions, counsel }) =>
      counsel?.outcome === 'correct'
        ? [{ at, topics: contradictions.flatMap(({ topic }) => topic ?? []), decision: counsel.decision }]
        : [],
    )
    return draftStatement({
      audience: asked.audience,
      language: languageNamed(asked.language),
      knowledge: statementKnowledge(workspace, store, now()),
      corrections,
      ...(before === undefined ? {} : { before }),
      ...(asked.nextAt === undefined ? {} : { nextAt: asked.nextAt }),
    })
  }

  function submitted(
    store: CaseStore,
    text: string,
    of: { readonly audience: Audience; readonly language: string; readonly sentences?: StatementDraft['sentences'] },
  ): KeptStatement {
    const hash = sha256(text)
    const rests = (of.sentences ?? []).map(({ text: sentence, findings, decisions: made }) => ({
      sentence,
      findings: [...findings],
      decisions: [...made],
    }))
    keep(store, {
      text: `A statement (${of.audience}, ${of.language}) is put up for sign-off: SHA-256 ${hash}`,
      reason:
        rests.length === 0
          ? 'Written by a person; checked against findings and earlier statements.'
          : 'Drafted from adopted findings.',
      act: { act: 'submit', audience: of.audience, language: of.language, text, sha256: hash, rests },
    })
    return last(store)
  }

  function keep(
    store: CaseStore,
    one: {
      readonly text: string
      readonly reason: string
      readonly act: StatementAct
      readonly about?: string
      readonly kind?: 'release'
    },
  ): Decision {
    return decide(store.db, {
      by: signer,
      at: now(),
      kind: one.kind ?? 'other',
      text: one.text,
      reason: one.reason,
      about: one.about === undefined ? [] : [`statement:${one.about}`],
      change: keepStatementAct(one.act),
    })
  }

  function flags(store: CaseStore): readonly StatementFlag[] {
    return flagsOf(workspace, store, now())
  }

  function shown(flag: StatementFlag): ShownFlag {
    const withCounsel = flag.counsel === undefined
    if (!withCounsel || mayActAs(signer.role, 'legal')) return { ...flag, withCounsel }
    return { ...flag, contradictions: [], findings: [], withCounsel }
  }
}
