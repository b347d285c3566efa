/** A table of log records: columns that together are found in no other kind of table. */
interface TableSign {
  readonly source: string
  readonly columns: readonly string[]
}

/**
 * Tables known as logs by their column names (case counts not). A new source that comes as a table needs a line here and a
 * map in the events room. Names after the products' own references: Splunk (search results), Azure Monitor tables,
 * Microsoft Defender XDR advanced hunting schema, and the documents that the source maps of the events room name.
 */
const signs: readonly TableSign[] = [
  { source: 'Splunk results', columns: ['_raw', '_time'] },
  { source: 'Splunk results', columns: ['_raw', 'sourcetype'] },
  { source: 'Elastic documents', columns: ['@timestamp', 'message'] },
  { source: 'Elastic documents', columns: ['@timestamp', 'event.code'] },
  { source: 'Elastic documents', columns: ['@timestamp', 'host.name'] },
  { source: 'Microsoft Defender hunting results', columns: ['timestamp', 'devicename', 'actiontype'] },
  { source: 'Microsoft Sentinel records', columns: ['timegenerated', 'type'] },
  { source: 'Microsoft Sentinel records', columns: ['timegenerated', 'eventid', 'computer'] },
  { source: 'Microsoft Sentinel records', columns: ['timegenerated', 'operationname'] },
  { source: 'Microsoft Sentinel records', columns: ['timegenerated', 'userprincipalname'] },
  { source: 'Microsoft Sentinel records', columns: ['timegenerated', 'devicevendor', 'deviceproduct'] },
  { source: 'Microsoft Sentinel records', columns: ['timegenerated', 'syslogmessage'] },
  { source: 'Microsoft Sentinel records', columns: ['timegenerated', 'operation', 'userid'] },
  { source: 'Hayabusa results', columns: ['ruletitle', 'timestamp', 'level'] },
  { source: 'Windows events', columns: ['channel', 'eventid', 'computer'] },
  { source: 'AWS CloudTrail (Athena)', columns: ['eventsource', 'eventname', 'eventtime'] },
  { source: 'AWS CloudTrail event history', columns: ['event name', 'event source', 'event time'] },
  { source: 'Google Workspace audit', columns: ['event', 'description', 'actor', 'ip address'] },
  { source: 'Entra sign-ins', columns: ['date (utc)', 'application', 'status', 'request id'] },
  { source: 'Entra audit log', columns: ['date (utc)', 'activity', 'category'] },
  { source: 'Microsoft 365 audit log', columns: ['creationdate', 'operation', 'auditdata'] },
  { source: 'Microsoft 365 audit log', columns: ['creationdate', 'operations', 'auditdata'] },
  { source: 'Oracle audit trail', columns: ['dbusername', 'action_name'] },
  { source: 'Oracle audit trail', columns: ['username', 'action_name', 'returncode'] },
  { source: 'ClickHouse query log', columns: ['query_id', 'type', 'query', 'event_time'] },
  { source: 'Snowflake query history', columns: ['query_id', 'query_text', 'user_name'] },
  { source: 'Snowflake access history', columns: ['query_id', 'query_start_time', 'user_name'] },
  { source: 'Snowflake login history', columns: ['event_timestamp', 'user_name', 'client_ip', 'is_success'] },
  { source: 'Teradata query log', columns: ['username', 'querytext', 'starttime'] },
  { source: 'SQL Server audit', columns: ['event_time', 'action_id', 'server_principal_name'] },
  { source: 'CrowdStrike events', columns: ['event_simplename', 'aid'] },
  { source: 'CrowdStrike detections', columns: ['computername', 'detectname'] },
  { source: 'SentinelOne events', columns: ['eventtype', 'endpointname'] },
  { source: 'SentinelOne events', columns: ['event.type', 'endpoint.name'] },
  { source: 'Cortex XDR events', columns: ['agent_hostname', 'event_type'] },
  { source: 'CyberArk activities', columns: ['time', 'user', 'activity', 'safe'] },
  { source: 'Exchange message tracking', columns: ['date-time', 'event-id', 'source', 'message-id'] },
  { source: 'Exchange message tracking', columns: ['sender', 'recipients', 'eventid', 'messageid'] },
  { source: 'MFTECmd output', columns: ['entrynumber', 'created0x10', 'lastmodified0x10'] },
  { source: 'MFTECmd output', columns: ['updatetimestamp', 'updatereasons'] },
  { source: 'AmcacheParser output', columns: ['filekeylastwritetimestamp', 'fullpath'] },
  { source: 'PECmd output', columns: ['executablename', 'runcount', 'lastrun'] },
  { source: 'PECmd output', columns: ['runtime', 'executablename'] },
  { source: 'AppCompatCacheParser output', columns: ['cacheentryposition', 'path'] },
  { source: 'SrumECmd output', columns: ['exeinfo', 'sidtype', 'timestamp'] },
  { source: 'RECmd output', columns: ['hivepath', 'keypath', 'lastwritetimestamp'] },
  { source: 'LECmd output', columns: ['targetcreated', 'sourcecreated'] },
  { source: 'RBCmd output', columns: ['deletedon', 'filename', 'sourcename'] },
  { source: 'Autoruns output', columns: ['entry location', 'image path'] },
  { source: 'KAPE copy log', columns: ['copiedtimestamp', 'sourcefile', 'sourcefilesha1'] },
  { source: 'mactime output', columns: ['date', 'meta', 'file name'] },
  { source: 'Plaso timeline', columns: ['timestamp_desc', 'datetime', 'message'] },
  { source: 'Plaso timeline', columns: ['macb', 'sourcetype', 'short', 'desc'] },
  { source: 'Chainsaw results', columns: ['timestamp', 'detections', 'path'] },
]

/** Which known log a table is whose first line this is; undefined for none. */
export function logTableIn(line: string): string | undefined {
  for (const delimiter of [',', '\t', ';', '|']) {
    const cells = line.replace(/^\uFEFF/, '').split(delimiter, 2_000)
    const names = new Set(cells.map(plainColumn))
    const found = cells.length < 2 ? undefined : signs.find((sign) => sign.columns.every((name) => names.has(name)))
    if (found !== undefined) return found.source
  }
  return undefined
}

/** Azure's portal puts the zone behind the name: `TimeGenerated [UTC]`. */
function plainColumn(name: string): string {
  return name
    .trim()
    .replaceAll('"', '')
    .toLowerCase()
    .replace(/ \[[^\]]{1,40}\]$/, '')
}
