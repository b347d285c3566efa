/**
 * Names of programs whose screens are often shown, as their makers write them: what a picture names is what it says of itself,
 * anybody can write it. Names that are common words need their neighbour.
 */
const programs: readonly string[] = [
  'Active Directory',
  'Apache Superset',
  'BIG-IP',
  'Cacti',
  'Citrix',
  'Confluence',
  'cPanel',
  'DBeaver',
  'Elasticsearch',
  'Exchange Admin Center',
  'FileZilla',
  'FortiGate',
  'GitLab',
  'GlobalProtect',
  'Grafana',
  'Graylog',
  'HeidiSQL',
  'Jenkins',
  'Jira',
  'Kibana',
  'LibreNMS',
  'Metabase',
  'MikroTik',
  'MySQL Workbench',
  'Nagios',
  'NetScaler',
  'OpenSearch',
  'OpenVPN',
  'Outlook Web App',
  'pfSense',
  'pgAdmin',
  'phpMyAdmin',
  'Plesk',
  'Power BI',
  'Proxmox',
  'PRTG',
  'PuTTY',
  'RouterOS',
  'Roundcube',
  'Salesforce',
  'SAP GUI',
  'ServiceNow',
  'SharePoint',
  'SolarWinds',
  'Splunk',
  'SQL Server Management Studio',
  'Swagger UI',
  'Tableau',
  'TeamViewer',
  'Veeam',
  'VMware vSphere',
  'Webmin',
  'WinBox',
  'WinSCP',
  'Wireshark',
  'WordPress',
  'Zabbix',
  'Zimbra',
]

const letters = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
const byLetters = programs.map((name) => [letters(name), name] as const)

/** Programs that a text names. */
export function programsIn(text: string): string[] {
  const plain = letters(text)
  return byLetters.flatMap(([words, name]) => (plain.includes(words) ? [name] : []))
}
