import type { EdgeRule } from './edge-rule.ts'
import {
  baseName,
  computer,
  nowhere,
  ordinaryAccount,
  processNode,
  serviceSessionIds,
  sessionNode,
  shortName,
  sql,
} from './fragments.ts'

const session = sessionNode('host', 'logon')
const asking = sessionNode('host', 'other_logon')
const actor = "concat('acct:', account)"
const ordinary = ordinaryAccount('account')
const addressKnown = `NOT ${nowhere('address')}`
/** Who logs on from elsewhere: its address, else the name it states. */
const origin = `if(${addressKnown}, concat('ip:', address), if(${shortName('name')} = host, '', ${computer('name')}))`
const broker = sql`match(image, '\\\\(svchost|lsass|winlogon|services|consent|taskhostw|dllhost|logonui)\\.exe$')`
const caller = `if(${broker} OR image = '', '', ${processNode({ host: 'host', guid: "''", pid: 'pid', image: 'image' })})`
const own = baseName('image')
const serviceSession = `logon IN ${serviceSessionIds}`
/** Somebody's own doing, not what the system does for itself. */
const somebody = `(${ordinary} OR NOT (${serviceSession} OR endsWith(account, '$')))`

/** Who logs on where, with what, and what is done from such sessions. */
export const logonRules: readonly EdgeRule[] = [
  {
    of: 'logon',
    edges: [
      {
        kind: 'logon',
        src: origin,
        dst: session,
        when: `${ordinary} AND mode IN ('3', '4', '7', '8', '10')`,
        certainty: `if(${addressKnown}, 0.8, 0.6)`,
        detail: "concat('type ', mode)",
        srcClass: "'host'",
        dstClass: "concat('type ', mode)",
        link: "if(port = '', '', concat(address, ' ', port))",
      },
      {
        rule: 'logon-unsourced',
        src: actor,
        dst: session,
        when: `${ordinary} AND mode = '3' AND ${origin} = ''`,
        link: 'account',
      },
      {
        kind: 'logon',
        rule: 'logon-within',
        src: `if(other_logon IN ${serviceSessionIds}, '', ${asking})`,
        dst: session,
        when: `${ordinary} AND mode IN ('2', '9', '3', '8')`,
        certainty: '0.9',
        detail: "if(mode = '9', 'new credentials', concat('type ', mode))",
        dstClass: "concat('type ', mode)",
      },
      {
        kind: 'credential',
        src: `if(other_logon IN ${serviceSessionIds}, '', ${asking})`,
        dst: "if(text = '', '', concat('acct:', text))",
        when: "mode = '9'",
        certainty: '0.9',
        detail: "'new credentials'",
      },
      {
        kind: 'uses',
        src: actor,
        dst: session,
        when: ordinary,
        detail: "concat('type ', mode)",
        dstClass: "concat('type ', mode)",
        link: 'mode',
      },
    ],
  },
  { of: 'logoff', edges: [{ rule: 'session-end', src: actor, dst: session, when: ordinary }] },
  { of: 'privileged', edges: [{ src: actor, dst: session, when: ordinary }] },
  {
    of: 'session',
    edges: [
      {
        kind: 'logon',
        src: `if(${addressKnown}, concat('ip:', address), '')`,
        dst: session,
        when: ordinary,
        certainty: '0.8',
        detail: "'ssh'",
        dstClass: "'ssh'",
        link: "if(port = '', '', concat(address, ' ', port))",
      },
      { kind: 'uses', src: actor, dst: session, when: ordinary, detail: "'ssh'", dstClass: "'ssh'", link: "'ssh'" },
    ],
  },
  {
    of: 'command',
    edges: [
      {
        src: actor,
        dst: sql`concat('proc:', host, '|sudo|', formatDateTime(t, '%Y-%m-%dT%H:%i:%s', 'UTC'), '?', ${baseName('path')})`,
        link: 'path',
      },
    ],
  },
  {
    of: 'reconnect',
    edges: [
      {
        kind: 'logon',
        src: origin,
        dst: session,
        when: ordinary,
        certainty: '0.9',
        detail: "'remote desktop, session taken up again'",
        srcClass: "'host'",
        dstClass: "'type 10'",
      },
    ],
  },
  {
    of: 'terminal',
    edges: [
      {
        kind: 'logon',
        src: `if(${addressKnown}, concat('ip:', address), '')`,
        dst: sql`concat('sess:', host, '|terminal', logon, '@', formatDateTime(t, '%Y-%m-%dT%H:%i:%s', 'UTC'))`,
        // Where the Security log tells the same it tells more.
        when: `${ordinary} AND host NOT IN (SELECT host FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'logon' AND mode = '10')`,
        certainty: '0.8',
        detail: "'remote desktop'",
        srcClass: "'host'",
        dstClass: "'type 10'",
      },
    ],
  },
  {
    of: 'logon-failed',
    edges: [
      {
        kind: 'seen-with',
        src: origin,
        dst: "concat('host:', host)",
        when: ordinary,
        certainty: '0.2',
        detail: "'failed logon'",
      },
    ],
  },
  {
    of: 'explicit',
    edges: [
      {
        kind: 'credential',
        src: `if(${caller} = '', ${session}, ${caller})`,
        dst: "concat('acct:', other_account)",
        when: `${ordinaryAccount('other_account')} AND ${somebody} AND other_account != account`,
        certainty: '0.9',
        detail: "'explicit credentials'",
        srcClass: own,
      },
      {
        kind: 'logon',
        src: `if(${caller} = '', ${session}, ${caller})`,
        dst: `if(${shortName('name')} = host, '', ${computer('name')})`,
        when: `${ordinaryAccount('other_account')} AND ${somebody}`,
        certainty: '0.6',
        account: 'other_account',
        detail: "'explicit credentials'",
        srcClass: own,
        link: 'other_account',
      },
    ],
  },
]
