import { UserError } from '../base/index.ts'
import { letterOf, type Letter, type LetterLanguage } from '../response/index.ts'
import type { NoticeCase } from './notice-case.ts'
import { noticeTexts } from './notice-texts.ts'

/** The letter of a duty to persons. Throws a `UserError` for a duty whose form is none, and for a kind of data that is not known. */
export function caseLetter(
  given: NoticeCase,
  asked: { readonly lang: LetterLanguage; readonly items: readonly string[] },
): Letter {
  const texts = noticeTexts()
  if (texts.forms[given.form]?.letter !== true)
    throw new UserError({
      code: 'no-letter',
      message: `${given.duty.id} goes to ${given.duty.recipient}, with a form and not with a letter`,
      hint: `write its notice with "breachline notice draft ${given.duty.id}"`,
    })
  const unknown = asked.items.find((id) => !texts.items.some((one) => one.id === id))
  if (unknown !== undefined)
    throw new UserError({
      code: 'data-unknown',
      message: `"${unknown}" is no kind of data that a letter names`,
      hint: `use ${texts.items.map((one) => one.id).join(', ')}`,
      exitCode: 2,
    })
  return letterOf({ ...given, texts, ...asked })
}

/** True when the duty of a case is done by a letter to persons. */
export function isLetter(given: Pick<NoticeCase, 'form'>): boolean {
  return noticeTexts().forms[given.form]?.letter === true
}
