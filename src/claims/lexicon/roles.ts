/** Words right before the name of somebody who claims a breach. */
export const beforeActor =
  /\b(?:(?:hackers?|hacking|hacktivist|ransomware|extortion|cyber-?crime|cyber-?criminal|data leak)\s(?:group|gang|collective|crew|team|outfit|organi[sz]ation)|threat actor|hacktivists|(?:group|gang|collective|hacker|actor|seller)\s(?:calling (?:itself|themselves)|going by|using the (?:name|alias|handle)|who calls (?:himself|herself|themselves)))(?:\s(?:known as|called|named|dubbed))?,?\s["']?$/i
/** Words right after the name of somebody who claims a breach. */
export const afterActor =
  /^["']?(?:\s(?:hackers?|hacking|hacktivist|ransomware|extortion)?\s?(?:group|gang|collective|crew)\b|,?\s(?:via|took to|has taken to|on its|on their)\s(?:Telegram|X|Twitter|leak site|channel)|'s? (?:latest|newest|next) victim|\s(?:claims?|claimed) (?:to have|it has|they have|that (?:it|they)) )/i
/** A guess at who did it is not a name for the claimant. */
export const hedge = /\b(?:likely|believed|suspected|attributed|originated|linked to|affiliated)\b/i

/** Words right before the name of a campaign. */
export const beforeCampaign =
  /\b(?:dubbed|codenamed|code-named|nicknamed)\s(?:as\s|the\s)?["']?$|\b(?:campaign|attacks|operation)\s(?:called|named|known as)\s(?:the\s)?["']?$|\bOperation\s$/

/** Words right before the name of somebody who researches security. */
export const beforeResearcher =
  /\b(?:security|cyber-?security|threat[- ]intelligence|forensics?)\s(?:research\s|intelligence\s)?(?:firm|company|vendor|outfit|researchers?|team|provider|specialists?|lab)\s(?:at\s|from\s)?$|\b(?:researchers?|analysts?)\s(?:at|from|with)\s$/i
export const afterResearcher = /^(?:'s)?\s(?:researchers?|analysts?|threat intelligence team|labs)\b/i

/** Names with one of these words are an authority's. */
export const authorityWords =
  /\b(?:Ministry|Police|Commission|Commissioner|Agency|Authority|Regulator|CERT|CSIRT|Data Protection|Department|Bureau|Europol|Interpol|Prosecutors?|FBI|CISA|NCSC|ENISA|ICO|CNIL|BSI|FCC|Ofcom|(?:Command|Coordination|Response|Security|Crime|Cyber) (?:Centre|Center))\b/

/** Words for a speaker without a name. `company` is whoever of victim or researcher was named last. */
export const nouns: readonly (readonly [
  role: 'actor' | 'victim' | 'company' | 'researcher' | 'authority' | 'pronoun',
  words: RegExp,
])[] = [
  [
    'actor',
    /\b(?:the|this|these)\s(?:(?:hacker|hacking|hacktivist|ransomware|extortion|threat)\s)?(?:group|gang|collective|crew|hackers|attackers|threat actors?|actor|intruders|cyber-?criminals|seller)\b|\b(?<!by )hackers\b/gi,
  ],
  [
    'victim',
    /\bthe\s(?:telco|operator|carrier|bank|service provider|mobile operator|airline|hospital|retailer|university|insurer)\b/gi,
  ],
  [
    'company',
    /\bthe\s(?:company|firm)\b|\b(?<!(?:police|ministry|commission|government|agency)\s)(?:chief executive|CEO|spokes(?:man|woman|person)|chief [a-z]+ officer)\b/gi,
  ],
  ['researcher', /\b(?:the\s)?(?:security\s)?researchers\b|\bthe report\b|\ba report by\b|\banalysts\b/gi],
  ['authority', /\b(?:the\s)?(?:police|regulator|authorities|ministry|commission|government agency)\b/gi],
  ['pronoun', /\b(?:it|they|he|she)\b/gi],
]

/** Verbs that give somebody's words; outside quotation marks only. */
export const saying =
  /\b(?:said|says|say|stated|states|told|tells|noted|notes|added|adds|acknowledged|announced|claimed|claims(?! (?:on|of|about|regarding|made|were|are)\b)|claiming|warned|warns|admitted|admits|confirmed|confirms|denied|denies|revealed|reveals|found|reported|believes|believe|concluded|identified|demanded|demands|demanding|threatened|threatens|threatening|gave|giving|boasted|insisted|explained|wrote|posted|according to)\b/gi

/** Verbs of which nobody's words follow unless a researcher is the subject. */
export const findingVerbs = new Set(['found', 'identified', 'reported', 'concluded', 'revealed', 'believes', 'believe'])

/** Words after the name that make it the one a claim is about. */
export const afterVictim =
  /^(?:'s?\s(?:\w+\s)?(?:back-?end|systems?|servers?|networks?|databases?|data|customers?|subscribers?|employees?|infrastructure|CRM|billing|internal)\b|,?\s(?:is|are|was|were|has|have)\s(?:\w+\s){0,2}(?:investigating|confirmed|denied|(?:issued|released) a|hacked|breached|attacked|compromised|yet to respond|(?:the\s)?(?:[\w$']+\s){0,2}(?:latest|newest|next)\svictim)\b|,?\s(?:you have|has|have) (?:\d+|[a-z]+(?:-[a-z]+)?) (?:hours|days)\b|\s(?:has become|is|was) the (?:latest|newest) (?:\w+ )?(?:company|firm|operator|carrier|provider|organi[sz]ation|target)\b|\s(?:has\s)?(?:denied|denies|disputed|disputes|admitted|admits)\b|\s(?:has\s)?(?:confirmed|acknowledged) (?:the|a|an) \w* ?(?:breach|incident|attack)\b|\sinvestigates\b|\s(?:has\s)?confirm(?:s|ed)\b|\s(?:told|tells) (?:the press|reporters)\b|\s(?:said|says) (?:that )?it (?:is looking|found|has found|was hit)\b|\s(?:said|says|wrote|stated)\b[^"]{0,40}"(?:we (?:are aware|are investigating|have launched|launched)|our (?:own )?(?:systems|customers|network))\b)/i
/** Words right before the name that make it one a claim is about; a verb of attack and up to ten words without a name between. */
export const beforeVictim =
  /\b(?:breached|hacked|attacked|compromised|defaced|infiltrated|penetrated|ransomed|broke into|inside|access to)\s(?:[a-z][\w-]*\s){0,10}(?:[a-z][\w-]*,\s)?$|\b(?:added|listed)\s$|\b(?:breach|attacks?|hack|leak|data|database|dump|records|customers|subscribers|systems?|networks?|servers?|clients)\s(?:of|on|at|from|against|in)\s(?:the\s)?$|\bclaims?\s(?:against|about|regarding)\s(?:the\s)?$/
/** As an address in the actor's own words. */
export const addressing =
  /(?:^|\n|[.!?]\s)(?:attention|hello|dear|message to|warning to|to|target:|victim:|greetings|note to)\s(?:the (?:management|board|people|ceo) of\s)?$/i
/** Words right before names of those attacked before. */
export const beforeEarlier =
  /\b(?:alongside|previously|earlier (?:breached|hacked|hit|attacked)|after|just like|as well as|already (?:breached|hacked|hit)|victims? (?:include|such as|like))\s(?:[a-z][\w-]*\s){0,8}$/

/** Words right before the name of a person who speaks for an organisation. */
export const beforePerson =
  /\b(?:chief executive|CEO|CISO|CTO|spokes(?:man|woman|person)|chief [a-z]+ officer|director|chair(?:man|woman)?|minister|president|analyst|Mr|Mrs|Ms|Dr)\.?\s$/i

/** Words of time right before a name: `over Christmas`. */
export const beforeTime = /\b(?:over|during|since|until|throughout)\s$/i

/** Of an attack that is not the one at hand. */
export const longAgo = /\b(?:earlier this|last) (?:year|month|week)\b/i

/** A handle in lower case is a name only where the text says so: `a user called "n0madix"`. */
export const handle =
  /\b(?:user|seller|hacker|actor|member|group|gang|collective)\s(?:called|named|calling (?:itself|himself|herself)|going by|under the (?:name|alias|handle)|using the (?:name|alias|handle))\s"?([\w$@.-]{3,40})/

/** Company forms that are no part of a short name. */
export const companyForms = new Set(
  'berhad bhd sdn inc ltd limited corp corporation communications group holdings plc ag gmbh llc company co sa spa nv bv'.split(
    ' ',
  ),
)

/** Capitalised words that are never an organisation of the claim. */
export const notOrganisations = new Set(
  (
    'telegram twitter x facebook instagram whatsapp tiktok linkedin youtube breachforums raidforums tor onion internet source update original story ' +
    'crm cdr cdrs sql csv json api vpn ssh ad pii nric imei imsi msisdn pdf http https sim utc gmt btc xmr usd eur myr rm gb tb mb ceo ciso csirt soc it ip ' +
    'dob id ok faq tls rdp smb dc middle east asia europe africa america antarctica oceania north south west eastern western ' +
    'january february march april may june july august september october november december christmas easter ramadan diwali hari raya new year monday tuesday wednesday thursday friday saturday sunday'
  ).split(' '),
)

/** Capitalised words that begin a sentence and are no part of a name. */
export const sentenceStarts = new Set(
  (
    'the a an in on at by for from with without as of to and or but if when while since after before because it its they their he she we our us you your i ' +
    'this that these those there here however moreover additionally meanwhile also then now today yesterday earlier later once all any some every no not ' +
    'is are was were has have had do does did will would can could may might must should according like unlike despite during until unless both each most many ' +
    'more less other another such what who how why where which attention hello dear warning message greetings note final last first second third next new ' +
    'suspects being following together included hacker hackers ransomware group gang hacktivist collective cyber operator researchers police data security customers database samples sample proof screenshots price contact pay'
  ).split(' '),
)
