import { z } from 'zod'
import { sha256, type Canonical } from '../../base/index.ts'
import type { Decision } from '../../casefile/index.ts'
import { audiences } from './language-schema.ts'

/** Who signs a statement off before it leaves. */
export const signRoles = ['legal', 'privacy', 'communications'] as const

export type SignRole = (typeof signRoles)[number]

const roleWords: Readonly<Record<SignRole, RegExp>> = {
  legal: /\b(?:legal|counsel|lawyer|solicitor|attorney|undang-undang|peguam)\b/i,
  privacy: /\b(?:privacy|data protection|dpo|privasi|perlindungan data)\b/i,
  communications: /\b(?:communications?|press|media|public relations|corporate affairs|komunikasi|perhubungan)\b/i,
}

/** True when the role of a person's key is that of a signer: `counsel` signs for legal. */
export function mayActAs(personRole: string, role: SignRole): boolean {
  return roleWords[role].test(personRole)
}

const name = z.string().min(1).max(40)
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const text = z.string().min(1).max(300_000)
const ids = z.array(z.string().max(100)).max(500)
const rests = z.array(z.strictObject({ sentence: z.string().max(4_000), findings: ids, decisions: ids })).max(500)

const actSchema = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('submit'), audience: z.enum(audiences), language: name, text, sha256: hash, rests }),
  z.strictObject({
    act: z.literal('sign'),
    statement: name,
    sha256: hash,
    role: z.enum(signRoles),
    answer: z.enum(['yes', 'no']),
  }),
  z.strictObject({
    act: z.literal('release'),
    statement: name,
    sha256: hash,
    to: z.string().max(1_000),
    correcting: z.string().max(4_000).optional(),
  }),
  z.strictObject({
    act: z.literal('filed'),
    audience: z.enum(audiences),
    language: name,
    text,
    sha256: hash,
    at: z.string().max(40),
    to: z.string().max(1_000),
  }),
  z.strictObject({ act: z.literal('counsel'), statement: name, findings: ids, outcome: z.enum(['correct', 'stands']) }),
])

/** What a person does with a statement; kept as a decision with its reason. */
export type StatementAct = z.infer<typeof actSchema>

/** An act in the form in which a decision keeps it. */
export function keepStatementAct(act: StatementAct): Canonical {
  return { statement: act }
}

interface Signed {
  readonly by: string
  readonly at: string
  readonly reason: string
  /** `D4`. */
  readonly decision: string
}

/** A statement of a case: its text as it was put up, who signed it off, and whether it left. */
export interface KeptStatement {
  /** `S1`, in the order in which they were put up or recorded. */
  readonly id: string
  readonly audience: (typeof audiences)[number]
  readonly language: string
  readonly text: string
  readonly sha256: string
  readonly state: 'waiting' | 'refused' | 'signed' | 'released' | 'filed'
  readonly submitted: Signed
  readonly rests: readonly {
    readonly sentence: string
    readonly findings: readonly string[]
    readonly decisions: readonly string[]
  }[]
  /** The last word of every role. */
  readonly signOffs: readonly (Signed & { readonly role: SignRole; readonly answer: 'yes' | 'no' })[]
  readonly missing: readonly SignRole[]
  readonly released?: Signed & { readonly to: string; readonly correcting?: string }
  /** Left before it was recorded here; `at` is when. */
  readonly filed?: Signed & { readonly to: string }
}

/** What counsel decided about a statement that findings contradict. */
export interface CounselWord extends Signed {
  readonly statement: string
  readonly findings: readonly string[]
  readonly outcome: 'correct' | 'stands'
}

/** A statement of the operator that a source of the claim reports. */
export interface PublicStatement {
  /** `Q` and the beginning of a hash. */
  readonly id: string
  readonly at: string
  readonly text: string
}

/** Statements and counsel's words of a case, from its decisions; a text that does not have the hash it was signed under is left out. */
export function readStatements(decisions: readonly Decision[]): {
  readonly statements: readonly KeptStatement[]
  readonly counsel: readonly CounselWord[]
} {
  const statements: KeptStatement[] = []
  const counsel: CounselWord[] = []
  for (const decision of decisions) {
    const act = actOf(decision.change)
    if (act === undefined) continue
    const signed: Signed = { by: decision.by.join(', '), at: decision.at, reason: decision.reason, decision: decision.number }
    if (act.act === 'counsel') {
      counsel.push({ ...signed, statement: act.statement, findings: act.findings, outcome: act.outcome })
      continue
    }
    if (act.act === 'submit' || act.act === 'filed') {
      if (sha256(act.text) !== act.sha256) continue
      const { audience, language, text: words, sha256: hashed } = act
      const base = {
        id: `S${statements.length + 1}`,
        audience,
        language,
        text: words,
        sha256: hashed,
        submitted: signed,
        signOffs: [],
      }
      if (act.act === 'submit') statements.push({ ...base, state: 'waiting', rests: act.rests, missing: signRoles })
      else statements.push({ ...base, state: 'filed', rests: [], missing: [], filed: { ...signed, at: act.at, to: act.to } })
      continue
    }
    const index = statements.findIndex((one) => one.id === act.statement && one.sha256 === act.sha256)
    const one = statements[index]
    if (one !== undefined) statements[index] = after(one, act, signed)
  }
  return { statements, counsel }
}

function after(one: KeptStatement, act: Extract<StatementAct, { act: 'sign' | 'release' }>, signed: Signed): KeptStatement {
  if (act.act === 'release') {
    const correcting = act.correcting === undefined ? {} : { correcting: act.correcting }
    return { ...one, state: 'released', released: { ...signed, to: act.to, ...correcting } }
  }
  const signOffs = [...one.signOffs.filter(({ role }) => role !== act.role), { ...signed, role: act.role, answer: act.answer }]
  const missing = signRoles.filter((role) => !signOffs.some((sign) => sign.role === role && sign.answer === 'yes'))
  const refused = signOffs.some(({ answer }) => answer === 'no')
  return { ...one, signOffs, missing, state: refused ? 'refused' : missing.length === 0 ? 'signed' : 'waiting' }
}

function actOf(change: unknown): StatementAct | undefined {
  if (typeof change !== 'object' || change === null || !('statement' in change)) return undefined
  const parsed = actSchema.safeParse(change.statement)
  return parsed.success ? parsed.data : undefined
}
