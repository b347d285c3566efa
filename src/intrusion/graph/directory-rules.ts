import type { EdgeRule } from './edge-rule.ts'
import { computer, nowhere, ordinaryAccount, serviceSessionIds, sessionNode, sql } from './fragments.ts'

const session = sessionNode('host', 'logon')
const actor = "concat('acct:', account)"
const ordinary = ordinaryAccount('account')
const addressKnown = `NOT ${nowhere('address')}`
const serviceSession = `logon IN ${serviceSessionIds}`
const accountWords = `transform(mode, ['4720', '4722', '4723', '4724', '4728', '4732', '4738', '4756', '4765', '4781'], ['made', 'enabled', 'password changed', 'password set', 'put into a group', 'put into a group', 'changed', 'put into a group', 'history of identifiers added', 'renamed'], mode)`

/** Accounts, tickets and the directory's secrets; logs that were cleared. */
export const directoryRules: readonly EdgeRule[] = [
  {
    of: 'account-change',
    edges: [
      {
        kind: 'changes',
        src: session,
        dst: "if(other_account = '', '', concat('acct:', other_account))",
        when: `NOT ${serviceSession} AND NOT endsWith(account, '$')`,
        detail: `concat(${accountWords}, if(name = '', '', concat(' ', name)))`,
        dstClass: accountWords,
      },
    ],
  },
  {
    of: 'tgt',
    edges: [
      {
        kind: 'credential',
        src: `if(${addressKnown}, concat('ip:', address), '')`,
        dst: actor,
        when: ordinary,
        certainty: '0.5',
        detail: "'ticket-granting ticket'",
      },
    ],
  },
  {
    of: 'ticket',
    edges: [
      {
        kind: 'logon',
        src: `if(${addressKnown}, concat('ip:', address), '')`,
        dst: "concat('host:', trimRight(name, '$'))",
        when: `${ordinary} AND endsWith(name, '$') AND trimRight(name, '$') != host`,
        certainty: '0.4',
        detail: "'service ticket'",
        link: 'account',
      },
    ],
  },
  {
    of: 'ntlm',
    edges: [{ kind: 'credential', src: computer('name'), dst: actor, when: ordinary, certainty: '0.4', detail: "'NTLM'" }],
  },
  {
    of: 'replication',
    edges: [
      {
        kind: 'credential',
        src: session,
        dst: sql`concat('acct:', if(position(account, '\\') > 0, concat(splitByChar('\\', account)[1], '\\krbtgt'), 'krbtgt'))`,
        detail: "'directory replication'",
        dstClass: "'domain secrets'",
      },
    ],
  },
  {
    of: 'cleared',
    edges: [
      {
        kind: 'clears',
        src: `if(${session} != '', ${session}, if(account = '', '', ${actor}))`,
        dst: "concat('host:', host)",
        when: "account != '' OR logon != ''",
        detail: 'name',
      },
    ],
  },
]
