/** What statements, demands and methods say, as short keys; the words are matched in flattened text. */
const statementPoints: readonly (readonly [key: string, words: RegExp])[] = [
  [
    'nothing-in-own-systems',
    /\b(?:did not|didn't|has not|have not|no|nothing|none|nobody)\b.{0,30}\b(?:identif|find|found|detect|evidence|indication|anything|sign|trace|reached|entered)\w*\b.{0,60}\b(?:own|our|its|their)\b.{0,20}\b(?:systems?|network|environment)\b|\b(?:own|our|its|their)\b.{0,20}\b(?:systems?|network|environment)\b.{0,20}\bnot\b.{0,20}\b(?:affected|compromised|impacted|breached|accessed|touched)\b/i,
  ],
  [
    'third-party-incident',
    /\b(?:incident|unauthori[sz]ed access|breach)\b.{0,80}\b(?:third[- ]party|vendor|supplier|contractor|reseller|dealer|partner)|\b(?:vendor|supplier|contractor|reseller|dealer|partner)s?\b.{0,60}\b(?:incident|unauthori[sz]ed access|breach)\b/i,
  ],
  ['outside-own-network', /\boutside\b.{0,30}\b(?:internal|own|our|its|corporate)\b.{0,20}\bnetwork\b/i],
  ['working-with-vendor', /\bworking with\b.{0,30}\b(?:vendor|supplier|contractor|partner)/i],
  ['investigating', /\binvestigat(?:e|es|ing|ion|ions)\b/i],
  [
    'authorities-informed',
    /\b(?:informed|notified|reported (?:\w+ ){0,3}to|alerted|told)\b.{0,40}\b(?:authorit|regulator|police|commission)|\b(?:authorit\w*|regulator|police|commission)\s(?:has|have|had|was|were)\s(?:also\s)?(?:been\s)?(?:informed|notified|alerted|told)\b/i,
  ],
  ['measures', /\b(?:additional|further|extra|new)\b.{0,20}\b(?:measures|safeguards|controls|steps)\b/i],
  ['containment', /\bcontain(?:ed|ment|ing)?\b(?! \d)/i],
  ['customers-informed', /\b(?:informed|notified|contacting|notifying)\b.{0,30}\b(?:customers|subscribers|clients)\b/i],
  ['updates-promised', /\b(?:further|necessary|regular) updates\b/i],
  ['advisory', /\badvisor(?:y|ies)\b|\balert to all\b/i],
  ['threat-acknowledged', /\backnowledged the (?:threat|incident|claim)/i],
]

const aboutActor: readonly (readonly [key: string, words: RegExp])[] = [
  ['retaliation-team', /\bretaliation team\b/i],
  ['state-backed', /\bstate[- ](?:backed|sponsored)\b|\bnation[- ]state\b|\bbacked by\b.{0,20}\bgovernment\b/i],
  ['named-group', /\bgroup known as\b|\bAPT[ -]?\d+\b|\bUNC\d+\b/i],
  ['similar-tools', /\btools and techniques\b|\bconsistent with several\b/i],
]

const methodPoints: readonly (readonly [key: string, words: RegExp])[] = [
  ['known-vulnerabilities', /\bknown vulnerabilit/i],
  ['insiders', /\binsiders?\b/i],
  ['disgruntled-employees', /\bdisgruntled (?:employees|staff)\b/i],
  ['exploited-vulnerability', /\bexploit(?:s|ed|ing)?\b.{0,40}\b(?:vulnerabilit|flaw|bug|zero[- ]day|CVE)/i],
  ['web-server', /\b(?:internet[- ](?:connected|facing)|public|exposed)\b.{0,20}\b(?:web )?server\b|\bweb ?shell\b/i],
  [
    'stolen-credentials',
    /\b(?:steal(?:ing)?|stole|stolen|harvest(?:ed|ing)|dump(?:ed|ing)?)\b.{0,20}\b(?:credentials|passwords|logins)\b/i,
  ],
  ['machine-by-machine', /\b(?:each|every) (?:machine|host|computer|server)\b|\bmachine by machine\b|\blateral(?:ly)?\b/i],
  ['phishing', /\bphish(?:ing|ed)\b/i],
  ['brute-force', /\bbrute[- ]forc|\bpassword spray/i],
  ['sql-injection', /\bSQL injection\b|\bSQLi\b/i],
]

const demandPoints: readonly (readonly [key: string, words: RegExp])[] = [
  ['public-statement', /\b(?:public|official|press)\s(?:statement|apology|announcement)\b/i],
  ['payment', /\bpay(?:s|ment|ing)?\b|\bransom\b|\bprice\b|\bbuy\b/i],
  [
    'contact',
    /\bcontact us\b|\breach out\b|\bmessage us\b|\bget in touch\b|\bcontact\b.{0,20}\b(?:tox|telegram|session|e-?mail)\b/i,
  ],
  ['admission', /\badmit\b|\backnowledge\b|\bapolog(?:i[sz]e|y)\b/i],
  ['silence', /\b(?:do not|don't) (?:call|contact|involve|talk)/i],
]

const lists = {
  statement: [...statementPoints, ...aboutActor, ...methodPoints],
  method: methodPoints,
  attribution: aboutActor,
  demand: demandPoints,
}

/** Keys of all points said in a text, in the order of the lists. */
export function pointsOf(flat: string, about: keyof typeof lists): string[] {
  return lists[about].flatMap(([key, words]) => (words.test(flat) ? [key] : []))
}
