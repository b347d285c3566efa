import type { Finding } from '../../casefile/index.ts'
import type { Duty } from '../duty.ts'
import type { Facts } from '../facts.ts'
import type { FiledNotice, Phase } from './filed.ts'
import type { NoticeTexts } from './texts.ts'

/** How a notice goes out, as a named person records it. */
export interface Filing {
  readonly number: string
  /** When it went out, ISO 8601. */
  readonly at: string
  readonly by: string
  readonly ref?: string
}

/** What a notice is made from. */
export interface NoticeInput {
  readonly duty: Duty
  readonly form: string
  readonly facts: Facts
  readonly findings: readonly Finding[]
  readonly texts: NoticeTexts
  /** Everything filed in the case, oldest first. */
  readonly filed: readonly FiledNotice[]
  /** Numbers of filed notices that no other notice may name. */
  readonly unnamed?: ReadonlySet<string>
  /** The first notice when nothing was filed in the chain, else an intermediate one, unless a person says otherwise. */
  readonly phase?: Phase
  readonly caseTitle: string
  readonly caseId: string
  readonly operator: string
  readonly zone: string
  readonly asOf: string
  readonly filing?: Filing
}
