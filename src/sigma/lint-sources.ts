import type { LogSource } from './rule.ts'

/** Log sources that the readers of events give, as `product/category/service`; `*` stands where the record itself says it. */
const known = `
*// */dns_query/ */file_delete/ */file_event/ */firewall/ */image_load/ */network_connection/ */process_creation/
*/registry_set/ /proxy/ /webserver/ apache//apache autoruns//autostart aws//cloudtrail azure//activitylogs
azure//auditlogs azure//signinlogs beyondtrust//remote-access bind/dns/ chainsaw//detection cisco//aaa cisco//bgp
cisco//ldp cisco//syslog cisco/firewall/aaa cisco/firewall/asa cisco/firewall/bgp cisco/firewall/ldp
cisco/firewall/syslog citrix//adc clickhouse/database/query_log crowdstrike//detection cyberark//vault dnsmasq//
dnsmasq/dns/ exchange//message-tracking ez-tools//amcache ez-tools//mft ez-tools//prefetch ez-tools//recycle-bin
ez-tools//registry ez-tools//shimcache ez-tools//shortcut ez-tools//srum ez-tools//usn-journal f5//apm fortigate//*
fortigate/dns/* fortigate/firewall/* fortigate/proxy/* ftp//proftpd ftp//vsftpd ftp//xferlog gcp//gcp.audit
gcp//google_workspace gcp//google_workspace.admin gcp//google_workspace.drive gcp//google_workspace.login
gcp//google_workspace.token hadoop/database/hdfs-audit haproxy// haproxy//tcp hayabusa//detection iis//ftp
ivanti//connect-secure kape//copy-log kubernetes/application/audit linux// linux//auditd linux//auth linux//cron
linux//lastlog linux//session-recording linux//sftp linux//sshd linux//sudo linux//syslog linux//utmp
linux/clipboard_capture/sysmon linux/create_remote_thread/sysmon linux/create_stream_hash/sysmon linux/dns_query/
linux/dns_query/sysmon linux/driver_load/sysmon linux/file_block_executable/sysmon linux/file_block_shredding/sysmon
linux/file_change/sysmon linux/file_delete/auditd linux/file_delete/sysmon linux/file_delete_detected/sysmon
linux/file_event/ linux/file_event/auditd linux/file_event/sysmon linux/file_executable_detected/sysmon
linux/image_load/ linux/image_load/sysmon linux/network_connection/ linux/network_connection/auditd
linux/network_connection/sysmon linux/pipe_created/sysmon linux/process_access/sysmon linux/process_creation/
linux/process_creation/auditd linux/process_creation/shell-history linux/process_creation/sysmon
linux/process_tampering/sysmon linux/process_termination/sysmon linux/raw_access_thread/sysmon
linux/registry_add/sysmon linux/registry_delete/sysmon linux/registry_event/sysmon linux/registry_rename/sysmon
linux/registry_set/ linux/registry_set/sysmon linux/sysmon_error/sysmon linux/sysmon_status/sysmon
linux/wmi_event/sysmon m365//audit macos// macos/dns_query/ macos/file_event/ macos/image_load/
macos/network_connection/ macos/process_creation/ macos/registry_set/ mariadb/database/server_audit
mssql/database/audit mysql/database/audit_log mysql/database/general_log mysql/database/slow_log netflow// nginx//nginx
openvpn//vpn oracle/database/audit_trail oracle/database/unified_audit paloalto//* paloalto/firewall/*
postgresql/database/pgaudit postgresql/database/server ranger/database/audit snowflake/database/access_history
snowflake/database/login_history snowflake/database/query_history solaris//auditd solaris/process_creation/auditd
squid/proxy/ teleport//audit teradata/database/dbql thor//scan timeline//bodyfile timeline//mactime timeline//plaso
velociraptor//uploads wallix//bastion windows// windows//application windows//application-experience windows//applocker
windows//appmodel-runtime windows//appxdeployment-server windows//appxpackaging-om windows//bitlocker
windows//bits-client windows//capi2 windows//certificateservicesclient-lifecycle-system
windows//codeintegrity-operational windows//dhcp windows//diagnosis-scripted windows//dns-client windows//dns-server
windows//dns-server-analytic windows//dns-server-audit windows//driver-framework windows//firewall-as
windows//hyper-v-worker windows//iis-configuration windows//kernel-event-tracing windows//kernel-shimengine
windows//ldap windows//lsa-server windows//msexchange-management windows//ntfs windows//ntlm windows//openssh
windows//powershell windows//powershell-classic windows//printservice-admin windows//printservice-operational
windows//security windows//security-mitigations windows//sense windows//servicebus-client windows//shell-core
windows//smbclient-connectivity windows//smbclient-security windows//smbserver-connectivity windows//sysmon
windows//system windows//taskscheduler windows//terminalservices-localsessionmanager windows//vhdmp windows//windefend
windows//wmi windows/antivirus/windefend windows/clipboard_capture/sysmon windows/create_remote_thread/sysmon
windows/create_stream_hash/sysmon windows/dns/dns-server windows/dns_query/ windows/dns_query/sysmon
windows/driver_load/sysmon windows/file_block_executable/sysmon windows/file_block_shredding/sysmon
windows/file_change/sysmon windows/file_delete/ windows/file_delete/sysmon windows/file_delete_detected/sysmon
windows/file_event/ windows/file_event/sysmon windows/file_executable_detected/sysmon windows/image_load/
windows/image_load/sysmon windows/network_connection/ windows/network_connection/sysmon windows/pipe_created/sysmon
windows/process_access/sysmon windows/process_creation/ windows/process_creation/security
windows/process_creation/sysmon windows/process_tampering/sysmon windows/process_termination/sysmon
windows/ps_classic_provider_start/powershell-classic windows/ps_classic_script/powershell-classic
windows/ps_classic_start/powershell-classic windows/ps_module/powershell windows/ps_script/powershell
windows/raw_access_thread/sysmon windows/registry_add/sysmon windows/registry_delete/sysmon
windows/registry_event/sysmon windows/registry_rename/sysmon windows/registry_set/ windows/registry_set/sysmon
windows/sysmon_error/sysmon windows/sysmon_status/sysmon windows/wmi_event/sysmon yara//scan zeek// zeek//* zeek//conn
zeek//files zeek//http zeek//ssl zeek/dns/dns
`

const sources = known
  .trim()
  .split(/\s+/)
  .map((text) => {
    const [product = '', category = '', service = ''] = text.split('/')
    return { product, category, service }
  })

/** Whether any log that is read gives events a rule is written for, by `isFor` (does a log source take an event's). */
export function isReachable(wanted: LogSource, isFor: (rule: LogSource, event: LogSource) => boolean): boolean {
  return sources.some((one) =>
    isFor(wanted, {
      product: one.product === '*' ? wanted.product : one.product,
      category: one.category === '*' ? wanted.category : one.category,
      service: one.service === '*' ? wanted.service : one.service,
    }),
  )
}
