import { compileMaps } from '../compile-maps.ts'
import { cloudSources } from './cloud.ts'
import { commonFormatSources } from './common-formats.ts'
import { crowdstrikeSources } from './crowdstrike.ts'
import { databaseSources } from './databases.ts'
import { dnsSources } from './dns.ts'
import { edrSources } from './edr.ts'
import { flowSources } from './flow.ts'
import { forensicToolSources } from './forensic-tools.ts'
import { identitySources } from './identity.ts'
import { linuxSources } from './linux.ts'
import { mailAndFileSources } from './mail-and-files.ts'
import { microsoftSources } from './microsoft.ts'
import { mysqlSources } from './mysql.ts'
import { networkDeviceSources } from './network-devices.ts'
import { privilegedAccessSources } from './privileged-access.ts'
import { remoteAccessSources } from './remote-access.ts'
import { timelineSources } from './timelines.ts'
import { webSources } from './web.ts'

/** Every source map; within a form the first that fits takes a record, so narrow maps stand before wide ones. */
export const recogniseSource = compileMaps([
  ...linuxSources,
  ...networkDeviceSources,
  ...remoteAccessSources,
  ...webSources,
  ...dnsSources,
  ...flowSources,
  ...microsoftSources,
  ...cloudSources,
  ...identitySources,
  ...databaseSources,
  ...mysqlSources,
  ...crowdstrikeSources,
  ...edrSources,
  ...privilegedAccessSources,
  ...mailAndFileSources,
  ...forensicToolSources,
  ...timelineSources,
  ...commonFormatSources,
])
