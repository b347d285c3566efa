import type { EdgeRule } from './edge-rule.ts'
import {
  baseName,
  nowhere,
  ordinaryAccount,
  processNode,
  programMark,
  programOf,
  serviceSessionIds,
  sessionNode,
  sql,
} from './fragments.ts'

const session = sessionNode('host', 'logon')
const actor = "concat('acct:', account)"
const ordinary = ordinaryAccount('account')
const addressKnown = `NOT ${nowhere('address')}`
const serviceSession = `logon IN ${serviceSessionIds}`
const task = "concat('keep:', host, '|task|', name)"
const service = "concat('keep:', host, '|service|', name)"
const shareNode = sql`concat('share:', host, '|', name, if(path = '', '', concat('\\', path)))`
const writing = sql`text != '' AND bitAnd(if(startsWith(mode, '0x') AND length(mode) <= 18, reinterpretAsUInt64(reverse(unhex(leftPad(substring(mode, 3), 16, '0')))), 0), 0x6) > 0`

/** Services, tasks and shares: what sessions do to the host they are on. */
export const hostChangeRules: readonly EdgeRule[] = [
  {
    of: 'service',
    edges: [
      {
        kind: 'persists',
        src: `if(${serviceSession}, '', ${session})`,
        dst: service,
        when: "mode = '4697'",
        detail: "'service installed'",
      },
      { rule: 'service-made', src: "concat('host:', host)", dst: service, link: programMark('path') },
    ],
  },
  {
    of: 'task',
    edges: [
      {
        kind: 'persists',
        src: session,
        dst: task,
        when: ordinary,
        certainty: "if(mode = '4698', 1, 0.7)",
        detail: "if(mode = '4698', 'task made', 'task changed')",
      },
      { rule: 'task-made', src: "concat('host:', host)", dst: task, when: ordinary, link: baseName(programOf('path')) },
    ],
  },
  {
    of: 'task-start',
    edges: [
      {
        kind: 'triggers',
        src: task,
        dst: processNode({ host: 'host', guid: "''", pid: 'pid', image: 'path' }),
        detail: baseName('path'),
        dstClass: baseName('path'),
      },
    ],
  },
  {
    of: 'share',
    edges: [
      {
        kind: 'share',
        src: session,
        dst: shareNode,
        when: `${ordinary} AND name NOT IN ('sysvol', 'netlogon', '') AND NOT (name = 'ipc$' AND path = '')`,
        certainty: `if(${writing} OR name = 'ipc$', 0.8, 0.6)`,
        detail: "concat('access ', mode)",
        dstClass: "if(name = 'ipc$', concat('ipc ', path), if(endsWith(name, '$'), name, 'share'))",
      },
      {
        kind: 'writes',
        src: session,
        dst: sql`concat('file:', host, '|', text, '\\', path)`,
        when: `${ordinary} AND path != '' AND ${writing}`,
        certainty: '0.8',
        detail: "concat('over share ', name)",
        dstClass: "'file'",
      },
      {
        kind: 'logon',
        rule: 'share-origin',
        src: `if(${addressKnown}, concat('ip:', address), '')`,
        dst: session,
        when: ordinary,
        certainty: '0.6',
        detail: "'share'",
        srcClass: "'host'",
        dstClass: "'type 3'",
      },
      {
        rule: 'remote-control',
        src: actor,
        dst: session,
        when: `${ordinary} AND name = 'ipc$' AND path IN ('svcctl', 'atsvc')`,
        link: 'path',
      },
    ],
  },
]
