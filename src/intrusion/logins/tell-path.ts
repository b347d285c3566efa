import { fixed, minuteText } from '../../base/index.ts'
import { bareAccount } from '../names.ts'
import type { LoginPath } from './login-path.ts'

/** ` It came by the logins A > B (account, time) > C ...`; '' for a path of one login under one account, of which the sentence before says all. */
export function pathText({ logins, certainty, switches, newAccess }: LoginPath): string {
  const [first] = logins
  if (first === undefined || (logins.length < 2 && switches.length === 0)) return ''
  const way =
    logins.length < 2
      ? ''
      : ` It came by the logins ${first.from}${logins.map((one) => ` > ${one.to} (${bareAccount(one.account) || 'no account stated'}, ${minuteText(one.time)} UTC)`).join('')}${certainty < 0.5 ? `, with certainty ${fixed(certainty, 2)}` : ''}.`
  const changed = switches.map(({ on, from, to, clear }) =>
    clear
      ? ` On ${on} the account changed from ${bareAccount(from)} to ${bareAccount(to)}.`
      : ` On ${on} another account than ${bareAccount(to)} was in use; which one went on is not clear.`,
  )
  const reached =
    newAccess === true
      ? ` The account ${bareAccount(first.account)}, under which that begins, had not been on ${logins.at(-1)?.to ?? ''} before.`
      : ''
  return `${way}${changed.join('')}${reached}`
}
