import { bareAccount } from '../names.ts'
import { listed } from '../reached/words.ts'
import type { Draft } from './draft.ts'
import type { Facts, HostKind, Persistence } from './facts.ts'
import { entersByAccess } from './preserve.ts'

/** What is cut together: the ways out and in first, then sessions and accounts, then hosts, then what would bring somebody back. */
export function cutDrafts(facts: Facts): Draft[] {
  return [...addresses(facts), ...accesses(facts), ...accounts(facts), ...hosts(facts), ...persistence(facts)]
}

function addresses(facts: Facts): Draft[] {
  return facts.outside.map((one) => ({
    key: `block ${one.name}`,
    phase: 'cut',
    text: `Block ${one.name} both ways at border, proxy and DNS.`,
    removes: { kind: 'address', name: one.name },
    steps: one.steps,
    after: ['keep border'],
    cites: one.cites,
  }))
}

function accesses(facts: Facts): Draft[] {
  const drafts: Draft[] = facts.vendors.map(({ vendor, account, access }) => {
    const fact = facts.accounts.find((one) => one.name === account)
    return {
      key: `vendor ${account}`,
      phase: 'cut',
      text: `Close the access of ${vendor}${access.length === 0 ? '' : ` (${listed(access)})`}: disable the account ${account}, end its tunnels and sessions, revoke its tokens and remembered devices. The account was used; by whom, the vendor has to help find out.`,
      removes: { kind: 'access', name: account },
      ...(fact?.status === 'suspected' ? { rests: 'suspected' as const } : {}),
      steps: fact?.steps ?? [],
      after: ['keep access'],
      cites: fact?.cites.slice(0, 5) ?? [],
    }
  })
  const entry = facts.story.initialAccess
  if (entry !== undefined && entersByAccess(facts))
    drafts.push({
      key: 'sessions',
      phase: 'cut',
      text: `End every session that came in by ${entry.where} with the accounts of the story, and revoke their tokens, keys and saved second factors; a changed password alone ends none of them.`,
      removes: { kind: 'session', name: entry.where },
      ...(entry.certainty < 0.5 ? { rests: 'suspected' as const } : {}),
      steps: [],
      after: ['keep access'],
      cites: entry.cites.slice(0, 5),
    })
  return drafts
}

function accounts(facts: Facts): Draft[] {
  const vendors = new Set(facts.vendors.map((one) => one.account))
  return facts.accounts
    .filter((one) => !vendors.has(one.name))
    .map((one) => ({
      key: `disable ${one.name}`,
      phase: 'cut',
      text: `${facts.databaseAccounts.has(one.name) ? 'Lock the database account' : 'Disable the account'} ${one.name} and end its sessions${isService(one.name) ? '; what runs under it stops, so have its owner at hand' : ''}.`,
      removes: { kind: 'account', name: one.name },
      ...(one.status === 'compromised' ? {} : { rests: 'suspected' as const }),
      steps: one.steps,
      after: facts.controllers.size > 0 ? ['keep directory'] : [],
      cites: one.cites.slice(0, 5),
    }))
}

/** Does the name look like that of a service or a program? Only the words of a step depend on it. */
export function isService(account: string): boolean {
  return /^(?:svc|srv|sa|app|batch|job|etl)[._-]|[._-](?:svc|service|app)$|\$$/.test(bareAccount(account))
}

function hosts(facts: Facts): Draft[] {
  return facts.hosts
    .filter((one) => one.status !== 'touched')
    .map((one) => ({
      key: `isolate ${one.name}`,
      phase: 'cut',
      text: isolating(one.name, facts.kindOf(one.name)),
      removes: { kind: 'host', name: one.name },
      ...(one.status === 'suspected' ? { rests: 'suspected' as const } : {}),
      steps: one.steps,
      after: [`keep ${one.name}`],
      cites: one.cites.slice(0, 5),
    }))
}

function isolating(host: string, kind: HostKind): string {
  switch (kind) {
    case 'controller':
      return `Isolate the domain controller ${host} and let others take over its roles; do not only restart it.`
    case 'device':
      return `Close ${host} to management from everywhere but its console, and drop tunnels, captures and accounts that nobody can explain; take it out of the path where another can carry it.`
    case 'service':
      return `Shut ${host} to all but known networks by its own network rules, and end all sessions and keys there.`
    case 'computer':
      return `Isolate ${host} from every network; leave it switched on.`
  }
}

const removing: Readonly<Record<Persistence['kind'], string>> = {
  'web shell': 'Remove the script or module by which commands were sent to the web server, and close the way it was put there',
  service: 'Remove the service that was installed, with its program',
  'scheduled task': 'Remove the task that was made, with what it starts',
  'start entry': 'Remove the start entry that was made, with what it starts',
  'made account': 'Disable the account that was made and take back the group memberships that were given',
  'remote access program': 'Stop and remove the tunnel, bridge or remote access program, with its configuration',
  'changed configuration': 'Put back the configuration that was changed, from a copy older than the story',
}

function persistence(facts: Facts): Draft[] {
  return facts.persistence.map((one) => ({
    key: `remove ${one.name}`,
    phase: 'cut',
    text: `${removing[one.kind]}, on ${one.host}${one.steps.length === 0 ? '' : ` (story, step${one.steps.length === 1 ? '' : 's'} ${listed(one.steps.map(String), 6)})`}.`,
    removes: { kind: 'persistence', name: one.name },
    ...(one.status === 'suspected' ? { rests: 'suspected' as const } : {}),
    steps: one.steps,
    after: [`keep ${one.host}`],
    cites: one.cites,
  }))
}
