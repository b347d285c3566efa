import { tokenOf, type TokenKey } from '../persons/index.ts'

/** What an account is called in a review, from its login. */
export type AccountName = (login: string) => string

/** The pseudonym of a login: `A-` and 12 hex digits, keyed like the tokens of subscribers, so the same in every review and export of a workspace. */
export function accountPseudonym(key: TokenKey, login: string): string {
  return login === '' ? '' : `A-${tokenOf(key, 'login', login).slice(0, 12)}`
}
