import type { Sentence } from '../../evidence/index.ts'
import { listed } from '../reached/words.ts'
import { citesOf, type Facts } from './facts.ts'
import { copiedDirectory } from './preserve.ts'

/** What would show that something was missed, or that somebody comes back. */
export function watchSentences(facts: Facts): Sentence[] {
  const said: Sentence[] = []
  const say = (text: string, cites: Sentence['cites']): void => void said.push({ text, cites })
  if (facts.outside.length > 0)
    say(
      `Any connection, lookup or refused attempt towards ${listed(
        facts.outside.map((one) => one.name),
        6,
      )}, from any host; and long connections of servers to addresses not seen before.`,
      facts.outside.flatMap((one) => one.cites.slice(0, 1)).slice(0, 6),
    )
  if (facts.accounts.length > 0)
    say(
      `Every logon, also a failed one, of ${listed(
        facts.accounts.map((one) => one.name),
        6,
      )}: with the old secret it comes from somebody who kept it.`,
      facts.accounts.flatMap((one) => one.cites.slice(0, 1)).slice(0, 6),
    )
  const copied = copiedDirectory(facts)
  if (copied !== undefined)
    say(
      'Tickets without a request before them, with lives longer than the domain gives, or encrypted by RC4; replication asked for by anything that is no domain controller; new members of privileged groups.',
      copied.cites,
    )
  const shells = facts.persistence.filter((one) => one.kind === 'web shell')
  if (shells.length > 0)
    say(
      `Web servers (${listed(shells.map((one) => one.host))} and those built alike): programs started by the web server's process, scripts written under its folders, requests by POST to pages that few others ask for.`,
      shells.flatMap((one) => one.cites.slice(0, 2)).slice(0, 6),
    )
  const stays = facts.persistence.filter((one) => one.kind !== 'web shell' && one.kind !== 'made account')
  if (stays.length > 0)
    say(
      `New services, tasks, start entries and tunnels on every server, not only on ${listed(stays.map((one) => one.host))}.`,
      stays.flatMap((one) => one.cites.slice(0, 1)).slice(0, 6),
    )
  for (const { vendor, account } of facts.vendors)
    say(`Attempts of ${vendor} (${account}) from networks it never came from, after its access is opened again.`, [])
  const held = facts.story.reached.filter(
    (one) => one.data?.object !== undefined && one.kind !== 'collection' && one.data.certainty !== 'could be reached',
  )
  if (held.length > 0)
    say(
      `Reads of ${listed(
        held.map((one) => one.what),
        4,
      )} in amounts or from places that are not usual.`,
      held.flatMap((one) => one.cites.slice(0, 1)).slice(0, 6),
    )
  const moves = facts.withTechnique('T1021', 'T1047', 'T1569', 'T1570', 'T1550')
  if (moves.length > 0)
    say(
      `The ways of moving that the story shows (steps ${listed(
        moves.map(({ n }) => String(n)),
        6,
      )}), between any hosts.`,
      citesOf(moves.slice(0, 4)),
    )
  return said
}
