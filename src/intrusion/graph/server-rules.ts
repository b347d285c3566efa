import type { EdgeRule } from './edge-rule.ts'
import { baseName, computer, nowhere, privateAddress, sql } from './fragments.ts'

const from = `if(${nowhere('address')}, '', concat('ip:', address))`
const client = `if(NOT ${nowhere('address')}, concat('ip:', address), ${computer('text')})`
const principal = "if(account = '', '', concat('db:', host, '|', account))"
const iso = sql`formatDateTime(t, '%Y-%m-%dT%H:%i:%s', 'UTC')`
const jump = `concat('vpn:', account, '|', ${iso})`
const administration = "('22', '135', '139', '445', '3389', '5900', '5985', '5986', '1433', '1521', '3306', '5432', '50000')"
/** Bytes from which on a transfer inside the estate is told. */
const telling = 1_000_000

/** What web servers, databases, gateways and the network saw. */
export const serverRules: readonly EdgeRule[] = [
  {
    of: 'web',
    edges: [
      {
        kind: 'web-request',
        src: "concat('webip:', address)",
        dst: "if(host = '', '', concat('file:', host, '|', path))",
        when: "match(mode, ' [23][0-9][0-9]')",
        certainty: '0.6',
        bytes: true,
        detail: 'mode',
        dstClass: sql`if(match(path, '\\.[a-z0-9]{1,5}$'), extract(path, '(\\.[a-z0-9]{1,5})$'), 'page')`,
      },
      {
        rule: 'web-script',
        src: "concat('webip:', address)",
        dst: "if(host = '', '', concat('host:', host))",
        when: "NOT endsWith(mode, ' static')",
        link: baseName('path'),
      },
    ],
  },
  {
    of: 'proxy',
    edges: [{ kind: 'sends', src: from, dst: "concat('name:', name)", certainty: '0.9', bytes: true, detail: "'proxy'" }],
  },
  {
    of: 'asked',
    edges: [
      {
        kind: 'resolves',
        src: from,
        dst: "concat('name:', name)",
        when: "position(name, '.') > 0 AND NOT endsWith(name, '.arpa') AND NOT endsWith(name, '.local')",
        certainty: '0.8',
      },
    ],
  },
  {
    of: 'flow',
    edges: [
      {
        kind: 'sends',
        src: from,
        dst: "concat('ip:', other_address)",
        when: `NOT ${privateAddress('other_address')} OR bytes >= ${telling}`,
        certainty: `if(${privateAddress('other_address')}, 0.6, 0.9)`,
        bytes: true,
        detail: "concat('port ', other_port)",
        dstClass: `concat(if(${privateAddress('other_address')}, 'inside', 'outside'), ' ', if(toUInt32OrZero(other_port) >= 49152, 'high', other_port))`,
      },
      {
        kind: 'connects',
        rule: 'flow-inside',
        src: from,
        dst: "concat('ip:', other_address)",
        when: `${privateAddress('other_address')} AND other_port IN ${administration}`,
        certainty: '0.4',
        bytes: true,
        detail: "concat('port ', other_port)",
        dstClass: "concat('inside ', other_port)",
      },
    ],
  },
  {
    of: 'database',
    edges: [
      {
        kind: 'logon',
        rule: 'database-session',
        src: client,
        dst: principal,
        certainty: '0.9',
        detail: "'database session'",
        dstClass: "'db'",
      },
      {
        kind: 'queries',
        src: principal,
        dst: "if(name = '', '', concat('obj:', host, '|', name))",
        detail: "'read or changed'",
        dstClass: 'name',
      },
      {
        kind: 'exports',
        src: "concat('obj:', host, '|', if(name = '', other_account, name))",
        dst: "if(path = '', '', concat('file:', host, '|', path))",
        certainty: '0.9',
        detail: "'written to a file'",
      },
      {
        kind: 'exports',
        src: principal,
        dst: "if(path = '', '', concat('file:', host, '|', path))",
        certainty: '0.9',
        detail: "'written to a file'",
      },
    ],
  },
  {
    of: 'database-session',
    edges: [{ kind: 'logon', src: client, dst: principal, certainty: '0.9', detail: "'database session'", dstClass: "'db'" }],
  },
  {
    of: 'access',
    edges: [
      {
        kind: 'access',
        src: from,
        dst: "concat('ip:', other_address)",
        when: 'address != other_address',
        detail: "'remote access'",
      },
    ],
  },
  {
    of: 'jump',
    edges: [
      { kind: 'access', src: from, dst: jump, detail: "'jump host'" },
      { kind: 'access', src: jump, dst: computer('name'), detail: "concat('as ', other_account)" },
    ],
  },
]
