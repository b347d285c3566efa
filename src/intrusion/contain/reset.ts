import { listed } from '../reached/words.ts'
import { isService } from './cut.ts'
import type { Draft } from './draft.ts'
import { citesOf, type Facts } from './facts.ts'
import { copiedDirectory } from './preserve.ts'

/** Secrets that are known to others now, in the order in which changing them holds. */
export function resetDrafts(facts: Facts): Draft[] {
  return [
    ...directory(facts),
    ...memory(facts),
    ...localSecrets(facts),
    ...deviceSecrets(facts),
    ...accounts(facts),
    ...database(facts),
  ]
}

function directory(facts: Facts): Draft[] {
  const copied = copiedDirectory(facts)
  if (copied === undefined) return []
  const rests = copied.status === 'suspected' ? { rests: 'suspected' as const } : {}
  const shared = { phase: 'reset' as const, ...rests, steps: copied.steps, cites: copied.cites }
  return [
    {
      ...shared,
      key: 'krbtgt 1',
      text: 'Change the password of krbtgt a first time, once every controller that stays is clean and replicates.',
      removes: { kind: 'secret', name: 'krbtgt' },
      after: ['keep directory', ...[...facts.controllers].map((name) => `isolate ${name}`)],
    },
    {
      ...shared,
      key: 'everyone',
      text: 'Every password and key in the directory counts as known: change those of administrators and services now, of everybody else by a fixed day, of machines and trusts as well; issue the certificates of accounts anew.',
      removes: { kind: 'secret', name: 'directory' },
      after: ['krbtgt 1'],
    },
    {
      ...shared,
      key: 'krbtgt 2',
      text: 'Change the password of krbtgt a second time, after the longest life of a ticket (10 hours unless the domain says otherwise) and full replication: only then are forged tickets void.',
      removes: { kind: 'secret', name: 'krbtgt' },
      after: ['krbtgt 1'],
    },
  ]
}

function memory(facts: Facts): Draft[] {
  const steps = facts.withTechnique('T1003.001')
  return [...new Set(steps.map(({ step }) => step.host))].map((host) => {
    const own = steps.filter(({ step }) => step.host === host)
    const there = facts.hosts.find((one) => one.name === host)?.steps ?? []
    const known = facts.accounts.filter((one) => one.steps.some((n) => there.includes(n))).map((one) => one.name)
    return {
      key: `memory ${host}`,
      phase: 'reset' as const,
      text: `Change the secrets of every account that was signed in on ${host} since its last start, services and tasks included: its memory was read. The story names ${listed(known, 4) || 'none of them'}; logons of types 2, 4, 5, 10 and 11 there give the rest.`,
      removes: { kind: 'secret' as const, name: `memory of ${host}` },
      steps: own.map(({ n }) => n),
      after: [`isolate ${host}`],
      cites: citesOf(own),
    }
  })
}

function localSecrets(facts: Facts): Draft[] {
  const hosts = facts.hosts.filter((one) => one.status === 'compromised' && facts.kindOf(one.name) === 'computer')
  if (hosts.length === 0) return []
  const taken = facts.withTechnique('T1003.002', 'T1003.004', 'T1552')
  return [
    {
      key: 'local',
      phase: 'reset',
      text: `Give the local administrators of ${listed(
        hosts.map((one) => one.name),
        6,
      )} new passwords, one for each host, and of every host that shares theirs; change secrets kept in files there (configurations, scripts, keys).${taken.length === 0 ? ' Nothing shows that they were taken, but they lay open on compromised hosts.' : ''}`,
      removes: { kind: 'secret', name: 'local administrators' },
      ...(taken.length === 0 ? { rests: 'suspected' as const } : {}),
      steps: taken.map(({ n }) => n),
      cites: citesOf(
        taken,
        hosts.flatMap((one) => one.cites.slice(0, 1)),
      ),
    },
  ]
}

function deviceSecrets(facts: Facts): Draft[] {
  const devices = facts.hosts.filter((one) => one.status === 'compromised' && facts.kindOf(one.name) === 'device')
  if (devices.length === 0) return []
  const captured = facts.withTechnique('T1040', 'T1602', 'T1556')
  return [
    {
      key: 'device secrets',
      phase: 'reset',
      text: `Change what ${listed(
        devices.map((one) => one.name),
        6,
      )} knew: local accounts, keys towards the sign-in servers, SNMP and routing keys, on every device that shares them${captured.length === 0 ? '. Nothing shows that they were taken, but they lay open there.' : '; and the secrets of everybody who signed in through them while traffic was captured.'}`,
      removes: { kind: 'secret', name: 'secrets of devices' },
      ...(captured.length === 0 ? { rests: 'suspected' as const } : {}),
      steps: captured.map(({ n }) => n),
      cites: citesOf(
        captured,
        devices.flatMap((one) => one.cites.slice(0, 1)),
      ),
    },
  ]
}

function accounts(facts: Facts): Draft[] {
  const made = new Set(facts.persistence.filter((one) => one.kind === 'made account').map((one) => one.host))
  return facts.accounts
    .filter((one) => !facts.databaseAccounts.has(one.name))
    .map((one) => ({
      key: `reset ${one.name}`,
      phase: 'reset',
      text: isService(one.name)
        ? `Give the service account ${one.name} a new secret (a managed one where it can have one), change it where it is configured, and limit where it may sign in.`
        : `Give ${one.name} a new password and new second factors before it is enabled again${made.size === 0 ? '' : '; when nobody knows who made it, delete it instead'}.`,
      removes: { kind: 'secret', name: one.name },
      ...(one.status === 'compromised' ? {} : { rests: 'suspected' as const }),
      steps: one.steps,
      after: [`disable ${one.name}`, `vendor ${one.name}`],
      cites: one.cites.slice(0, 5),
    }))
}

function database(facts: Facts): Draft[] {
  const read = facts.story.reached.filter(
    (one) => one.kind === 'database object' && one.data !== undefined && one.data.certainty !== 'could be reached',
  )
  const hosts = [...new Set(read.map((one) => one.data?.host ?? ''))].sort()
  return hosts.map((host) => {
    const own = read.filter((one) => one.data?.host === host)
    const names = [...new Set(own.flatMap((one) => one.data?.accounts ?? []))].sort()
    return {
      key: `database ${host}`,
      phase: 'reset' as const,
      text: `On ${host}, change the secrets of the database accounts ${listed(names, 6) || 'that were used'}, end their sessions, and look for accounts, grants, jobs and links made since the story began.`,
      removes: { kind: 'secret' as const, name: `database accounts on ${host}` },
      steps: facts.steps.filter(({ step }) => step.host === host).map(({ n }) => n),
      cites: own.flatMap((one) => one.cites.slice(0, 2)).slice(0, 10),
    }
  })
}
