import { listed } from '../reached/words.ts'
import type { Draft } from './draft.ts'
import { citesOf, type Fact, type Facts } from './facts.ts'

/** Evidence that cutting would destroy: what is volatile first, host by host, then what lies with others. */
export function preserveDrafts(facts: Facts): Draft[] {
  const drafts: Draft[] = [
    ...facts.hosts.filter((one) => one.status !== 'touched').map((one) => hostDraft(one, facts)),
    ...facts.hosts.filter((one) => one.status === 'touched').map((one) => logsDraft(one)),
  ]
  const directory = copiedDirectory(facts)
  if (directory !== undefined)
    drafts.push({
      key: 'keep directory',
      phase: 'preserve',
      text: `Keep the directory's own record before accounts change: replication metadata of changed objects, members of privileged groups, and the Security logs of every domain controller.`,
      ...(directory.status === 'suspected' ? { rests: 'suspected' as const } : {}),
      steps: directory.steps,
      cites: directory.cites,
    })
  if (facts.outside.length > 0)
    drafts.push({
      key: 'keep border',
      phase: 'preserve',
      text: `Export what the border saw of ${listed(
        facts.outside.map((one) => one.name),
        6,
      )}: flows, firewall, proxy, DNS and web logs for the whole time of the story and since, before blocking ends the trace.`,
      steps: facts.outside.flatMap((one) => one.steps),
      cites: facts.outside.flatMap((one) => one.cites.slice(0, 1)).slice(0, 10),
    })
  if (entersByAccess(facts))
    drafts.push({
      key: 'keep access',
      phase: 'preserve',
      text: `Export the sessions, tokens and settings of the access by which the story begins (${facts.story.initialAccess?.where ?? ''}): who was signed in, from where, since when. Ending sessions removes them.`,
      steps: [],
      cites: facts.story.initialAccess?.cites.slice(0, 5) ?? [],
    })
  return drafts
}

const accessKinds = new Set<string>([
  'vpn',
  'vendor-session',
  'pam-session',
  'partner-network',
  'roaming-network',
  'cloud-login',
  'device-login',
  'rdp',
  'valid-account',
])

/** Does the story begin with an access that has sessions and tokens of its own? */
export function entersByAccess({ story, vendors }: Facts): boolean {
  return vendors.length > 0 || accessKinds.has(story.initialAccess?.kind ?? '')
}

/** Steps and cites that show the directory's database copied, or asked for by replication; its status says how sure. */
export function copiedDirectory(facts: Facts): Fact | undefined {
  const shown = facts.withTechnique('T1003.003', 'T1003.006', 'T1558.001')
  const reached = facts.story.reached.filter((one) => /ntds\.dit/i.test(one.what) && one.data?.certainty !== 'could be reached')
  const controllers = facts.hosts.filter((one) => one.status === 'compromised' && facts.controllers.has(one.name))
  if (shown.length === 0 && reached.length === 0 && controllers.length === 0) return undefined
  // A tool that can ask for replication is no proof that it did; a controlled controller is.
  const sure = reached.length > 0 || controllers.length > 0 || shown.some(({ step }) => step.techniques.includes('T1003.003'))
  return {
    name: 'directory',
    status: sure ? 'compromised' : 'suspected',
    steps: [...shown.map(({ n }) => n), ...controllers.flatMap((one) => one.steps)],
    cites: citesOf(shown, [
      ...reached.flatMap((one) => one.cites.slice(0, 2)),
      ...controllers.flatMap((one) => one.cites.slice(0, 2)),
    ]),
  }
}

function hostDraft(host: Fact, facts: Facts): Draft {
  const left = facts.story.reached
    .filter((one) => one.data?.host === host.name && one.kind === 'collection')
    .map((one) => one.what.replace(/ on [^ ]+$/, ''))
  const stays = facts.persistence.filter((one) => one.host === host.name).map((one) => one.kind)
  const files = left.length === 0 ? '' : `; ${listed(left, 5)}`
  const kept = stays.length === 0 ? '' : `; the ${listed(stays)} with ${stays.length === 1 ? 'its' : 'their'} times`
  const cleared = facts.steps.some(({ step }) => step.host === host.name && step.techniques.some((id) => id.startsWith('T1070')))
  const what = {
    controller: 'memory first, then a copy of the disk, the event logs and the file table',
    computer: 'memory first, then a copy of the disk, the event logs and the file table',
    device:
      'the running configuration, the state of sessions and tunnels, memory where the maker gives a way, image and files with their hashes, its own log',
    service: 'its histories of sign-ins, statements and access, its users, roles, keys, stages and network rules, exported whole',
  }[facts.kindOf(host.name)]
  return {
    key: `keep ${host.name}`,
    phase: 'preserve',
    text: `${host.name}: ${what}${files}${kept}.${cleared ? ' Logs were cleared there: take the copies that a log server holds as well.' : ''}`,
    ...(host.status === 'suspected' ? { rests: 'suspected' as const } : {}),
    steps: host.steps,
    cites: host.cites.slice(0, 5),
  }
}

function logsDraft(host: Fact): Draft {
  return {
    key: `keep ${host.name}`,
    phase: 'preserve',
    text: `${host.name}: its logs (it was reached, no step shows a program run there); a copy of its disk when the logs show more.`,
    steps: host.steps,
    cites: host.cites.slice(0, 5),
  }
}
