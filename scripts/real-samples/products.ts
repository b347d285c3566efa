import { nfdump, shells, sleuthkit, yara } from './tools.ts'
import type { Product } from './product.ts'
import { auditd } from './auditd.ts'
import { proftpd, vsftpd } from './file-servers.ts'
import { linux } from './linux.ts'
import { mariadb } from './mariadb.ts'
import { bind, dnsmasq } from './name-servers.ts'
import { openvpn } from './openvpn.ts'
import { postgresql } from './postgresql.ts'
import { haproxy, squid } from './proxies.ts'
import { apache, nginx, tomcat } from './web-servers.ts'

/** Every product that is driven, in this order. */
export const products: readonly Product[] = [
  postgresql,
  mariadb,
  auditd,
  linux,
  openvpn,
  nginx,
  apache,
  tomcat,
  squid,
  haproxy,
  bind,
  dnsmasq,
  vsftpd,
  proftpd,
  nfdump,
  sleuthkit,
  yara,
  shells,
]

/** Products whose logs are read and that are not driven, with the reason. */
export const unreachable: readonly (readonly [string, string])[] = [
  [
    'Zeek, Suricata, SiLK, Plaso, MySQL, ClickHouse (with query_log), Hadoop, Ranger, Teleport, THOR, KAPE, Velociraptor, Chainsaw, Hayabusa',
    'no package in Debian 12',
  ],
  ['systemd journal (export format), logind', 'need systemd as the first process of the machine'],
  ['Windows, IIS, Exchange, SQL Server, EZ Tools, autoruns', 'run on Windows'],
  ['Solaris (praudit)', 'another system'],
  [
    'Oracle, Teradata, Snowflake, Splunk, CyberArk, WALLIX, BeyondTrust, CrowdStrike, SentinelOne, Carbon Black, Cortex XDR',
    'licensed programs or services',
  ],
  ['Cisco, FortiGate, PAN-OS, Ivanti, Citrix ADC, F5, ProxySG, Cisco ISE, ClearPass', 'devices'],
  ['CloudTrail, Google Cloud and Workspace, Entra, Microsoft 365, Sentinel, Defender, Kubernetes', 'services of clouds'],
  ['Elasticsearch, Winlogbeat, tac_plus', 'no package in Debian 12'],
]
