import { scriptEnds, type Proposed, type StoryRecord } from './proposed-rule.ts'
import type { RuleShape } from './rule-text.ts'

/** Folders of what visitors sent. */
const uploadFolders = [
  '/uploads/',
  '/upload/',
  '/files/',
  '/images/',
  '/img/',
  '/static/',
  '/media/',
  '/tmp/',
  '/temp/',
  '/assets/',
]
/** Further ones from which documents and parts of pages are fetched. */
const documentFolders = [
  '/attachments/',
  '/css/',
  '/docs/',
  '/documents/',
  '/download/',
  '/downloads/',
  '/fonts/',
  '/forms/',
  '/icons/',
  '/js/',
  '/pdf/',
  '/aspnet_client/',
]
const pictureEnds = ['.png', '.jpg', '.jpeg', '.gif', '.bmp', '.ico', '.webp']
/** No picture of a page is as large: bytes. */
const largePicture = 10_485_760

const climbs = String.raw`(?:\.|%2e|%252e){2}(?:/|\\|%2f|%5c|%252f|%255c).*\.(?:jspx?|aspx|ashx|asmx|php|phtml|cgi)(?:[&;]|%00|$)`
// Ours and simple: what climbs is found first, and its end after it.
const climbing = /(?:\.|%2e|%252e){2}(?:\/|\\|%2f|%5c|%252f|%255c)/i
const scriptNamed = /\.(?:jspx?|aspx|ashx|asmx|php|phtml|cgi)(?:[&;]|%00|$)/i

const logsource = { category: 'webserver' }
const answered = { field: 'sc-status', values: ['200'] }

const climbingUpload: RuleShape = {
  title: 'Accepted Upload Names a Script Outside Its Folder',
  logsource,
  conditions: [
    { field: 'cs-method', values: ['POST', 'PUT'] },
    { field: 'sc-status', values: ['200', '201', '204', '302'] },
    { field: 'cs-uri-query|re|i', values: [climbs] },
  ],
}
const scriptAmongFiles: RuleShape = {
  title: 'Answered POST to a Script in a Folder of Uploads or Documents',
  logsource,
  conditions: [
    { field: 'cs-method', values: ['POST'] },
    answered,
    { field: 'cs-uri-stem|contains', values: [...uploadFolders, ...documentFolders] },
    { field: 'cs-uri-stem|endswith', values: scriptEnds },
  ],
}
const vastPicture: RuleShape = {
  title: 'A Picture of More Than 10 MB Is Fetched From a Web Server',
  logsource,
  conditions: [
    { field: 'cs-method', values: ['GET'] },
    answered,
    { field: 'cs-uri-stem|endswith', values: pictureEnds },
    { field: 'sc-bytes|gt', values: [String(largePicture)] },
  ],
}

/** Rules that a request of a story gives; nothing of its text stands in them. */
export function webRules({ fields }: StoryRecord): readonly Proposed[] {
  const stem = (fields['cs-uri-stem'] ?? '').slice(0, 2_048).toLowerCase()
  const query = (fields['cs-uri-query'] ?? '').slice(0, 8_192)
  const method = fields['cs-method'] ?? ''
  const status = fields['sc-status'] ?? ''
  const end = scriptEnds.find((one) => stem.endsWith(one))
  const folder = uploadFolders.find((one) => stem.includes(one))
  const found: Proposed[] = []
  if (/^(?:POST|PUT)$/.test(method) && /^(?:200|201|204|302)$/.test(status)) {
    const from = query.search(climbing)
    if (from >= 0 && scriptNamed.test(query.slice(from))) found.push({ shape: climbingUpload, wide: true })
  }
  const isDocument = folder !== undefined || documentFolders.some((one) => stem.includes(one))
  if (method === 'POST' && status === '200' && end !== undefined && isDocument)
    found.push({ shape: scriptAmongFiles, wide: true })
  const isPicture = pictureEnds.some((one) => stem.endsWith(one))
  if (method === 'GET' && status === '200' && isPicture && Number(fields['sc-bytes']) > largePicture)
    found.push({ shape: vastPicture, wide: true })
  if (folder !== undefined && end !== undefined && /^(?:GET|POST|PUT)$/.test(method))
    found.push({
      shape: {
        title: `${method} to a Script of the Kind ${end} Under ${folder}`,
        logsource,
        conditions: [
          { field: 'cs-method', values: [method] },
          { field: 'cs-uri-stem|contains', values: [folder] },
          { field: 'cs-uri-stem|endswith', values: [end] },
        ],
      },
      // Whoever asks for such scripts also posts to them: two rules on one habit would confirm each other.
      within: [scriptAmongFiles],
    })
  return found
}
