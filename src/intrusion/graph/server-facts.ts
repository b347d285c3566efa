import type { FactKind } from './fact.ts'
import { field, lowerField, nowhere, sql } from './fragments.ts'

/** Ways that run something on the server. */
const script = sql`match(lower(${field('cs-uri-stem')}), '\\.(php[3-8]?|phtml|phar|asp|aspx|ashx|asmx|svc|jspx?|jspf|do|action|cgi|pl|py|cfm|war)(/|$)')`
const changing = `upper(${field('cs-method')}) IN ('POST', 'PUT', 'PATCH', 'DELETE', 'MOVE', 'DEBUG')`
/** Answers from this size on are data leaving, whatever asked for them. */
const largeAnswer = 1_000_000
const assigned = `multiIf(${['assigned', 'assignip', 'tunnelip', 'private_ip', 'Nat_ip', 'virtualAddress'].map((name) => `${field(name)} NOT IN ('', '0.0.0.0', '(null)', 'N/A'), ${lowerField(name)}`).join(', ')}, '')`
const remote = `(service IN ('vpn', 'connect-secure', 'apm', 'adc', 'globalprotect', 'GLOBALPROTECT') OR ${field('subtype')} = 'vpn' OR ${field('type')} = 'GLOBALPROTECT' OR ${field('assigned')} != '')`
const left = `(${lowerField('action')} IN ('disconnected', 'tunnel-down', 'ssl-exit', 'logout') OR ${field('event')} = 'LOGOUT' OR ${field('eventid')} IN ('gateway-logout', 'portal-logout'))`

/** What servers, gateways and the network record. */
export const serverFacts: readonly FactKind[] = [
  {
    what: 'web',
    among: "class = 'http' AND category = 'webserver'",
    when: `source_ip != '' AND (${changing} OR ${script} OR bytes_out >= ${largeAnswer})`,
    columns: {
      path: `left(${lowerField('cs-uri-stem')}, 500)`,
      name: lowerField('cs-host'),
      mode: `concat(upper(${field('cs-method')}), ' ', ${field('sc-status')}, if(${changing} OR ${script}, '', ' static'))`,
    },
  },
  {
    what: 'proxy',
    among: "class = 'http' AND category = 'proxy'",
    when: `source_ip != '' AND ${field('cs-host')} != ''`,
    columns: { name: lowerField('cs-host') },
  },
  {
    what: 'asked',
    among: "class = 'dns' AND service NOT IN ('sysmon', 'dns-client')",
    when: `source_ip != '' AND (${field('query')} != '' OR ${field('qname')} != '')`,
    columns: {
      name: `trim(TRAILING '.' FROM lower(if(${field('query')} != '', ${field('query')}, ${field('qname')})))`,
      text: field('answer'),
    },
  },
  {
    what: 'flow',
    among: "class = 'network' AND service NOT IN ('sysmon', 'security', 'auditd', 'sshd') AND category != 'network_connection'",
    when: `NOT ${nowhere('source_ip')} AND NOT ${nowhere('target_ip')} AND ${lowerField('action')} NOT IN ('deny', 'denied', 'block', 'blocked', 'drop', 'dropped')`,
    columns: { mode: lowerField('protocol') },
  },
  {
    what: 'database',
    among: "class = 'datastore'",
    columns: {
      // Some write the statement where others write what it is about.
      name: sql`if(match(${field('object')}, '\\s'), lower(extract(${field('statement')}, '(?i)\\b(?:from|update|insert\\s+into)\\s+([A-Za-z0-9_.$"]+)')), ${lowerField('object')})`,
      path: sql`if(match(${field('statement')}, '(?i)^\\s*(copy|backup|unload|export|select)\\b'), lower(extract(${field('statement')}, '(?i)(?:outfile|dumpfile|\\bto(?:\\s+disk\\s*=)?)\\s+''([^'']+)''')), '')`,
      other_account: lowerField('database'),
      text: `if(match(${field('client')}, '^[A-Za-z][A-Za-z0-9._-]{0,200}$'), ${lowerField('client')}, '')`,
      mode: `if(match(${field('rows')}, '^[0-9]{1,15}$'), ${field('rows')}, '')`,
    },
  },
  {
    what: 'database-session',
    among: "class = 'authentication' AND category = 'database'",
    when: `${field('outcome')} = 'success'`,
    columns: { text: `if(match(${field('client')}, '^[A-Za-z][A-Za-z0-9._-]{0,200}$'), ${lowerField('client')}, '')` },
  },
  {
    what: 'access-left',
    among: "class IN ('authentication', 'other') AND product != 'windows'",
    when: `account != '' AND ${remote} AND ${left}`,
    columns: { other_address: assigned },
  },
  {
    what: 'access',
    among: "class IN ('authentication', 'other') AND product != 'windows'",
    when: `account != '' AND ${remote} AND ${assigned} != '' AND ${field('outcome')} != 'failure'`,
    columns: { other_address: assigned },
  },
  {
    what: 'jump',
    among: "class IN ('authentication', 'other') AND product != 'windows'",
    when: `account != '' AND ${field('targetHost')} != '' AND ${field('outcome')} != 'failure'`,
    columns: { name: lowerField('targetHost'), other_account: lowerField('targetUser') },
  },
  {
    what: 'lease',
    among: "class IN ('other', 'network') AND product != 'windows'",
    when: sql`match(${field('message')}, 'DHCPACK') OR (${field('_path')} = 'dhcp' AND ${field('assigned_addr')} != '') OR (${field('IP Address')} != '' AND ${field('Host Name')} != '' AND ${field('ID')} IN ('10', '11'))`,
    columns: {
      address: sql`multiIf(${field('assigned_addr')} != '', ${field('assigned_addr')}, ${field('IP Address')} != '', ${field('IP Address')}, extract(${field('message')}, 'DHCPACK(?: on|\\([^)]{1,40}\\))? ([0-9.]{7,15})'))`,
      name: sql`lower(multiIf(${field('host_name')} != '', ${field('host_name')}, ${field('Host Name')} != '', ${field('Host Name')}, extract(${field('message')}, 'DHCPACK(?: on|\\([^)]{1,40}\\))? [0-9.]{7,15} (?:to )?[0-9a-fA-F:]{17} \\(?([A-Za-z0-9._-]{1,63})')))`,
    },
  },
]
