import { languages, pattern, wordsOf } from '../language/languages.ts'

/** Words right before the name of somebody who claims a breach. */
export const beforeActor = pattern('before-actor')
/** Words right after the name of somebody who claims a breach. */
export const afterActor = pattern('after-actor')
/** A guess at who did it is not a name for the claimant. */
export const hedge = pattern('hedge')

/** Words right before the name of a campaign. */
export const beforeCampaign = pattern('before-campaign', '')

/** Words right before the name of somebody who researches security. */
export const beforeResearcher = pattern('before-researcher')
export const afterResearcher = pattern('after-researcher')

/** Names with one of these words are an authority's. */
export const authorityWords = pattern('authority-name', 'u')

/** A person's office, or a department of a company: no authority, whatever its other words. */
export const withinCompany = pattern('within-company', 'iu')

/** Words for a speaker without a name. `company` is whoever of victim or researcher was named last. */
export const nouns = languages.flatMap((one) => one.speakers.map(({ role, words }) => [role, new RegExp(words, 'gi')] as const))

/** Verbs that give somebody's words; outside quotation marks only. */
export const saying = pattern('saying', 'gi')

/** Verbs of which nobody's words follow unless a researcher is the subject. */
export const findingVerbs = wordsOf('finding')

/** Words after the name that make it the one a claim is about. */
export const afterVictim = pattern('after-victim')
/** Words right before the name that make it one a claim is about; a verb of attack and up to ten words without a name between. */
export const beforeVictim = pattern('before-victim', '')
/** As an address in the actor's own words. */
export const addressing = pattern('addressing')
/** Words right before names of those attacked before. */
export const beforeEarlier = pattern('before-earlier', '')

/** Words right before the name of a person who speaks for an organisation. */
export const beforePerson = pattern('before-person')

/** Words of time right before a name: `over Christmas`. */
export const beforeTime = pattern('before-time')

/** Of an attack that is not the one at hand. */
export const longAgo = pattern('long-ago')

/** A handle in lower case is a name only where the text says so: `a user called "n0madix"`. */
export const handle = pattern('handle', '')

/** Where buyers are to write: a name only where the text tells no other. */
export const contact = pattern('contact')

/** Company forms that are no part of a short name. */
export const companyForms = wordsOf('company-forms')

/** Capitalised words that are never an organisation of the claim. */
export const notOrganisations = wordsOf('not-organisations')

/** Capitalised words that begin a sentence and are no part of a name. */
export const sentenceStarts = wordsOf('sentence-starts')
